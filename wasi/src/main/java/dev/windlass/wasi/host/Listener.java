package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.Rights;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A listening TCP socket.
public final class Listener extends Socket {
    private final ServerSocketChannel channel;

    private Listener(ServerSocketChannel channel) {
        super(channel, Rights.LISTENER, Rights.CONNECTION, 0);
        this.channel = channel;
    }

    /// Listens on an address; port 0 stands for any free one.
    public static Listener open(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(address);
            channel.configureBlocking(false);
            return new Listener(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Where it really listens.
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public Descriptor accept(int flags, Interrupts interrupts) {
        if ((flags & ~Flags.FDFLAGS_NONBLOCK) != 0) {
            throw Errno.INVAL.failure();
        }
        try {
            while (true) {
                interrupts.check();
                SocketChannel accepted = channel.accept();
                if (accepted != null) {
                    accepted.configureBlocking(false);
                    return new Connection(accepted, inheriting(), flags);
                }
                await(SelectionKey.OP_ACCEPT, interrupts);
            }
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
    }

    @Override
    public long receive(GuestBuffers to, boolean peek, boolean all, Interrupts interrupts) {
        throw Errno.NOTCONN.failure();
    }

    @Override
    public long send(GuestBuffers from, Interrupts interrupts) {
        throw Errno.NOTCONN.failure();
    }

    @Override
    public void shutdown(boolean input, boolean output) {
        throw Errno.NOTCONN.failure();
    }

    @Override
    public Readiness poll(boolean write) {
        return !write && isReady(SelectionKey.OP_ACCEPT) ? Readiness.READY : Readiness.NOT_YET;
    }

    @Override
    int readOperation() {
        return SelectionKey.OP_ACCEPT;
    }
}
