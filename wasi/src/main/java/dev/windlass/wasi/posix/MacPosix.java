package dev.windlass.wasi.posix;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.GuestBuffers;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// macOS. Written from its headers and never run: no machine of ours has that system.
///
/// Every function is called with six words: those that a function does not have are in registers that
/// it does not read.
final class MacPosix extends Posix {
    private static final int AT_FDCWD = -2;
    private static final int AT_SYMLINK_NOFOLLOW = 0x20;
    private static final int AT_REMOVEDIR = 0x80;

    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 4;
    private static final int O_APPEND = 8;
    private static final int O_SYNC = 0x80;
    private static final int O_NOFOLLOW = 0x100;
    private static final int O_CREAT = 0x200;
    private static final int O_TRUNC = 0x400;
    private static final int O_EXCL = 0x800;
    private static final int O_NOCTTY = 0x20000;
    private static final int O_DIRECTORY = 0x100000;
    private static final int O_DSYNC = 0x400000;
    private static final int O_CLOEXEC = 0x1000000;

    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final long UTIME_NOW = -1;
    private static final long UTIME_OMIT = -2;
    private static final int CLOCK_PROCESS_CPUTIME = 12;
    private static final int CLOCK_THREAD_CPUTIME = 16;
    private static final int EINTR = 4;

    private final Map<MacFunction, MethodHandle> handles = new EnumMap<>(MacFunction.class);

    /// @throws UnsupportedOperationException if a function is missing
    MacPosix() {
        boolean intel = System.getProperty("os.arch", "").equals("x86_64");
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        FunctionDescriptor shape = FunctionDescriptor.of(word, word, word, word, word, word, word);
        for (MacFunction function : MacFunction.values()) {
            MemorySegment symbol =
                    linker.defaultLookup()
                            .find(function.symbol(intel))
                            .orElseThrow(UnsupportedOperationException::new);
            Linker.Option errno = Linker.Option.captureCallState("errno");
            handles.put(
                    function,
                    function.fixed() == 0
                            ? linker.downcallHandle(symbol, shape, errno)
                            : linker.downcallHandle(
                                    symbol,
                                    shape,
                                    errno,
                                    Linker.Option.firstVariadicArg(function.fixed())));
        }
    }

