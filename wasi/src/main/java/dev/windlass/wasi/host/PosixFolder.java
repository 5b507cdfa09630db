package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.posix.Posix;
import dev.windlass.wasi.posix.Posix.Entry;
import dev.windlass.wasi.posix.Posix.OpenMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A directory as an open descriptor of the system.
final class PosixFolder implements Folder {
    private static final long OPEN_RETRY_NANOS = 20_000_000;

    private final Posix posix;
    private final int fd;

    PosixFolder(Posix posix, int fd) {
        this.posix = posix;
        this.fd = fd;
    }

    @Override
    public Folder folder(String name) {
        return new PosixFolder(posix, posix.openFolder(fd, name));
    }

    @Override
    public Descriptor open(String name, OpenRequest request, Interrupts interrupts) {
        int file = openFile(name, mode(request), request.blocks(), interrupts);
        FileStat stat;
        try {
            stat = posix.stat(file);
        } catch (ErrnoException e) {
            posix.close(file);
            throw e;
        }
        return stat.type() == FileType.DIRECTORY
                ? new Directory(
                        new PosixFolder(posix, file), request.rights(), request.inheriting())
                : new PosixFile(posix, file, stat.type(), request);
    }

    /// A FIFO without a reader cannot be opened for writing yet.
    private int openFile(String name, OpenMode mode, boolean blocks, Interrupts interrupts) {
        while (true) {
            try {
                return posix.open(fd, name, mode);
            } catch (ErrnoException e) {
                boolean fifo = e.errno() == Errno.NXIO && blocks;
                if (!fifo || posix.stat(fd, name).type() != FileType.UNKNOWN) {
                    throw e;
                }
            }
            Waiting.pause(OPEN_RETRY_NANOS, interrupts);
        }
    }

    private static OpenMode mode(OpenRequest request) {
        int flags = request.fdFlags();
        boolean all = (flags & (Flags.FDFLAGS_SYNC | Flags.FDFLAGS_RSYNC)) != 0;
        boolean data = (flags & Flags.FDFLAGS_DSYNC) != 0;
        return new OpenMode(
                request.reads() || !request.writes(),
                request.writes(),
                request.creates(),
                request.exclusive(),
                request.truncates(),
                request.directory(),
                request.appends(),
                all ? 2 : data ? 1 : 0);
    }

    @Override
    public String readLink(String name) {
        return text(posix.readLink(fd, name));
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Errno.ILSEQ.failure();
        }
    }

    @Override
    public FileStat stat(String name) {
        return name.equals(".") ? posix.stat(fd) : posix.stat(fd, name);
    }

    @Override
    public void setTimes(String name, FileTimes times) {
        posix.setTimes(fd, name, times.accessed(), times.modified());
    }

    @Override
    public void makeDirectory(String name) {
        posix.makeDirectory(fd, name);
    }

    @Override
    public void removeDirectory(String name) {
        posix.removeDirectory(fd, name);
    }

    @Override
    public void removeFile(String name) {
        posix.removeFile(fd, name);
    }

    @Override
    public void rename(String name, Folder to, String toName) {
        posix.rename(fd, name, ((PosixFolder) to).fd, toName);
    }

    @Override
    public void link(String name, Folder to, String toName) {
        posix.link(fd, name, ((PosixFolder) to).fd, toName);
    }

    @Override
    public void symlink(String target, String name) {
        posix.symlink(target, fd, name);
    }

    @Override
    public List<DirectoryEntry> list() {
        List<DirectoryEntry> all = new ArrayList<>();
        for (Entry entry : posix.list(fd)) {
            all.add(new DirectoryEntry(entry.name(), entry.inode(), entry.type()));
        }
        return all;
    }

    @Override
    public void sync(boolean data) {
        posix.sync(fd, data);
    }

    @Override
    public void close() {
        posix.close(fd);
    }
}
