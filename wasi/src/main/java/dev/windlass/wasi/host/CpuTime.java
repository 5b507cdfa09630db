package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.posix.Posix;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Processor time used, in nanoseconds: from the system where it can be asked directly.
public final class CpuTime {
    /// What the JDK's time of the process is a multiple of.
    private static final long TICK = 10_000_000;

    private CpuTime() {}

    /// What the times are multiples of.
    public static long resolution() {
        return Posix.instance() == null ? TICK : 1;
    }

    /// Of this process.
    public static long ofProcess() {
        Posix posix = Posix.instance();
        if (posix != null) {
            return posix.cpuTime(false);
        }
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseThrow(Errno.NOTSUP::failure);
    }

    /// Of this thread.
    public static long ofThread() {
        Posix posix = Posix.instance();
        return posix != null ? posix.cpuTime(true) : Jdk.threadTime();
    }

    /// Apart, because the module that has it is optional.
    private static final class Jdk {
        static long threadTime() {
            if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
                throw Errno.NOTSUP.failure();
            }
            long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            if (time < 0) {
                throw Errno.NOTSUP.failure();
            }
            return time;
        }
    }
}
