package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.Rights;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What a guest's descriptor number stands for. Operations fail unless a kind of descriptor has them.
///
/// It counts its users: the table is one, every running call another. The last one closes it, so that
/// a thread never finds another file behind a host's handle that a second thread has just closed.
public abstract class Descriptor {
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile long rights;
    private volatile long inheriting;

    protected Descriptor(long rights, long inheriting) {
        this.rights = rights;
        this.inheriting = inheriting;
    }

    // Users.

    /// Adds a user.
    ///
    /// @return false if it is closed already
    final boolean acquire() {
        int n;
        do {
            n = users.get();
            if (n == 0) {
                return false;
            }
        } while (!users.compareAndSet(n, n + 1));
        return true;
    }

    /// Removes a user.
    public final void release() {
        if (users.decrementAndGet() == 0) {
            close();
        }
    }

    /// Called once, when nobody uses it any more.
    protected void close() {}

    /// The table has let go of it: whoever blocks in it may want to know.
    protected void abandoned() {}

    // Rights.

    public final long rights() {
        return rights;
    }

    public final long inheriting() {
        return inheriting;
    }

    /// @throws dev.windlass.wasi.abi.ErrnoException if it has not all of these rights
    public final void require(long needed) {
        if ((rights & needed) != needed) {
            throw missing(needed & ~rights).failure();
        }
    }

    /// The error for rights that it does not have: what POSIX says where the kind of file is the
    /// reason, NOTCAPABLE where the right was taken away.
    protected Errno missing(long needed) {
        if ((needed & (Rights.SOCK_ACCEPT | Rights.SOCK_SHUTDOWN)) != 0) {
            return Errno.NOTSOCK;
        }
        if ((needed & ~Rights.FILE & Rights.DIRECTORY) != 0 && type() != FileType.DIRECTORY) {
            return Errno.NOTDIR;
        }
        return (needed & (Rights.FD_READ | Rights.FD_WRITE)) != 0 ? Errno.BADF : Errno.NOTCAPABLE;
    }

    /// Takes rights away; none can be added.
    public final synchronized void restrict(long newRights, long newInheriting) {
        if ((newRights & ~rights) != 0 || (newInheriting & ~inheriting) != 0) {
            throw Errno.NOTCAPABLE.failure();
        }
        rights = newRights;
        inheriting = newInheriting;
    }

    // What every kind has.

    public abstract FileType type();

    public FileStat stat() {
        return FileStat.of(type());
    }

    /// `FDFLAGS_` bits.
    public int flags() {
        return 0;
    }

    public void setFlags(int flags) {
        throw Errno.NOTSUP.failure();
    }

    /// The name that the guest knows a preopened directory by, in bytes; null for all else.
    public byte @Nullable [] preopenedName() {
        return null;
    }

    // Bytes.

    /// Reads at the current position, blocking unless a flag says otherwise.
    ///
    /// @return bytes, 0 at the end
    public long read(GuestBuffers to, Interrupts interrupts) {
        throw Errno.BADF.failure();
    }

    public long write(GuestBuffers from, Interrupts interrupts) {
        throw Errno.BADF.failure();
    }

    public long readAt(GuestBuffers to, long offset, Interrupts interrupts) {
        throw Errno.SPIPE.failure();
    }

    public long writeAt(GuestBuffers from, long offset, Interrupts interrupts) {
        throw Errno.SPIPE.failure();
    }

    /// @return the new position
    public long seek(long offset, int whence) {
        throw Errno.SPIPE.failure();
    }

    // Files.

    public void advise(long offset, long length, int advice) {
        throw Errno.SPIPE.failure();
    }

    public void allocate(long offset, long length) {
        throw Errno.NOTSUP.failure();
    }

    public void setSize(long size) {
        throw Errno.INVAL.failure();
    }

    public void setTimes(FileTimes times) {
        throw Errno.NOTSUP.failure();
    }

    /// @param data whether file times need not be written
    public void sync(boolean data) {
        throw Errno.INVAL.failure();
    }

    // Waiting.

    /// What can be done now without blocking.
    public Readiness poll(boolean write) {
        return Readiness.READY;
    }

    /// Has a waiter woken when [#poll] may answer differently.
    void watch(Waiter waiter, boolean write) {}

    // Sockets.

    /// Takes a connection.
    public Descriptor accept(int flags, Interrupts interrupts) {
        throw Errno.NOTSOCK.failure();
    }

    /// @param peek whether the bytes stay
    /// @param all whether to wait until all buffers are full
    public long receive(GuestBuffers to, boolean peek, boolean all, Interrupts interrupts) {
        throw Errno.NOTSOCK.failure();
    }

    public long send(GuestBuffers from, Interrupts interrupts) {
        throw Errno.NOTSOCK.failure();
    }

    public void shutdown(boolean input, boolean output) {
        throw Errno.NOTSOCK.failure();
    }
}
