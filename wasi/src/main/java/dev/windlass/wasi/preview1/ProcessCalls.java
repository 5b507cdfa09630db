package dev.windlass.wasi.preview1;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.host.CpuTime;

/// `clock_*`, `proc_*`, `random_get`, `sched_yield`.
final class ProcessCalls {
    private static final int RANDOM_CHUNK = 1 << 16;
    private static final int LAST_SIGNAL = 30;

    private ProcessCalls() {}

    static void clockResGet(Call call) {
        call.memory().putLong(call.u32(1), resolution(call.i32(0)));
    }

    private static long resolution(int clock) {
        return switch (clock) {
            case Flags.CLOCK_REALTIME, Flags.CLOCK_MONOTONIC -> 1;
            case Flags.CLOCK_PROCESS_CPUTIME_ID, Flags.CLOCK_THREAD_CPUTIME_ID ->
                    CpuTime.resolution();
            default -> throw Errno.INVAL.failure();
        };
    }

    /// The precision that the guest asks for is a hint; the clock is read as it is.
    static void clockTimeGet(Call call) {
        call.memory().putLong(call.u32(2), now(call, call.i32(0)));
    }

    /// The time of a clock.
    static long now(Call call, int clock) {
        return switch (clock) {
            case Flags.CLOCK_REALTIME -> call.process().clocks().realtime().getAsLong();
            case Flags.CLOCK_MONOTONIC -> call.process().clocks().monotonic().getAsLong();
            case Flags.CLOCK_PROCESS_CPUTIME_ID -> CpuTime.ofProcess();
            case Flags.CLOCK_THREAD_CPUTIME_ID -> CpuTime.ofThread();
            default -> throw Errno.INVAL.failure();
        };
    }

    static void procExit(Call call) {
        throw call.process().threads().exit(call.i32(0));
    }

    /// A signal that nobody handles ends the process with 128 + its number, as in a shell; those that
    /// are ignored by default do nothing.
    static void procRaise(Call call) {
        int signal = call.i32(0);
        if (signal < 0 || signal > LAST_SIGNAL) {
            throw Errno.INVAL.failure();
        }
        switch (signal) {
            case 0, 16, 17, 22, 27 -> {} // none, CHLD, CONT, URG, WINCH
            default -> throw call.process().threads().exit(128 + signal);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the guest asks for exactly this
    static void schedYield() {
        Thread.yield();
    }

    static void randomGet(Call call) {
        long at = call.u32(0);
        long left = call.u32(1);
        call.memory().address(at, left);
        while (left > 0) {
            call.interrupts().check();
            byte[] bytes = new byte[(int) Math.min(left, RANDOM_CHUNK)];
            call.process().random().accept(bytes);
            call.memory().putBytes(at, bytes, bytes.length);
            at += bytes.length;
            left -= bytes.length;
        }
    }
}
