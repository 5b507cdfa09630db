package dev.windlass.fuzz;

import dev.windlass.fuzz.Behaviour.Places;
import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.CompileOptions.MemoryMode;
import dev.windlass.llvm.Compiler;
import dev.windlass.llvm.LlvmEngine;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs a module on the interpreter and on compiled code of every level and memory mode, and mixed function by function,
/// and compares.
public final class Differential {
    private static final int LONGEST_INPUT = 9000;
    private static final int SHRINKING_TRIES = 300;

    /// Of the thread that runs guests: at -O0 a function's frame has all that it ever computes, and where a stack ends
    /// differs by engine.
    private static final long STACK = 512L << 20;

    /// An engine that is compared with the interpreter.
    ///
    /// @param countsFuel whether guests get only so much fuel
    private record Other(String name, MemoryMode mode, ExecutionEngine engine, boolean countsFuel) {
        Places places() {
            return switch (mode) {
                case EXPLICIT -> Places.EXACT;
                case GUARD -> Places.EXACT_BUT_FOR_ACCESSES;
            };
        }
    }

    private final ExecutionEngine interpreter =
            ServiceLoader.load(ExecutionEngine.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(engine -> engine.name().equals("interpreter"))
                    .findFirst()
                    .orElseThrow();

    private final List<Other> others = new ArrayList<>();
    private final DifferentialCoverage coverage = new DifferentialCoverage();

    public Differential() {
        for (MemoryMode mode : MemoryMode.values()) {
            for (int level = 0; level <= 2; level++) {
                others.add(
                        new Other("-O" + level + "-" + mode, mode, engine(mode, level, 0), false));
            }
        }
        MemoryMode mode = MemoryMode.here();
        others.add(new Other("mixed-even", mode, engine(mode, 1, 1), false));
        others.add(
                new Other(
                        "mixed-odd",
                        MemoryMode.EXPLICIT,
                        engine(MemoryMode.EXPLICIT, 2, 2),
                        false));
        others.add(new Other("fuel-O0", mode, counting(mode, 0, 0), true));
        others.add(new Other("fuel-O2", mode, counting(mode, 2, 0), true));
        others.add(
                new Other(
                        "fuel-mixed",
                        MemoryMode.EXPLICIT,
                        counting(MemoryMode.EXPLICIT, 1, 2),
                        true));
    }

    /// @param interpreted 1 or 2 to leave the odd or even functions to the interpreter
    private static ExecutionEngine engine(MemoryMode mode, int level, int interpreted) {
        return engine(options(mode, level, interpreted));
    }

    private static ExecutionEngine counting(MemoryMode mode, int level, int interpreted) {
        return engine(options(mode, level, interpreted).countingFuel());
    }

    private static ExecutionEngine engine(CompileOptions options) {
        return new LlvmEngine(new Compiler(options, Compiler.Progress.NONE));
    }

    private static CompileOptions options(MemoryMode mode, int level, int interpreted) {
        return CompileOptions.forThisMachine()
                .atLevel(level)
                .withMemoryMode(mode)
                .withInterpreted(f -> interpreted != 0 && f % 2 != interpreted - 1);
    }

    /// Bytes that make a module.
    public static byte[] input(long seed) {
        Random random = new Random(seed);
        byte[] input = new byte[300 + random.nextInt(1 + random.nextInt(LONGEST_INPUT))];
        random.nextBytes(input);
        return input;
    }

    /// The module that bytes make.
    public static byte[] module(byte[] input) {
        return new DifferentialModule(input).module();
    }

    /// How many engines there are to compare with.
    int engines() {
        return others.size();
    }

    String engineName(int which) {
        return others.get(which).name;
    }

    DifferentialCoverage coverage() {
        return coverage;
    }

    /// What differs between the interpreter and another engine, or null.
    ///
    /// @param module in the binary format, as [#module] makes it
    public @Nullable String difference(byte[] module) {
        return onLargeStack(() -> {
            Module read = read(module);
            for (Other other : others) {
                String difference = difference(other, read, module.length);
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        });
    }

    /// As above, on one engine; nothing is counted. On a large stack.
    @Nullable String difference(byte[] module, int which) {
        return difference(others.get(which), read(module), module.length);
    }

    private @Nullable String difference(Other other, Module read, long seed) {
        Behaviour expected = behaviour(interpreter, read, seed, other);
        return difference(other, expected, behaviour(other.engine, read, seed, other));
    }

    /// What differs between the interpreter and one engine, or null. Counts what was executed. For guests' deep calls the
    /// caller's thread needs a large stack: [#onLargeStack].
    @Nullable String difference(DifferentialModule module, int which) {
        Other other = others.get(which);
        byte[] bytes = module.module();
        Module read = read(bytes);
        Behaviour expected = behaviour(interpreter, read, bytes.length, other);
        Behaviour actual = behaviour(other.engine, read, bytes.length, other);
        coverage.add(other.name, module, actual);
        coverage.addPlaces(expected.places(), actual.places());
        return difference(other, expected, actual);
    }

    private static Module read(byte[] module) {
        Module read = ModuleReader.read(module, Features.ALL);
        Validator.validate(read);
        return read;
    }

    private static Behaviour behaviour(
            ExecutionEngine engine, Module module, long seed, Other other) {
        return Behaviour.of(engine, module, seed, other.places(), other.countsFuel);
    }

    private static @Nullable String difference(Other other, Behaviour expected, Behaviour actual) {
        return actual.lines().equals(expected.lines())
                ? null
                : other.name + ": " + first(actual.lines(), expected.lines());
    }

    private static String first(List<String> actual, List<String> expected) {
        int at = 0;
        while (at < Math.min(actual.size(), expected.size())
                && actual.get(at).equals(expected.get(at))) {
            at++;
        }
        return "line %d is\n  %s\ninstead of\n  %s\nafter\n  %s"
                .formatted(at, line(actual, at), line(expected, at), line(expected, at - 1));
    }

    private static String line(List<String> lines, int at) {
        return at >= 0 && at < lines.size() ? lines.get(at) : "nothing";
    }

    /// Does work on a thread on which guests may nest their calls as they like.
    static <T extends @Nullable Object> T onLargeStack(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        new Thread(null, task, "differential", STACK).start();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the comparison failed: " + e.getCause(), e);
        }
    }

    /// Fewer bytes that keep a property: parts are left out, ever smaller ones.
    static byte[] shrunk(byte[] input, Predicate<byte[]> property) {
        byte[] best = input;
        int tries = 0;
        for (int part = input.length / 2; part > 0 && tries < SHRINKING_TRIES; part /= 2) {
            for (int at = 0; at + part <= best.length && tries < SHRINKING_TRIES; tries++) {
                byte[] without = without(best, at, part);
                if (property.test(without)) {
                    best = without;
                } else {
                    at += part;
                }
            }
        }
        return best;
    }

    private static byte[] without(byte[] bytes, int start, int length) {
        byte[] rest = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, rest, 0, start);
        System.arraycopy(bytes, start + length, rest, start, rest.length - start);
        return rest;
    }

    /// A smaller input whose module still differs on one engine.
    byte[] shrunk(byte[] input, int which) {
        return onLargeStack(() ->
                shrunk(
                        input,
                        candidate -> difference(new DifferentialModule(candidate), which) != null));
    }
}
