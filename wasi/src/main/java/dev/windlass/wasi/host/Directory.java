package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Rights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A directory that the guest has open, and all that can be done with paths from there.
public final class Directory extends Descriptor {
    /// How often a race for the last component may be lost.
    private static final int MAX_LOST = 40;

    private final Handle handle;
    private final byte @Nullable [] preopenedName;

    private @Nullable List<DirectoryEntry> listing;

    /// A directory that the guest has opened.
    Directory(Folder folder, long rights, long inheriting) {
        super(rights & Rights.DIRECTORY, inheriting);
        this.handle =
                new Handle() {
                    @Override
                    public Folder folder() {
                        return folder;
                    }

                    @Override
                    public void close() {
                        folder.close();
                    }
                };
        this.preopenedName = null;
    }

    /// A directory that it has from the start.
    Directory(Handle handle, byte[] preopenedName, long withheld) {
        super(Rights.DIRECTORY & ~withheld, (Rights.DIRECTORY | Rights.FILE) & ~withheld);
        this.handle = handle;
        this.preopenedName = preopenedName;
    }

    /// Where the folder comes from: a preopened one is opened late.
    interface Handle {
        Folder folder();

        void close();
    }

    private Folder folder() {
        return handle.folder();
    }

    @Override
    protected void close() {
        handle.close();
    }

    @Override
    protected Errno missing(long needed) {
        boolean data = (needed & Rights.FILE & ~Rights.DIRECTORY) != 0;
        return data ? Errno.BADF : Errno.NOTCAPABLE;
    }

    @Override
    public FileType type() {
        return FileType.DIRECTORY;
    }

    @Override
    public byte @Nullable [] preopenedName() {
        return preopenedName;
    }

    @Override
    public FileStat stat() {
        return folder().stat(".");
    }

    @Override
    public void setFlags(int flags) {
        // None of them means anything for a directory.
    }

    @Override
    public void setTimes(FileTimes times) {
        folder().setTimes(".", times);
    }

    @Override
    public void advise(long offset, long length, int advice) {
        throw Errno.BADF.failure();
    }

    @Override
    public void sync(boolean data) {
        folder().sync(data);
    }

    // Paths.

    /// Opens a path. The new descriptor has what is asked for as far as this one can pass it on.
    public Descriptor open(String path, boolean follow, OpenRequest asked, Interrupts interrupts) {
        OpenRequest request = grant(asked);
        if (request.creates() && request.directory()) {
            throw Errno.INVAL.failure();
        }
        try (PathWalk walk = new PathWalk(folder(), path)) {
            while (true) {
                boolean directory = walk.mustBeDirectory();
                if (directory && request.creates() && !walk.name().equals(".")) {
                    throw createWithSlash(walk).failure();
                }
                try {
                    OpenRequest now = directory ? request.asDirectory() : request;
                    return walk.folder().open(walk.name(), now, interrupts);
                } catch (ErrnoException e) {
                    boolean link = e.errno() == Errno.LOOP || e.errno() == Errno.NOTDIR;
                    if (!link || !(follow || directory) || !walk.followLink()) {
                        throw e;
                    }
                }
            }
        }
    }

    /// A file cannot be created by a name that says it is a directory.
    private static Errno createWithSlash(PathWalk walk) {
        FileType type = walk.folder().stat(walk.name()).type();
        return type == FileType.DIRECTORY ? Errno.ISDIR : Errno.NOTDIR;
    }

    private OpenRequest grant(OpenRequest asked) {
        if (asked.creates()) {
            require(Rights.PATH_CREATE_FILE);
        }
        if (asked.truncates()) {
            require(Rights.PATH_FILESTAT_SET_SIZE);
        }
        return new OpenRequest(
                asked.openFlags(),
                asked.rights() & inheriting(),
                asked.inheriting() & inheriting(),
                asked.fdFlags());
    }

    public FileStat stat(String path, boolean follow) {
        try (PathWalk walk = new PathWalk(folder(), path)) {
            return settle(walk, follow);
        }
    }

