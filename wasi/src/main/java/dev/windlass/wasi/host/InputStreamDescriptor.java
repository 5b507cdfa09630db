package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.Rights;

/// Standard input from a stream that may block.
public final class InputStreamDescriptor extends Stream {
    private static final int CHUNK = 1 << 16;

    private final InputPump pump;

    /// @param rights besides what every stream has
    public InputStreamDescriptor(FileType type, long rights, InputPump pump) {
        super(type, Rights.FD_READ | rights);
        this.pump = pump;
    }

    @Override
    public long read(GuestBuffers to, Interrupts interrupts) {
        if (to.total() == 0) {
            return 0;
        }
        byte[] bytes = new byte[(int) Math.min(to.total(), CHUNK)];
        boolean block = (flags() & Flags.FDFLAGS_NONBLOCK) == 0;
        int n = pump.read(bytes, block, interrupts);
        if (n < 0) {
            throw Errno.AGAIN.failure();
        }
        return to.scatter(0, bytes, n);
    }

    @Override
    public Readiness poll(boolean write) {
        return write ? Readiness.READY : pump.poll();
    }

    @Override
    void watch(Waiter waiter, boolean write) {
        if (!write) {
            waiter.watch(pump);
        }
    }
}
