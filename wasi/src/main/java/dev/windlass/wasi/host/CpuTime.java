package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Processor time used, in nanoseconds.
public final class CpuTime {
    private static final long PROCESS_TICK = 10_000_000;

    private CpuTime() {}

    /// What the times are multiples of.
    public static long resolution() {
        return PROCESS_TICK;
    }

    /// Of this process.
    public static long ofProcess() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseThrow(Errno.NOTSUP::failure);
    }

    /// Of this thread.
    public static long ofThread() {
        long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (time < 0) {
            throw Errno.NOTSUP.failure();
        }
        return time;
    }
}