    /// Goes along symbolic links if it should, and checks what a slash at the end demands.
    private static FileStat settle(PathWalk walk, boolean follow) {
        FileStat stat = walk.folder().stat(walk.name());
        int lost = 0;
        while (stat.type() == FileType.SYMBOLIC_LINK && (follow || walk.mustBeDirectory())) {
            // Somebody may put something else in the link's place, and the link back again.
            if (!walk.followLink() && ++lost > MAX_LOST) {
                throw Errno.LOOP.failure();
            }
            stat = walk.folder().stat(walk.name());
        }
        if (walk.mustBeDirectory() && stat.type() != FileType.DIRECTORY) {
            throw Errno.NOTDIR.failure();
        }
        return stat;
    }

    public void setTimes(String path, boolean follow, FileTimes times) {
        try (PathWalk walk = new PathWalk(folder(), path)) {
            settle(walk, follow);
            walk.folder().setTimes(walk.name(), times);
        }
    }

    public String readLink(String path) {
        try (PathWalk walk = new PathWalk(folder(), path)) {
            if (walk.mustBeDirectory()) {
                settle(walk, true);
                throw Errno.INVAL.failure();
            }
            return walk.folder().readLink(walk.name());
        }
    }

    public void createDirectory(String path) {
        try (PathWalk walk = new PathWalk(folder(), path)) {
            walk.folder().makeDirectory(walk.name());
        }
    }

    public void removeDirectory(String path) {
        try (PathWalk walk = new PathWalk(folder(), path)) {
            walk.folder().removeDirectory(walk.name());
        }
    }

    public void unlinkFile(String path) {
        try (PathWalk walk = new PathWalk(folder(), path)) {
            if (walk.mustBeDirectory()) {
                FileType type = walk.folder().stat(walk.name()).type();
                throw (type == FileType.DIRECTORY ? Errno.ISDIR : Errno.NOTDIR).failure();
            }
            walk.folder().removeFile(walk.name());
        }
    }

    /// @param target may name anything: it is followed, if ever, inside only
    public void symlink(String target, String path) {
        if (target.startsWith("/")) {
            throw Errno.PERM.failure();
        }
        try (PathWalk walk = new PathWalk(folder(), path)) {
            checkNewName(walk);
            walk.folder().symlink(target, walk.name());
        }
    }

    /// A name with a slash at its end cannot become a file.
    private static void checkNewName(PathWalk walk) {
        if (walk.mustBeDirectory()) {
            FileType type = walk.folder().stat(walk.name()).type();
            throw (type == FileType.DIRECTORY ? Errno.EXIST : Errno.NOTDIR).failure();
        }
    }

    public void link(String path, boolean follow, Directory to, String toPath) {
        try (PathWalk from = new PathWalk(folder(), path);
                PathWalk target = new PathWalk(to.folder(), toPath)) {
            settle(from, follow);
            checkNewName(target);
            from.folder().link(from.name(), target.folder(), target.name());
        }
    }

    public void rename(String path, Directory to, String toPath) {
        try (PathWalk from = new PathWalk(folder(), path);
                PathWalk target = new PathWalk(to.folder(), toPath)) {
            if (from.mustBeDirectory() || target.mustBeDirectory()) {
                FileType type = from.folder().stat(from.name()).type();
                if (type != FileType.DIRECTORY) {
                    throw Errno.NOTDIR.failure();
                }
            }
            from.folder().rename(from.name(), target.folder(), target.name());
        }
    }

    // Listing.

    /// The entries from a position on. A listing is taken when it is read from its start and stays as
    /// it is, so that positions keep their meaning while the guest adds and removes files.
    public synchronized List<DirectoryEntry> list(long position) {
        List<DirectoryEntry> current = listing;
        if (current == null || position == 0) {
            current = folder().list();
            listing = current;
        }
        if (position < 0 || position > current.size()) {
            throw Errno.INVAL.failure();
        }
        return current.subList((int) position, current.size());
    }
}
