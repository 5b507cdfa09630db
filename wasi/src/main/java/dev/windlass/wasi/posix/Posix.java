package dev.windlass.wasi.posix;

import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.GuestBuffers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// File calls relative to open directories. Names are single components or `.`; none of the calls
/// follows a symbolic link in them. Failures are [dev.windlass.wasi.abi.ErrnoException]s; calls that a
/// signal interrupts are repeated. Descriptors are the host's.
public abstract class Posix {
    /// Sets no time.
    public static final long TIME_KEEP = Long.MIN_VALUE;

    /// Sets the time to the present.
    public static final long TIME_NOW = Long.MIN_VALUE + 1;

    /// What [#poll] asks for and answers.
    public static final int POLLIN = 1;

    public static final int POLLOUT = 4;
    public static final int POLLERR = 8;
    public static final int POLLHUP = 16;

    private static final class Holder {
        static final @Nullable Posix INSTANCE = bind();

        private static @Nullable Posix bind() {
            try {
                if (!isExpected()) {
                    return null;
                }
                return isMac() ? new MacPosix() : new LinuxPosix();
            } catch (IllegalCallerException | UnsupportedOperationException e) {
                return null; // native access is denied: there is the walk by paths
            }
        }
    }

    Posix() {}

    /// The system's calls, or null where they cannot be had.
    public static @Nullable Posix instance() {
        return Holder.INSTANCE;
    }

    /// Whether this system has such calls. They may still be denied to us.
    public static boolean isExpected() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        return isMac() || (linux && LinuxPosix.isKnownArchitecture());
    }

    private static boolean isMac() {
        return System.getProperty("os.name", "").startsWith("Mac");
    }

    /// How a file is opened.
    ///
    /// @param appends that writes go to the end
    /// @param sync the system's flags for synchronous writes: 0 none, 1 data, 2 all
    public record OpenMode(
            boolean reads,
            boolean writes,
            boolean creates,
            boolean exclusive,
            boolean truncates,
            boolean directory,
            boolean appends,
            int sync) {
        /// A directory, for listing and as the start of further paths.
        public static final OpenMode DIRECTORY =
                new OpenMode(true, false, false, false, false, true, false, 0);
    }

    /// An entry of a directory.
    public record Entry(byte[] name, long inode, FileType type) {}

    // Directories.

    /// Opens a directory by a path of the host's, following symbolic links.
    public abstract int openHostDirectory(String path);

    /// Opens a directory to go on from: no right to read it is needed.
    public abstract int openFolder(int folder, String name);

    /// Opens a file; never waits for a FIFO's other end.
    public abstract int open(int folder, String name, OpenMode mode);

    public abstract void makeDirectory(int folder, String name);

    public abstract void removeDirectory(int folder, String name);

    public abstract void removeFile(int folder, String name);

    public abstract void rename(int folder, String name, int toFolder, String toName);

    public abstract void link(int folder, String name, int toFolder, String toName);

    public abstract void symlink(String target, int folder, String name);

    /// The target of a symbolic link.
    public abstract byte[] readLink(int folder, String name);

    public abstract FileStat stat(int folder, String name);

    public abstract void setTimes(int folder, String name, long accessed, long modified);

    /// All entries, `.` and `..` included, in the system's order.
    public abstract List<Entry> list(int folder);

    // Open files. Addresses are of memory that stays where it is.

    public abstract FileStat stat(int fd);

    public abstract void setTimes(int fd, long accessed, long modified);

    public abstract long read(int fd, long address, long bytes);

    public abstract long write(int fd, long address, long bytes);

    public abstract long readAt(int fd, long address, long bytes, long offset);

    public abstract long writeAt(int fd, long address, long bytes, long offset);

    /// Writes all buffers at once.
    public abstract long write(int fd, GuestBuffers from);

    /// @param whence as preview 1 numbers it
    public abstract long seek(int fd, long offset, int whence);

    public abstract void setSize(int fd, long size);

    public abstract void allocate(int fd, long offset, long bytes);

    /// @param advice as preview 1 numbers it
    public abstract void advise(int fd, long offset, long bytes, int advice);

    public abstract void sync(int fd, boolean dataOnly);

    public abstract void setAppending(int fd, boolean appends);

    public abstract void close(int fd);

    /// What of `events` is true now, or within some milliseconds; 0 if none.
    public abstract int poll(int fd, int events, int millis);

    /// Processor time of the process or of this thread, in nanoseconds.
    public abstract long cpuTime(boolean thread);
}
