package dev.windlass.wasi.preview1;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestMemory;
import dev.windlass.wasi.host.Descriptor;

/// `sock_*`.
final class SocketCalls {
    private SocketCalls() {}

    static void accept(Call call) {
        long result = call.u32(2);
        call.memory().address(result, Integer.BYTES);
        Descriptor accepted = call.descriptor().accept(call.i32(1), call.interrupts());
        call.memory().putInt(result, call.process().descriptors().add(accepted));
    }

    static void recv(Call call) {
        int flags = call.i32(3);
        if ((flags & ~(Flags.RI_RECV_PEEK | Flags.RI_RECV_WAITALL)) != 0) {
            throw Errno.INVAL.failure();
        }
        GuestMemory memory = call.memory();
        memory.address(call.u32(4), Integer.BYTES);
        memory.address(call.u32(5), Short.BYTES);
        long bytes =
                call.descriptor()
                        .receive(
                                call.buffers(1),
                                (flags & Flags.RI_RECV_PEEK) != 0,
                                (flags & Flags.RI_RECV_WAITALL) != 0,
                                call.interrupts());
        memory.putInt(call.u32(4), (int) bytes);
        memory.putShort(call.u32(5), 0); // a stream's data are never truncated
    }

    static void send(Call call) {
        if (call.i32(3) != 0) {
            throw Errno.INVAL.failure();
        }
        call.memory().address(call.u32(4), Integer.BYTES);
        long bytes = call.descriptor().send(call.buffers(1), call.interrupts());
        call.memory().putInt(call.u32(4), (int) bytes);
    }

    static void shutdown(Call call) {
        int how = call.i32(1);
        if (how == 0 || (how & ~(Flags.SD_RD | Flags.SD_WR)) != 0) {
            throw Errno.INVAL.failure();
        }
        call.descriptor().shutdown((how & Flags.SD_RD) != 0, (how & Flags.SD_WR) != 0);
    }
}
