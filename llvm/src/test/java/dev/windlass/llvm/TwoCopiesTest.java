package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.Module;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Several copies of Windlass, by class loaders of their own, live in one process: only one of them
/// can have the handler of hardware traps.
final class TwoCopiesTest {
    private static URL[] classes() throws MalformedURLException {
        Class<?> interpreter =
                ServiceLoader.load(ExecutionEngine.class, LlvmEngine.class.getClassLoader())
                        .stream()
                        .map(ServiceLoader.Provider::type)
                        .filter(type -> type != LlvmEngine.class)
                        .findFirst()
                        .orElseThrow();
        List<URL> all = new ArrayList<>();
        for (Class<?> each :
                List.of(Module.class, RuntimeStore.class, interpreter, LlvmEngine.class)) {
            all.add(each.getProtectionDomain().getCodeSource().getLocation());
        }
        Path tests = Path.of(System.getProperty("basedir", "."), "target/test-classes");
        all.add(tests.toAbsolutePath().toUri().toURL());
        return all.toArray(URL[]::new);
    }

    @Test
    void theyRunSideBySide() throws Exception {
        String mine = CompileOptions.forThisMachine().memoryMode().toString();
        // No parent: the JDK's others find the classes of all modules.
        try (URLClassLoader second = new URLClassLoader(classes(), null);
                URLClassLoader third = new URLClassLoader(classes(), null);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Callable<String>> copies =
                    List.of(CopyProgram::run, () -> run(second), () -> run(third));
            List<String> said = new ArrayList<>();
            for (Future<String> each : threads.invokeAll(copies)) {
                said.add(each.get());
            }
            assertThat(said).containsExactly(mine + " 100 %", "EXPLICIT 100 %", "EXPLICIT 100 %");
        }
    }

    private static String run(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> copy = Class.forName(CopyProgram.class.getName(), true, loader);
        assertThat(copy).isNotSameAs(CopyProgram.class);
        return (String) copy.getMethod("run").invoke(null);
    }
}
