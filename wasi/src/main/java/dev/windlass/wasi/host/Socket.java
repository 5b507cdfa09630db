package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.Rights;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// A socket of either kind. The channel never blocks; waiting is done here.
abstract class Socket extends Descriptor {
    private static final long SLICE_NANOS = 50_000_000;

    private final SelectableChannel channel;
    private volatile int flags;
    private volatile boolean abandoned;

    Socket(SelectableChannel channel, long rights, long inheriting, int flags) {
        super(rights, inheriting);
        this.channel = channel;
        this.flags = flags;
    }

    @Override
    public final FileType type() {
        return FileType.SOCKET_STREAM;
    }

    @Override
    public final int flags() {
        return flags;
    }

    @Override
    public final void setFlags(int newFlags) {
        if ((newFlags & ~Flags.FDFLAGS_NONBLOCK) != 0) {
            throw Errno.NOTSUP.failure();
        }
        flags = newFlags;
    }

    @Override
    protected final Errno missing(long needed) {
        if ((needed & (Rights.FD_SEEK | Rights.FD_TELL)) != 0) {
            return Errno.SPIPE;
        }
        if ((needed & Rights.SOCK_ACCEPT) != 0) {
            return Errno.INVAL; // not a listener
        }
        return (needed & Rights.SOCK_SHUTDOWN) != 0 ? Errno.NOTCONN : super.missing(needed);
    }

    final boolean blocks() {
        return (flags & Flags.FDFLAGS_NONBLOCK) == 0;
    }

    @Override
    protected final void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
    }

    @Override
    protected final void abandoned() {
        abandoned = true;
    }

    /// Waits until an operation can be tried again, or says that it would block.
    final void await(int operation, Interrupts interrupts) throws IOException {
        if (!blocks()) {
            throw Errno.AGAIN.failure();
        }
        try (Waiter waiter = new Waiter(interrupts)) {
            waiter.watch(channel, operation);
            waiter.await(SLICE_NANOS);
        }
        if (abandoned) {
            throw Errno.BADF.failure();
        }
    }

    /// Whether an operation would not block.
    final boolean isReady(int operation) {
        try (Selector selector = Selector.open()) {
            channel.register(selector, operation);
            return selector.selectNow() > 0;
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
    }

    /// The operation that a poll for reading means.
    abstract int readOperation();

    @Override
    final void watch(Waiter waiter, boolean write) {
        try {
            waiter.watch(channel, write ? SelectionKey.OP_WRITE : readOperation());
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
    }
}
