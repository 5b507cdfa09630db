package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A directory by its path, for systems whose calls relative to open directories cannot be had. Every
/// component is looked at before it is used, and links are not followed; but between the look and the
/// use another process may swap them, which is why writing here takes the embedder's consent.
final class NioFolder implements Folder {
    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

    private final Path path;

    NioFolder(Path path) {
        this.path = path;
    }

    /// Something that may fail as java.nio does.
    interface Action<T extends @Nullable Object> {
        T run() throws IOException;
    }

    static <T extends @Nullable Object> T perform(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        } catch (UnsupportedOperationException e) {
            throw Errno.NOTSUP.failure();
        }
    }

    /// A name in this directory; what the system would read as more than a name is refused.
    private Path child(String name) {
        if (name.equals(".")) {
            return path;
        }
        boolean windows = File.separatorChar == '\\';
        char last = name.charAt(name.length() - 1);
        if (windows && (name.matches(".*[\\\\:].*") || last == '.' || last == ' ')) {
            throw Errno.INVAL.failure();
        }
        try {
            return path.resolve(name);
        } catch (InvalidPathException e) {
            throw Errno.INVAL.failure();
        }
    }

    private static BasicFileAttributes attributes(Path file) {
        return perform(() -> Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW));
    }

    private static @Nullable BasicFileAttributes find(Path file) {
        try {
            return attributes(file);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.NOENT) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public Folder folder(String name) {
        Path child = child(name);
        BasicFileAttributes attributes = attributes(child);
        if (!attributes.isDirectory()) {
            throw (attributes.isSymbolicLink() ? Errno.LOOP : Errno.NOTDIR).failure();
        }
        return new NioFolder(child);
    }

    @Override
    public Descriptor open(String name, OpenRequest request, Interrupts interrupts) {
        Path file = child(name);
        BasicFileAttributes attributes = find(file);
        if (attributes == null ? !request.creates() : attributes.isDirectory()) {
            return openDirectory(file, attributes, request);
        }
        if (attributes != null) {
            checkFile(attributes, request);
        }
        FileChannel channel = perform(() -> FileChannel.open(file, options(request)));
        return new NioFile(channel, this, name, request);
    }

    private static void checkFile(BasicFileAttributes attributes, OpenRequest request) {
        if (request.creates() && request.exclusive()) {
            throw Errno.EXIST.failure();
        }
        if (attributes.isSymbolicLink()) {
            throw Errno.LOOP.failure();
        }
        if (request.directory()) {
            throw Errno.NOTDIR.failure();
        }
        if (attributes.isOther()) {
            throw Errno.NOTSUP.failure(); // opening a FIFO or a device here may block
        }
    }

    private static Descriptor openDirectory(
            Path file, @Nullable BasicFileAttributes attributes, OpenRequest request) {
        if (attributes == null) {
            throw Errno.NOENT.failure();
        }
        if (request.creates() && request.exclusive()) {
            throw Errno.EXIST.failure();
        }
        if ((request.writes() && !request.directory())
                || request.creates()
                || request.truncates()) {
            throw Errno.ISDIR.failure();
        }
        return new Directory(new NioFolder(file), request.rights(), request.inheriting());
    }

    private static Set<OpenOption> options(OpenRequest request) {
        Set<OpenOption> options = new HashSet<>();
        options.add(NOFOLLOW);
        boolean writes = request.writes() || request.creates() || request.truncates();
        if (writes) {
            options.add(StandardOpenOption.WRITE);
        }
        if (request.reads() || !writes) {
            options.add(StandardOpenOption.READ);
        }
        if (request.creates()) {
            options.add(
                    request.exclusive()
                            ? StandardOpenOption.CREATE_NEW
                            : StandardOpenOption.CREATE);
        }
        if (request.truncates()) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return options;
    }

    @Override
    public String readLink(String name) {
        Path link = child(name);
        if (!attributes(link).isSymbolicLink()) {
            throw Errno.INVAL.failure();
        }
        return perform(() -> Files.readSymbolicLink(link))
                .toString()
                .replace(File.separatorChar, '/');
    }

    @Override
    public FileStat stat(String name) {
        Path file = child(name);
        BasicFileAttributes a = attributes(file);
        Object key = a.fileKey();
        return new FileStat(
                0,
                key == null ? file.hashCode() : key.hashCode(),
                type(a),
                1,
                a.size(),
                a.lastAccessTime().to(TimeUnit.NANOSECONDS),
                a.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                a.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    private static FileType type(BasicFileAttributes a) {
        if (a.isRegularFile()) {
            return FileType.REGULAR_FILE;
        }
        if (a.isDirectory()) {
            return FileType.DIRECTORY;
        }
        return a.isSymbolicLink() ? FileType.SYMBOLIC_LINK : FileType.UNKNOWN;
    }

    @Override
    public void setTimes(String name, FileTimes times) {
        BasicFileAttributeView view =
                Files.getFileAttributeView(child(name), BasicFileAttributeView.class, NOFOLLOW);
        perform(() -> {
            view.setTimes(time(times.modified()), time(times.accessed()), null);
            return null;
        });
    }

    private static @Nullable FileTime time(long time) {
        if (time == FileTimes.KEEP) {
            return null;
        }
        return time == FileTimes.NOW
                ? FileTime.fromMillis(System.currentTimeMillis())
                : FileTime.from(time, TimeUnit.NANOSECONDS);
    }

    @Override
    public void makeDirectory(String name) {
        Path directory = child(name);
        perform(() -> Files.createDirectory(directory));
    }

    @Override
    public void removeDirectory(String name) {
        Path directory = child(name);
        if (name.equals(".")) {
            throw Errno.INVAL.failure();
        }
        if (!attributes(directory).isDirectory()) {
            throw Errno.NOTDIR.failure();
        }
        delete(directory);
    }

    @Override
    public void removeFile(String name) {
        Path file = child(name);
        if (attributes(file).isDirectory()) {
            throw Errno.ISDIR.failure();
        }
        delete(file);
    }

    private static void delete(Path file) {
        perform(() -> {
            Files.delete(file);
            return null;
        });
    }

    @Override
    public void rename(String name, Folder to, String toName) {
        Path from = child(name);
        Path target = ((NioFolder) to).child(toName);
        boolean directory = attributes(from).isDirectory();
        BasicFileAttributes old = find(target);
        if (old != null && old.isDirectory() != directory) {
            throw (directory ? Errno.NOTDIR : Errno.ISDIR).failure();
        }
        perform(() -> move(from, target));
    }

    private static Path move(Path from, Path target) throws IOException {
        try {
            return Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw Errno.XDEV.failure();
        }
    }

    @Override
    public void link(String name, Folder to, String toName) {
        Path from = child(name);
        Path target = ((NioFolder) to).child(toName);
        if (!attributes(from).isRegularFile()) {
            throw Errno.PERM.failure();
        }
        perform(() -> Files.createLink(target, from));
    }

    @Override
    public void symlink(String target, String name) {
        Path link = child(name);
        perform(() -> Files.createSymbolicLink(link, Path.of(target)));
    }

    @Override
    public List<DirectoryEntry> list() {
        List<DirectoryEntry> all = new ArrayList<>();
        long self = stat(".").inode();
        all.add(new DirectoryEntry(new byte[] {'.'}, self, FileType.DIRECTORY));
        all.add(new DirectoryEntry(new byte[] {'.', '.'}, self, FileType.DIRECTORY));
        perform(() -> {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                files.forEach(file -> all.add(entry(file.getFileName().toString())));
            }
            return null;
        });
        return all;
    }

    private DirectoryEntry entry(String name) {
        FileStat stat = stat(name);
        return new DirectoryEntry(name.getBytes(StandardCharsets.UTF_8), stat.inode(), stat.type());
    }

    @Override
    public void sync(boolean data) {
        // These systems have no such call for directories.
    }

    @Override
    public void close() {
        // A path is all there is.
    }
}
