package dev.windlass.wasi.host;

import java.util.List;
import java.util.function.Consumer;

/// What all threads of a guest's process share.
///
/// @param args the arguments, without their NULs
/// @param environ the environment as `NAME=VALUE`, without their NULs
/// @param random fills arrays with random bytes
public record GuestProcess(
        List<byte[]> args,
        List<byte[]> environ,
        DescriptorTable descriptors,
        Clocks clocks,
        Consumer<byte[]> random,
        Threads threads) {
    /// What a call may do to the process's threads.
    public interface Threads {
        /// Ends the process; does not return.
        RuntimeException exit(int code);
    }
}
