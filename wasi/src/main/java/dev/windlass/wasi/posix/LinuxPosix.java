package dev.windlass.wasi.posix;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.GuestBuffers;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/// Linux: all calls go through the C library's `syscall`, so that a single downcall is bound. Binding
/// one for each function would take a short program longer than all its calls.
final class LinuxPosix extends Posix {
    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;

    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_NOCTTY = 0x100;
    private static final int O_TRUNC = 0x200;
    private static final int O_APPEND = 0x400;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_DSYNC = 0x1000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_SYNC = 0x101000;
    private static final int O_PATH = 0x200000;

    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final long UTIME_NOW = 0x3fffffff;
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int EINTR = 4;

    private final LinuxCalls number;
    private final int directoryFlag;
    private final int noFollowFlag;
    private final MethodHandle syscall;

    LinuxPosix() {
        number = LinuxCalls.ofThisMachine();
        boolean arm = number.isArm();
        directoryFlag = arm ? 0x4000 : 0x10000;
        noFollowFlag = arm ? 0x8000 : 0x20000;
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        Linker linker = Linker.nativeLinker();
        syscall =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("syscall"),
                        FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                        Linker.Option.firstVariadicArg(1),
                        Linker.Option.captureCallState("errno"));
    }

    static boolean isKnownArchitecture() {
        return LinuxCalls.isKnown(System.getProperty("os.arch", ""));
    }

    /// One call; repeated when a signal came.
    private long call(int nr, long a, long b, long c, long d, long e, long f) {
        MemorySegment capture = Scratch.current().capture();
        while (true) {
            long result = invoke(capture, nr, a, b, c, d, e, f);
            if (result >= 0) {
                return result;
            }
            int errno = capture.get(ValueLayout.JAVA_INT, 0);
            if (errno != EINTR) {
                throw LinuxErrors.errno(errno).failure();
            }
        }
    }

    private long invoke(
            MemorySegment capture, long nr, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) syscall.invokeExact(capture, nr, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private long call(int nr, long a, long b, long c, long d) {
        return call(nr, a, b, c, d, 0, 0);
    }

    @Override
    public int openHostDirectory(String path) {
        int flags = directoryFlag | O_CLOEXEC;
        return openAt(AT_FDCWD, path, flags);
    }

    private int openAt(int folder, String name, int flags) {
        long path = Scratch.current().first(name);
        return (int) call(number.openat(), folder, path, flags | O_CLOEXEC, 0666);
    }

    @Override
    public int openFolder(int folder, String name) {
        return openAt(folder, name, O_PATH | directoryFlag | noFollowFlag);
    }

    @Override
    public int open(int folder, String name, OpenMode mode) {
        int flags = noFollowFlag | O_NOCTTY | O_NONBLOCK;
        flags |= mode.writes() ? mode.reads() ? O_RDWR : O_WRONLY : 0;
        flags |= mode.creates() ? O_CREAT : 0;
        flags |= mode.exclusive() ? O_EXCL : 0;
        flags |= mode.truncates() ? O_TRUNC : 0;
        flags |= mode.directory() ? directoryFlag : 0;
        flags |= mode.appends() ? O_APPEND : 0;
        flags |= mode.sync() == 2 ? O_SYNC : mode.sync() == 1 ? O_DSYNC : 0;
        return openAt(folder, name, flags);
    }

    @Override
    public void makeDirectory(int folder, String name) {
        call(number.mkdirat(), folder, Scratch.current().first(name), 0777, 0);
    }

    @Override
    public void removeDirectory(int folder, String name) {
        call(number.unlinkat(), folder, Scratch.current().first(name), AT_REMOVEDIR, 0);
    }

    @Override
    public void removeFile(int folder, String name) {
        call(number.unlinkat(), folder, Scratch.current().first(name), 0, 0);
    }

    @Override
    public void rename(int folder, String name, int toFolder, String toName) {
        Scratch scratch = Scratch.current();
        call(number.renameat2(), folder, scratch.first(name), toFolder, scratch.second(toName));
    }

    @Override
    public void link(int folder, String name, int toFolder, String toName) {
        Scratch scratch = Scratch.current();
        call(number.linkat(), folder, scratch.first(name), toFolder, scratch.second(toName));
    }

    @Override
    public void symlink(String target, int folder, String name) {
        Scratch scratch = Scratch.current();
        call(number.symlinkat(), scratch.first(target), folder, scratch.second(name), 0);
    }

    @Override
    public byte[] readLink(int folder, String name) {
        Scratch scratch = Scratch.current();
        long path = scratch.first(name);
        int n = (int) call(number.readlinkat(), folder, path, scratch.result(), Scratch.RESULT);
        byte[] target = new byte[n];
        Raw.copy(scratch.result(), target, 0, n);
        return target;
    }

    @Override
    public FileStat stat(int folder, String name) {
        return stat(folder, Scratch.current().first(name), AT_SYMLINK_NOFOLLOW);
    }

    @Override
    public FileStat stat(int fd) {
        return stat(fd, Scratch.current().first(""), AT_EMPTY_PATH);
    }

    private FileStat stat(int fd, long path, int flags) {
        long at = Scratch.current().result();
        call(number.statx(), fd, path, flags, STATX_BASIC_STATS, at, 0);
        long device = Raw.getInt(at + 136) * 0x1_0000_0000L + (Raw.getInt(at + 140) & 0xFFFF_FFFFL);
        return new FileStat(
                device,
                Raw.getLong(at + 32),
                type(Raw.getShort(at + 28)),
                Raw.getInt(at + 16) & 0xFFFF_FFFFL,
                Raw.getLong(at + 40),
                time(at + 64),
                time(at + 112),
                time(at + 96));
    }

    private static long time(long at) {
        return Raw.getLong(at) * 1_000_000_000 + Raw.getInt(at + 8);
    }

    private static FileType type(int mode) {
        return switch (mode >>> 12 & 0xF) {
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
        call(number.utimensat(), folder, path, times(accessed, modified), AT_SYMLINK_NOFOLLOW);
    }

    @Override
    public void setTimes(int fd, long accessed, long modified) {
        call(number.utimensat(), fd, 0, times(accessed, modified), 0);
    }

    private static long times(long accessed, long modified) {
        long at = Scratch.current().result();
        time(at, accessed);
        time(at + 16, modified);
        return at;
    }

    private static void time(long at, long time) {
        boolean special = time == TIME_KEEP || time == TIME_NOW;
        Raw.putLong(at, special ? 0 : Math.floorDiv(time, 1_000_000_000));
        long nanos = Math.floorMod(time, 1_000_000_000);
        Raw.putLong(at + 8, time == TIME_KEEP ? UTIME_OMIT : time == TIME_NOW ? UTIME_NOW : nanos);
    }

    @Override
    public List<Entry> list(int folder) {
        // Another open file: the position in it is nobody else's.
        int fd = openAt(folder, ".", directoryFlag);
        try {
            long at = Scratch.current().result();
            List<Entry> entries = new ArrayList<>();
            long bytes = call(number.getdents64(), fd, at, Scratch.RESULT, 0);
            while (bytes > 0) {
                addEntries(at, at + bytes, entries);
                bytes = call(number.getdents64(), fd, at, Scratch.RESULT, 0);
            }
            return entries;
        } finally {
            close(fd);
        }
    }

    private static void addEntries(long start, long end, List<Entry> entries) {
        for (long at = start; at < end; at += Raw.getShort(at + 16) & 0xFFFF) {
            int length = 0;
            while (Raw.getByte(at + 19 + length) != 0) {
                length++;
            }
            byte[] name = new byte[length];
            Raw.copy(at + 19, name, 0, length);
            entries.add(new Entry(name, Raw.getLong(at), type(Raw.getByte(at + 18) << 12)));
        }
    }

    @Override
    public long read(int fd, long address, long bytes) {
        return call(number.read(), fd, address, bytes, 0);
    }

    @Override
    public long write(int fd, long address, long bytes) {
        return call(number.write(), fd, address, bytes, 0);
    }

    @Override
    public long readAt(int fd, long address, long bytes, long offset) {
        return call(number.pread64(), fd, address, bytes, offset);
    }

    @Override
    public long writeAt(int fd, long address, long bytes, long offset) {
        return call(number.pwrite64(), fd, address, bytes, offset);
    }

    @Override
    public long write(int fd, GuestBuffers from) {
        return call(number.writev(), fd, Scratch.current().vectors(from), from.count(), 0);
    }

    @Override
    public long seek(int fd, long offset, int whence) {
        return call(number.lseek(), fd, offset, whence, 0);
    }

    @Override
    public void setSize(int fd, long size) {
        call(number.ftruncate(), fd, size, 0, 0);
    }

    @Override
    public void allocate(int fd, long offset, long bytes) {
        call(number.fallocate(), fd, 0, offset, bytes);
    }

    @Override
    public void advise(int fd, long offset, long bytes, int advice) {
        // NORMAL, SEQUENTIAL, RANDOM, WILLNEED, DONTNEED, NOREUSE
        int mapped =
                switch (advice) {
                    case 1 -> 2;
                    case 2 -> 1;
                    default -> advice;
                };
        call(number.fadvise64(), fd, offset, bytes, mapped);
    }

    @Override
    public void sync(int fd, boolean dataOnly) {
        call(dataOnly ? number.fdatasync() : number.fsync(), fd, 0, 0, 0);
    }

    @Override
    public void setAppending(int fd, boolean appends) {
        long flags = call(number.fcntl(), fd, F_GETFL, 0, 0);
        call(number.fcntl(), fd, F_SETFL, appends ? flags | O_APPEND : flags & ~O_APPEND, 0);
    }

    @Override
    public void close(int fd) {
        // Not repeated: Linux has closed it even when a signal came.
        Scratch scratch = Scratch.current();
        invoke(scratch.capture(), number.close(), fd, 0, 0, 0, 0, 0);
    }

    @Override
    public int poll(int fd, int events, int millis) {
        long at = Scratch.current().result();
        Raw.putInt(at, fd);
        Raw.putShort(at + 4, (short) events);
        Raw.putShort(at + 6, (short) 0);
        Raw.putLong(at + 8, millis / 1000);
        Raw.putLong(at + 16, millis % 1000 * 1_000_000L);
        long ready = call(number.ppoll(), at, 1, at + 8, 0);
        return ready == 0 ? 0 : Raw.getShort(at + 6);
    }

    @Override
    public long cpuTime(boolean thread) {
        long at = Scratch.current().result();
        call(number.clockGettime(), thread ? 3 : 2, at, 0, 0);
        return Raw.getLong(at) * 1_000_000_000 + Raw.getLong(at + 8);
    }
}
