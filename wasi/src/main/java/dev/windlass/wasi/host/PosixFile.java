package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.posix.Posix;

/// A file as an open descriptor of the system, which reads and writes the guest's memory in place.
/// The system's descriptor never blocks: for FIFOs and devices the waiting is done here, in slices.
final class PosixFile extends Descriptor {
    private static final int SLICE_MILLIS = 50;
    private static final long ASK_NANOS = 5_000_000;
    private static final int SYNC_FLAGS =
            Flags.FDFLAGS_DSYNC | Flags.FDFLAGS_RSYNC | Flags.FDFLAGS_SYNC;

    private final Posix posix;
    private final int fd;
    private final FileType type;
    private volatile int flags;
    private volatile boolean abandoned;

    PosixFile(Posix posix, int fd, FileType type, OpenRequest request) {
        super(request.rights() & Rights.FILE, request.inheriting());
        this.posix = posix;
        this.fd = fd;
        this.type = type;
        this.flags = request.fdFlags();
    }

    @Override
    protected void close() {
        posix.close(fd);
    }

    @Override
    protected void abandoned() {
        abandoned = true;
    }

    @Override
    public FileType type() {
        return type;
    }

    @Override
    public FileStat stat() {
        return posix.stat(fd);
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public void setFlags(int newFlags) {
        if (((newFlags ^ flags) & SYNC_FLAGS) != 0) {
            throw Errno.NOTSUP.failure(); // no system changes these of an open file
        }
        posix.setAppending(fd, (newFlags & Flags.FDFLAGS_APPEND) != 0);
        flags = newFlags;
    }

    @Override
    public long read(GuestBuffers to, Interrupts interrupts) {
        await(Posix.POLLIN, interrupts);
        long done = 0;
        for (int i = 0; i < to.count(); i++) {
            long n = posix.read(fd, to.address(i), to.length(i));
            done += n;
            if (n < to.length(i) || type != FileType.REGULAR_FILE) {
                break;
            }
        }
        return done;
    }

    @Override
    public long write(GuestBuffers from, Interrupts interrupts) {
        await(Posix.POLLOUT, interrupts);
        return switch (from.count()) {
            case 0 -> 0;
            case 1 -> posix.write(fd, from.address(0), from.length(0));
            default -> posix.write(fd, from);
        };
    }

    /// Waits until a call would not block; files of data never do.
    private void await(int event, Interrupts interrupts) {
        if (type == FileType.REGULAR_FILE || (flags & Flags.FDFLAGS_NONBLOCK) != 0) {
            return;
        }
        while (posix.poll(fd, event, SLICE_MILLIS) == 0) {
            interrupts.check();
            if (abandoned) {
                throw Errno.BADF.failure();
            }
        }
    }

    @Override
    public long readAt(GuestBuffers to, long offset, Interrupts interrupts) {
        long done = 0;
        for (int i = 0; i < to.count(); i++) {
            long n = posix.readAt(fd, to.address(i), to.length(i), offset + done);
            done += n;
            if (n < to.length(i)) {
                break;
            }
        }
        return done;
    }

    @Override
    public long writeAt(GuestBuffers from, long offset, Interrupts interrupts) {
        long done = 0;
        for (int i = 0; i < from.count(); i++) {
            long n = posix.writeAt(fd, from.address(i), from.length(i), offset + done);
            done += n;
            if (n < from.length(i)) {
                break;
            }
        }
        return done;
    }

    @Override
    public long seek(long offset, int whence) {
        return posix.seek(fd, offset, whence);
    }

    @Override
    public void advise(long offset, long length, int advice) {
        posix.advise(fd, offset, length, advice);
    }

    @Override
    public void allocate(long offset, long length) {
        posix.allocate(fd, offset, length);
    }

    @Override
    public void setSize(long size) {
        posix.setSize(fd, size);
    }

    @Override
    public void setTimes(FileTimes times) {
        posix.setTimes(fd, times.accessed(), times.modified());
    }

    @Override
    public void sync(boolean data) {
        posix.sync(fd, data);
    }

    @Override
    public Readiness poll(boolean write) {
        if (type == FileType.REGULAR_FILE) {
            return new Readiness(true, write ? 0 : left(), false);
        }
        int events = posix.poll(fd, write ? Posix.POLLOUT : Posix.POLLIN, 0);
        boolean hangup = (events & (Posix.POLLHUP | Posix.POLLERR)) != 0;
        return new Readiness(events != 0, 0, hangup);
    }

    @Override
    void watch(Waiter waiter, boolean write) {
        waiter.atMost(ASK_NANOS);
    }

    /// Bytes from the position to the end.
    private long left() {
        return Math.max(0, stat().size() - seek(0, Flags.WHENCE_CUR));
    }
}
