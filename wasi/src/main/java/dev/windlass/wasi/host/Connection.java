package dev.windlass.wasi.host;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.Rights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A connected TCP socket.
final class Connection extends Socket {
    private static final int MAX_PEEK = 1 << 16;

    private final SocketChannel channel;

    /// What was looked at and not yet taken: from position to limit. Also the lock of all reading.
    private final ByteBuffer peeked = ByteBuffer.allocate(MAX_PEEK).limit(0);

    private boolean atEnd;

    Connection(SocketChannel channel, long rights, int flags) {
        super(channel, rights & Rights.CONNECTION, Rights.NONE, flags);
        this.channel = channel;
    }

    @Override
    public long read(GuestBuffers to, Interrupts interrupts) {
        return receive(to, false, false, interrupts);
    }

    @Override
    public long write(GuestBuffers from, Interrupts interrupts) {
        return send(from, interrupts);
    }

    @Override
    public long receive(GuestBuffers to, boolean peek, boolean all, Interrupts interrupts) {
        require(Rights.FD_READ);
        if (to.total() == 0) {
            return 0;
        }
        try {
            long done = 0;
            while (true) {
                interrupts.check();
                long n = peek ? peek(to) : take(to, done);
                done = peek ? Math.max(n, 0) : done + Math.max(n, 0);
                boolean full = done == to.total() || (peek && done == MAX_PEEK);
                boolean enough = done > 0 && !(all && blocks());
                if (n < 0 || full || enough) {
                    return done;
                }
                await(SelectionKey.OP_READ, interrupts);
            }
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
    }

    /// Copies what is there and leaves it there.
    ///
    /// @return bytes; -1 at the end
    private int peek(GuestBuffers to) throws IOException {
        synchronized (peeked) {
            int wanted = (int) Math.min(to.total(), MAX_PEEK);
            if (!atEnd && peeked.remaining() < wanted) {
                lookAhead(wanted);
            }
            int n = to.scatter(0, remaining(), Math.min(peeked.remaining(), wanted));
            return n == 0 && atEnd ? -1 : n;
        }
    }

    private byte[] remaining() {
        byte[] bytes = new byte[peeked.remaining()];
        peeked.get(peeked.position(), bytes);
        return bytes;
    }

    private void lookAhead(int wanted) throws IOException {
        peeked.compact().limit(wanted);
        try {
            atEnd = channel.read(peeked) < 0;
        } finally {
            peeked.flip();
        }
    }

    /// Takes what is there.
    ///
    /// @param done how much of the buffers is full already
    /// @return bytes, 0 if none are there; -1 at the end
    private long take(GuestBuffers to, long done) throws IOException {
        synchronized (peeked) {
            if (peeked.hasRemaining()) {
                int n = to.scatter(done, remaining(), peeked.remaining());
                peeked.position(peeked.position() + n);
                return n;
            }
            return atEnd ? -1 : channel.read(buffers(to, done));
        }
    }

    /// What is left of the buffers, for the channel to use in place.
    private static ByteBuffer[] buffers(GuestBuffers buffers, long done) {
        ByteBuffer[] all = new ByteBuffer[buffers.count()];
        long skip = done;
        for (int i = 0; i < all.length; i++) {
            int start = (int) Math.min(skip, buffers.length(i));
            int length = buffers.length(i) - start;
            all[i] = Raw.view(buffers.address(i) + start, length).asByteBuffer();
            skip -= start;
        }
        return all;
    }

    @Override
    public long send(GuestBuffers from, Interrupts interrupts) {
        require(Rights.FD_WRITE);
        long done = 0;
        try {
            while (done < from.total()) {
                interrupts.check();
                done += channel.write(buffers(from, done));
                if (done > 0 && !blocks()) {
                    break;
                }
                if (done < from.total()) {
                    await(SelectionKey.OP_WRITE, interrupts);
                }
            }
            return done;
        } catch (ClosedChannelException e) {
            throw Errno.PIPE.failure();
        } catch (IOException e) {
            if (done > 0) {
                return done; // the next call fails
            }
            throw IoErrors.errno(e).failure();
        }
    }

    @Override
    public void shutdown(boolean input, boolean output) {
        try {
            if (input) {
                channel.shutdownInput();
            }
            if (output) {
                channel.shutdownOutput();
            }
        } catch (NotYetConnectedException | ClosedChannelException e) {
            throw Errno.NOTCONN.failure();
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
    }

    @Override
    public Readiness poll(boolean write) {
        if (write) {
            return isReady(SelectionKey.OP_WRITE) ? Readiness.READY : Readiness.NOT_YET;
        }
        synchronized (peeked) {
            if (!peeked.hasRemaining() && !atEnd) {
                try {
                    lookAhead(MAX_PEEK);
                } catch (IOException e) {
                    return Readiness.HUNG_UP; // the read that follows says why
                }
            }
            if (peeked.hasRemaining()) {
                return new Readiness(true, peeked.remaining(), false);
            }
            return atEnd ? Readiness.HUNG_UP : Readiness.NOT_YET;
        }
    }

    @Override
    int readOperation() {
        return SelectionKey.OP_READ;
    }
}
