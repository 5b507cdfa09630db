package dev.windlass.wasi;

import dev.windlass.wasi.host.Randomness;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a guest gets: nothing but what is in here. Immutable; each `with` method gives a copy.
///
/// Descriptors are numbered in this order: 0, 1 and 2 the standard streams, then the directories,
/// then the listeners.
///
/// @param args the arguments, the program's name first
/// @param env the environment, in this order
/// @param directories preopened directories
/// @param listeners addresses that TCP listeners are opened on
/// @param random fills arrays with random bytes
/// @param writableWithoutHandles consents to writable directories on systems where paths cannot be
///     resolved relative to open handles: there, another process that swaps directories for symbolic
///     links at the right moment could lead the guest outside
public record WasiConfig(
        List<String> args,
        Map<String, String> env,
        List<WasiDirectory> directories,
        WasiInput stdin,
        WasiOutput stdout,
        WasiOutput stderr,
        List<InetSocketAddress> listeners,
        WasiClock clock,
        Consumer<byte[]> random,
        boolean writableWithoutHandles) {
    /// No arguments but an empty name, no environment, no directories, no input, no output.
    public static final WasiConfig EMPTY =
            new WasiConfig(
                    List.of(""),
                    Map.of(),
                    List.of(),
                    WasiInput.EMPTY,
                    WasiOutput.DISCARD,
                    WasiOutput.DISCARD,
                    List.of(),
                    WasiClock.SYSTEM,
                    Randomness::fill,
                    false);

    public WasiConfig {
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        directories = List.copyOf(directories);
        listeners = List.copyOf(listeners);
        args.forEach(arg -> checkString("argument", arg));
        env.forEach((name, value) -> checkVariable(name, value));
        directories.forEach(directory -> checkString("directory name", directory.guest()));
    }

    private static void checkString(String what, String string) {
        if (string.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " with a NUL: " + string);
        }
    }

    private static void checkVariable(String name, String value) {
        checkString("variable name", name);
        checkString("value of variable " + name, value);
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not a variable name: '" + name + "'");
        }
    }

    /// With these arguments, the program's name first.
    public WasiConfig withArgs(List<String> newArgs) {
        return new WasiConfig(
                newArgs,
                env,
                directories,
                stdin,
                stdout,
                stderr,
                listeners,
                clock,
                random,
                writableWithoutHandles);
    }

    /// With this whole environment.
    public WasiConfig withEnv(Map<String, String> newEnv) {
        return new WasiConfig(
                args,
                newEnv,
                directories,
                stdin,
                stdout,
                stderr,
                listeners,
                clock,
                random,
                writableWithoutHandles);
    }

    /// With one more directory.
    public WasiConfig withDirectory(WasiDirectory directory) {
        return withDirectories(with(directories, directory));
    }

    /// With these directories.
    public WasiConfig withDirectories(List<WasiDirectory> newDirectories) {
        return new WasiConfig(
                args,
                env,
                newDirectories,
                stdin,
                stdout,
                stderr,
                listeners,
                clock,
                random,
                writableWithoutHandles);
    }

    public WasiConfig withStdin(WasiInput newStdin) {
        return new WasiConfig(
                args,
                env,
                directories,
                newStdin,
                stdout,
                stderr,
                listeners,
                clock,
                random,
                writableWithoutHandles);
    }

    public WasiConfig withStdout(WasiOutput newStdout) {
        return new WasiConfig(
                args,
                env,
                directories,
                stdin,
                newStdout,
                stderr,
                listeners,
                clock,
                random,
                writableWithoutHandles);
    }

    public WasiConfig withStderr(WasiOutput newStderr) {
        return new WasiConfig(
                args,
                env,
                directories,
                stdin,
                stdout,
                newStderr,
                listeners,
                clock,
                random,
                writableWithoutHandles);
    }

    /// With this process's own three streams.
    public WasiConfig withInheritedStreams() {
        return withStdin(WasiInput.INHERIT)
                .withStdout(WasiOutput.INHERIT)
                .withStderr(WasiOutput.INHERIT);
    }

    /// With one more TCP listener.
    public WasiConfig withListener(InetSocketAddress address) {
        return new WasiConfig(
                args,
                env,
                directories,
                stdin,
                stdout,
                stderr,
                with(listeners, address),
                clock,
                random,
                writableWithoutHandles);
    }

    public WasiConfig withClock(WasiClock newClock) {
        return new WasiConfig(
                args,
                env,
                directories,
                stdin,
                stdout,
                stderr,
                listeners,
                newClock,
                random,
                writableWithoutHandles);
    }

    /// With another source of random bytes.
    public WasiConfig withRandom(Consumer<byte[]> newRandom) {
        return new WasiConfig(
                args,
                env,
                directories,
                stdin,
                stdout,
                stderr,
                listeners,
                clock,
                newRandom,
                writableWithoutHandles);
    }

    /// With the consent that [#writableWithoutHandles()] describes.
    public WasiConfig withWritableWithoutHandles(boolean consent) {
        return new WasiConfig(
                args, env, directories, stdin, stdout, stderr, listeners, clock, random, consent);
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }
}
