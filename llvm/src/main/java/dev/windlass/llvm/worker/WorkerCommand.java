package dev.windlass.llvm.worker;

import dev.windlass.llvm.binding.HostSystem;
import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.wasm.Module;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How a worker is started: the same Java on the same classes, wherever the class loaders of this
/// process have them from.
final class WorkerCommand {
    /// Megabytes of address space, of which Java takes about two thousand.
    private static final String MEMORY = "windlass.llvm.worker.memory";

    private static final int MEMORY_DEFAULT = 6 << 10;

    private static final List<String> OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx1g",
                    "-XX:CompressedClassSpaceSize=64m",
                    "-XX:ReservedCodeCacheSize=96m",
                    "-XX:TieredStopAtLevel=1",
                    // Standard output belongs to the frames, and a crash is ours to report.
                    "-XX:+DisplayVMOutputToStderr",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "-XX:+SuppressFatalErrorMessage",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED");

    private WorkerCommand() {}

    /// @throws WorkerLostException if this process has no Java to start, or no files with classes
    static List<String> words() throws WorkerLostException {
        long kilobytes = 1024L * Integer.getInteger(MEMORY, MEMORY_DEFAULT);
        return words("ulimit -v " + kilobytes + "; ", LlvmLibrary.open(), Worker.class);
    }

    /// A guest's memory needs more addresses than a limit would leave.
    ///
    /// @param interpreter whose files are needed beside those for compiling
    static List<String> selfTest(LlvmLibrary llvm, Class<?> interpreter)
            throws WorkerLostException {
        return words("", llvm, SelfTestProgram.class, interpreter);
    }

    private static List<String> words(
            String limits, LlvmLibrary llvm, Class<?> program, Class<?>... more)
            throws WorkerLostException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new WorkerLostException("there is no " + java);
        }
        List<String> words = new ArrayList<>(limited(limits));
        words.add(java.toString());
        words.addAll(OPTIONS);
        words.add("-D" + LlvmLibrary.PROPERTY + "=" + llvm.file());
        words.addAll(List.of("-cp", String.join(":", classPath(more)), program.getName()));
        return words;
    }

    /// A shell sets the limits of a process; it is replaced by Java. Elsewhere than on Linux
    /// systems do not keep to a limit of the address space.
    private static List<String> limited(String limits) {
        if (!HostSystem.isLinux()) {
            return List.of();
        }
        return List.of("/bin/sh", "-c", "ulimit -c 0; " + limits + "exec \"$@\"", "worker");
    }

    /// Where the classes of the three modules that compiling needs are.
    private static Set<String> classPath(Class<?>... more) throws WorkerLostException {
        List<Class<?>> classes = new ArrayList<>(List.of(more));
        classes.addAll(List.of(Worker.class, RuntimeStore.class, Module.class));
        Set<String> paths = new LinkedHashSet<>();
        for (Class<?> each : classes) {
            paths.add(place(each).toString());
        }
        return paths;
    }

    private static Path place(Class<?> of) throws WorkerLostException {
        CodeSource source = of.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            try {
                URI place = source.getLocation().toURI();
                if ("file".equals(place.getScheme())) {
                    return Path.of(place);
                }
            } catch (URISyntaxException | IllegalArgumentException e) {
                throw new WorkerLostException(String.valueOf(e.getMessage()));
            }
        }
        throw new WorkerLostException("the classes of Windlass are in no file: " + of.getName());
    }
}
