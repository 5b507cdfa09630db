package dev.windlass.wasi.preview1;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestMemory;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.host.Descriptor;
import dev.windlass.wasi.host.FileTimes;

/// `fd_*` but for directories' contents.
final class DescriptorCalls {
    private static final int FDSTAT = 24;

    private DescriptorCalls() {}

    static void advise(Call call) {
        long offset = call.i64(1);
        long length = call.i64(2);
        int advice = call.i32(3);
        if (advice < 0 || advice > Flags.ADVICE_LAST || offset < 0 || length < 0) {
            throw Errno.INVAL.failure();
        }
        call.descriptor().advise(offset, length, advice);
    }

    static void allocate(Call call) {
        long offset = call.i64(1);
        long length = call.i64(2);
        if (offset < 0 || length <= 0) {
            throw Errno.INVAL.failure();
        }
        if (offset + length < 0) {
            throw Errno.FBIG.failure();
        }
        call.descriptor().allocate(offset, length);
    }

    static void close(Call call) {
        call.process().descriptors().close(call.i32(0));
    }

    static void renumber(Call call) {
        call.process().descriptors().renumber(call.i32(0), call.i32(1));
    }

    static void fdstatGet(Call call) {
        Descriptor descriptor = call.descriptor();
        GuestMemory memory = call.memory();
        long at = call.u32(1);
        memory.address(at, FDSTAT);
        memory.putShort(at, descriptor.type().code());
        memory.putShort(at + 2, descriptor.flags());
        memory.putInt(at + 4, 0);
        memory.putLong(at + 8, descriptor.rights());
        memory.putLong(at + 16, descriptor.inheriting());
    }

    static void fdstatSetFlags(Call call) {
        int flags = call.i32(1);
        if ((flags & ~Flags.FDFLAGS_ALL) != 0) {
            throw Errno.INVAL.failure();
        }
        call.descriptor().setFlags(flags);
    }

    static void fdstatSetRights(Call call) {
        call.descriptor().restrict(call.i64(1), call.i64(2));
    }

    static void filestatGet(Call call) {
        call.descriptor().stat().store(call.memory(), call.u32(1));
    }

    static void filestatSetSize(Call call) {
        long size = call.i64(1);
        if (size < 0) {
            throw Errno.INVAL.failure();
        }
        call.descriptor().setSize(size);
    }

    static void filestatSetTimes(Call call) {
        call.descriptor().setTimes(times(call.i64(1), call.i64(2), call.i32(3)));
    }

    /// The times that the parameters of both functions that set them mean.
    static FileTimes times(long accessed, long modified, int flags) {
        if ((flags & ~Flags.FST_ALL) != 0) {
            throw Errno.INVAL.failure();
        }
        return new FileTimes(
                time(accessed, flags & Flags.FST_ATIM, flags & Flags.FST_ATIM_NOW),
                time(modified, flags & Flags.FST_MTIM, flags & Flags.FST_MTIM_NOW));
    }

    private static long time(long time, int set, int now) {
        if (set != 0 && (now != 0 || time < 0)) {
            throw Errno.INVAL.failure();
        }
        if (now != 0) {
            return FileTimes.NOW;
        }
        return set != 0 ? time : FileTimes.KEEP;
    }

    static void prestatGet(Call call) {
        byte[] name = preopened(call);
        long at = call.u32(1);
        call.memory().putLong(at, (long) name.length << 32);
    }

    static void prestatDirName(Call call) {
        byte[] name = preopened(call);
        if (call.u32(2) < name.length) {
            throw Errno.NAMETOOLONG.failure();
        }
        call.memory().putBytes(call.u32(1), name, name.length);
    }

    private static byte[] preopened(Call call) {
        byte[] name = call.descriptor().preopenedName();
        if (name == null) {
            throw Errno.BADF.failure();
        }
        return name;
    }

    static void read(Call call) {
        checkCount(call, 3);
        count(call, 3, call.descriptor().read(call.buffers(1), call.interrupts()));
    }

    static void write(Call call) {
        checkCount(call, 3);
        count(call, 3, call.descriptor().write(call.buffers(1), call.interrupts()));
    }

    static void pread(Call call) {
        long offset = offset(call);
        checkCount(call, 4);
        count(call, 4, call.descriptor().readAt(call.buffers(1), offset, call.interrupts()));
    }

    static void pwrite(Call call) {
        long offset = offset(call);
        checkCount(call, 4);
        count(call, 4, call.descriptor().writeAt(call.buffers(1), offset, call.interrupts()));
    }

    private static long offset(Call call) {
        long offset = call.i64(3);
        if (offset < 0) {
            throw Errno.INVAL.failure();
        }
        return offset;
    }

    /// Before anything happens: bytes that are read and then not reported would be lost.
    private static void checkCount(Call call, int parameter) {
        call.memory().address(call.u32(parameter), Integer.BYTES);
    }

    private static void count(Call call, int parameter, long bytes) {
        call.memory().putInt(call.u32(parameter), (int) bytes);
    }

    /// To ask where one is takes the right to tell only.
    static void seek(Call call) {
        long offset = call.i64(1);
        int whence = call.i32(2);
        if (whence < Flags.WHENCE_SET || whence > Flags.WHENCE_END) {
            throw Errno.INVAL.failure();
        }
        if (offset != 0 || whence != Flags.WHENCE_CUR) {
            call.descriptor().require(Rights.FD_SEEK);
        }
        call.memory().putLong(call.u32(3), call.descriptor().seek(offset, whence));
    }

    static void tell(Call call) {
        call.memory().putLong(call.u32(1), call.descriptor().seek(0, Flags.WHENCE_CUR));
    }
}