    private long invoke(MacFunction function, long a, long b, long c, long d, long e, long f) {
        MethodHandle handle = handles.get(function);
        if (handle == null) {
            throw new IllegalStateException(function.name());
        }
        try {
            return (long) handle.invokeExact(Scratch.current().capture(), a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static int lastError() {
        return Scratch.current().capture().get(ValueLayout.JAVA_INT, 0);
    }

    /// A call that gives -1 for an error, as a word; repeated when a signal came.
    private long word(MacFunction function, long a, long b, long c, long d) {
        while (true) {
            long result = invoke(function, a, b, c, d, 0, 0);
            if (result != -1) {
                return result;
            }
            if (lastError() != EINTR) {
                throw MacErrors.errno(lastError()).failure();
            }
        }
    }

    /// A call that gives -1 for an error, as an int: the upper half of the register means nothing.
    private int call(MacFunction function, long a, long b, long c, long d, long e) {
        while (true) {
            int result = (int) invoke(function, a, b, c, d, e, 0);
            if (result != -1) {
                return result;
            }
            if (lastError() != EINTR) {
                throw MacErrors.errno(lastError()).failure();
            }
        }
    }

    private int openAt(int folder, String name, int flags) {
        long path = Scratch.current().first(name);
        return call(MacFunction.OPENAT, folder, path, flags | O_CLOEXEC, 0666, 0);
    }

    @Override
    public int openHostDirectory(String path) {
        return openAt(AT_FDCWD, path, O_DIRECTORY);
    }

    @Override
    public int openFolder(int folder, String name) {
        return openAt(folder, name, O_DIRECTORY | O_NOFOLLOW);
    }

    @Override
    public int open(int folder, String name, OpenMode mode) {
        int flags = O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
        flags |= mode.writes() ? (mode.reads() ? O_RDWR : O_WRONLY) : 0;
        flags |= mode.creates() ? O_CREAT : 0;
        flags |= mode.exclusive() ? O_EXCL : 0;
        flags |= mode.truncates() ? O_TRUNC : 0;
        flags |= mode.directory() ? O_DIRECTORY : 0;
        flags |= mode.appends() ? O_APPEND : 0;
        flags |= mode.sync() == 2 ? O_SYNC : mode.sync() == 1 ? O_DSYNC : 0;
        return openAt(folder, name, flags);
    }

    @Override
    public void makeDirectory(int folder, String name) {
        call(MacFunction.MKDIRAT, folder, Scratch.current().first(name), 0777, 0, 0);
    }

    @Override
    public void removeDirectory(int folder, String name) {
        call(MacFunction.UNLINKAT, folder, Scratch.current().first(name), AT_REMOVEDIR, 0, 0);
    }

    @Override
    public void removeFile(int folder, String name) {
        call(MacFunction.UNLINKAT, folder, Scratch.current().first(name), 0, 0, 0);
    }

    @Override
    public void rename(int folder, String name, int toFolder, String toName) {
        Scratch scratch = Scratch.current();
        long from = scratch.first(name);
        call(MacFunction.RENAMEAT, folder, from, toFolder, scratch.second(toName), 0);
    }

    @Override
    public void link(int folder, String name, int toFolder, String toName) {
        Scratch scratch = Scratch.current();
        long from = scratch.first(name);
        call(MacFunction.LINKAT, folder, from, toFolder, scratch.second(toName), 0);
    }

    @Override
    public void symlink(String target, int folder, String name) {
        Scratch scratch = Scratch.current();
        long text = scratch.first(target);
        call(MacFunction.SYMLINKAT, text, folder, scratch.second(name), 0, 0);
    }

    @Override
    public byte[] readLink(int folder, String name) {
        Scratch scratch = Scratch.current();
        long path = scratch.first(name);
        long room = scratch.result();
        byte[] target =
                new byte[(int) word(MacFunction.READLINKAT, folder, path, room, Scratch.RESULT)];
        Raw.copy(room, target, 0, target.length);
        return target;
    }

    @Override
    public FileStat stat(int folder, String name) {
        Scratch scratch = Scratch.current();
        long path = scratch.first(name);
        long at = scratch.result();
        call(MacFunction.FSTATAT, folder, path, at, AT_SYMLINK_NOFOLLOW, 0);
        return stat(at);
    }

    @Override
    public FileStat stat(int fd) {
        long at = Scratch.current().result();
        call(MacFunction.FSTAT, fd, at, 0, 0, 0);
        return stat(at);
    }

    private static FileStat stat(long at) {
        return new FileStat(
                Raw.getInt(at),
                Raw.getLong(at + 8),
                type(Raw.getShort(at + 4) >>> 12),
                Raw.getShort(at + 6) & 0xFFFF,
                Raw.getLong(at + 96),
                time(at + 32),
                time(at + 48),
                time(at + 64));
    }

    private static long time(long at) {
        return Raw.getLong(at) * 1_000_000_000 + Raw.getLong(at + 8);
    }

    /// @param kind the format bits of a mode, or the type of an entry: the same numbers
    private static FileType type(int kind) {
        return switch (kind & 0xF) {
            case 0x2 -> FileType.CHARACTER_DEVICE;
            case 0x4 -> FileType.DIRECTORY;
            case 0x6 -> FileType.BLOCK_DEVICE;
            case 0x8 -> FileType.REGULAR_FILE;
            case 0xA -> FileType.SYMBOLIC_LINK;
            case 0xC -> FileType.SOCKET_STREAM;
            default -> FileType.UNKNOWN;
        };
    }

    @Override
    public void setTimes(int folder, String name, long accessed, long modified) {
        long path = Scratch.current().first(name);
        long times = times(accessed, modified);
        call(MacFunction.UTIMENSAT, folder, path, times, AT_SYMLINK_NOFOLLOW, 0);
    }

    @Override
    public void setTimes(int fd, long accessed, long modified) {
        call(MacFunction.FUTIMENS, fd, times(accessed, modified), 0, 0, 0);
    }

    private static long times(long accessed, long modified) {
        long at = Scratch.current().result();
        putTime(at, accessed);
        putTime(at + 16, modified);
        return at;
    }

    private static void putTime(long at, long time) {
        boolean special = time == TIME_KEEP || time == TIME_NOW;
        Raw.putLong(at, special ? 0 : Math.floorDiv(time, 1_000_000_000));
        long nanos = Math.floorMod(time, 1_000_000_000);
        Raw.putLong(at + 8, time == TIME_KEEP ? UTIME_OMIT : time == TIME_NOW ? UTIME_NOW : nanos);
    }

    @Override
    public List<Entry> list(int folder) {
        // Another open file: the position in it is nobody else's.
        int fd = openAt(folder, ".", O_DIRECTORY);
        long stream = invoke(MacFunction.FDOPENDIR, fd, 0, 0, 0, 0, 0);
        if (stream == 0) {
            Errno errno = MacErrors.errno(lastError());
            close(fd);
            throw errno.failure();
        }
        try {
            List<Entry> entries = new ArrayList<>();
            long at = invoke(MacFunction.READDIR, stream, 0, 0, 0, 0, 0);
            while (at != 0) {
                byte[] name = new byte[Raw.getShort(at + 18) & 0xFFFF];
                Raw.copy(at + 21, name, 0, name.length);
                entries.add(new Entry(name, Raw.getLong(at), type(Raw.getByte(at + 20))));
                at = invoke(MacFunction.READDIR, stream, 0, 0, 0, 0, 0);
            }
            return entries;
        } finally {
            invoke(MacFunction.CLOSEDIR, stream, 0, 0, 0, 0, 0); // and the file with it
        }
    }

    @Override
    public long read(int fd, long address, long bytes) {
        return word(MacFunction.READ, fd, address, bytes, 0);
    }

    @Override
    public long write(int fd, long address, long bytes) {
        return word(MacFunction.WRITE, fd, address, bytes, 0);
    }

    @Override
    public long readAt(int fd, long address, long bytes, long offset) {
        return word(MacFunction.PREAD, fd, address, bytes, offset);
    }

    @Override
    public long writeAt(int fd, long address, long bytes, long offset) {
        return word(MacFunction.PWRITE, fd, address, bytes, offset);
    }

    @Override
    public long write(int fd, GuestBuffers from) {
        return word(MacFunction.WRITEV, fd, Scratch.current().vectors(from), from.count(), 0);
    }

    @Override
    public long seek(int fd, long offset, int whence) {
        return word(MacFunction.LSEEK, fd, offset, whence, 0);
    }

    @Override
    public void setSize(int fd, long size) {
        call(MacFunction.FTRUNCATE, fd, size, 0, 0, 0);
    }

    @Override
    public void allocate(int fd, long offset, long bytes) {
        throw Errno.NOTSUP.failure(); // there is no call that promises what the guest asks for
    }

    @Override
    public void advise(int fd, long offset, long bytes, int advice) {
        // A hint that this system has no call for.
    }

    @Override
    public void sync(int fd, boolean dataOnly) {
        call(MacFunction.FSYNC, fd, 0, 0, 0, 0);
    }

    @Override
    public void setAppending(int fd, boolean appends) {
        int flags = call(MacFunction.FCNTL, fd, F_GETFL, 0, 0, 0);
        int changed = appends ? flags | O_APPEND : flags & ~O_APPEND;
        call(MacFunction.FCNTL, fd, F_SETFL, changed, 0, 0);
    }

    @Override
    public void close(int fd) {
        invoke(MacFunction.CLOSE, fd, 0, 0, 0, 0, 0);
    }

    @Override
    public int poll(int fd, int events, int millis) {
        long at = Scratch.current().result();
        Raw.putInt(at, fd);
        Raw.putShort(at + 4, (short) events);
        Raw.putShort(at + 6, (short) 0);
        int ready = call(MacFunction.POLL, at, 1, millis, 0, 0);
        return ready == 0 ? 0 : Raw.getShort(at + 6);
    }

    @Override
    public long cpuTime(boolean thread) {
        long at = Scratch.current().result();
        int clock = thread ? CLOCK_THREAD_CPUTIME : CLOCK_PROCESS_CPUTIME;
        call(MacFunction.CLOCK_GETTIME, clock, at, 0, 0, 0);
        return time(at);
    }
}
