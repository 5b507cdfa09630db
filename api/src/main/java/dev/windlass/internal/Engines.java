package dev.windlass.internal;

import dev.windlass.Engine;
import dev.windlass.runtime.spi.ExecutionEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Finds execution engines. Looked up once; engines are thread-safe and live as long as the process.
public final class Engines {
    private static @Nullable BiFunction<Engine, ExecutionEngine, Engine> access;

    private Engines() {}

    /// Called once, by the class [Engine] itself.
    public static void access(BiFunction<Engine, ExecutionEngine, Engine> function) {
        access = function;
    }

    /// A copy of an engine that executes in a way of which the service loader knows nothing.
    public static Engine with(Engine engine, ExecutionEngine execution) {
        BiFunction<Engine, ExecutionEngine, Engine> function = access;
        if (function == null) {
            throw new IllegalStateException("Engine has not been initialised");
        }
        return function.apply(engine, execution);
    }

    /// The engine of that name.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists those that there are
    /// @throws IllegalStateException if it cannot be used on this machine; the message says why
    public static ExecutionEngine named(String name) {
        return usable(installed(name));
    }

    /// The engine of that name, usable or not.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists those that there are
    public static ExecutionEngine installed(String name) {
        for (ExecutionEngine engine : Found.ALL) {
            if (engine.name().equals(name)) {
                return engine;
            }
        }
        throw new IllegalArgumentException(
                "no engine named '" + name + "'; there are: " + String.join(", ", names()));
    }

    private static ExecutionEngine usable(ExecutionEngine engine) {
        String obstacle = engine.obstacle();
        if (obstacle != null) {
            throw new IllegalStateException(
                    "the engine '" + engine.name() + "' cannot be used here: " + obstacle);
        }
        return engine;
    }

    /// The engine that `auto` means.
    public static ExecutionEngine automatic() {
        if (Found.ALL.isEmpty()) {
            throw new IllegalStateException(
                    "no execution engine found: add windlass-interpreter to the module or class path");
        }
        return Found.ALL.stream()
                .filter(engine -> engine.name().equals("interpreter"))
                .findFirst()
                .orElse(Found.ALL.getFirst());
    }

    /// All engines that are installed, whether they can be used or not.
    public static List<ExecutionEngine> all() {
        return Found.ALL;
    }

    /// The names of all engines.
    public static List<String> names() {
        return Found.ALL.stream().map(ExecutionEngine::name).toList();
    }

    private static final class Found {
        static final List<ExecutionEngine> ALL = load();

        private static List<ExecutionEngine> load() {
            List<ExecutionEngine> found = new ArrayList<>();
            ServiceLoader.load(ExecutionEngine.class, Engines.class.getClassLoader())
                    .forEach(found::add);
            return List.copyOf(found);
        }
    }
}
