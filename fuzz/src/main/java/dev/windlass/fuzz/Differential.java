package dev.windlass.fuzz;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs a module on the interpreter and on compiled code of every level and memory mode, and mixed function by function,
/// and compares.
public final class Differential {
    private static final int LONGEST_INPUT = 12_000;
    private static final int SHRINKING_TRIES = 400;

    /// Of the thread that runs guests: at -O0 a function's frame has all that it ever computes, and where a stack ends
    /// differs by engine.
    private static final long STACK = 512L << 20;

    /// Whether the backtraces of traps are compared.
    private static final boolean BACKTRACES = Boolean.getBoolean("windlass.fuzz.backtraces");

    private final ExecutionEngine interpreter =
            ServiceLoader.load(ExecutionEngine.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(engine -> engine.name().equals("interpreter"))
                    .findFirst()
                    .orElseThrow();

    private final Map<String, ExecutionEngine> others = new LinkedHashMap<>();

    public Differential() {
        for (MemoryMode mode : MemoryMode.values()) {
            for (int level = 0; level <= 2; level++) {
                CompileOptions options = CompileOptions.forThisMachine().atLevel(level);
                others.put("-O" + level + " " + mode, engine(options.withMemoryMode(mode)));
            }
        }
        CompileOptions options = CompileOptions.forThisMachine();
        others.put("mixed", engine(options.withInterpreted(f -> f % 2 == 0)));
    }

    private static ExecutionEngine engine(CompileOptions options) {
        return new LlvmEngine(new Compiler(options, Compiler.Progress.NONE));
    }

    /// Bytes that make a module.
    public static byte[] input(long seed) {
        Random random = new Random(seed);
        byte[] input = new byte[200 + random.nextInt(1 + random.nextInt(LONGEST_INPUT))];
        random.nextBytes(input);
        return input;
    }

    /// The module that bytes make.
    public static byte[] module(byte[] input) {
        return new DifferentialModule(input).module();
    }

    /// What differs between the interpreter and another engine, or null.
    ///
    /// @param module in the binary format, as [#module] makes it
    public @Nullable String difference(byte[] module) {
        FutureTask<@Nullable String> task = new FutureTask<>(() -> compared(module));
        new Thread(null, task, "differential", STACK).start();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the comparison failed: " + e.getCause(), e);
        }
    }

    private @Nullable String compared(byte[] module) {
        Module read = ModuleReader.read(module, Features.ALL);
        Validator.validate(read);
        List<String> expected = Behaviour.of(interpreter, read, module.length, BACKTRACES);
        for (Map.Entry<String, ExecutionEngine> other : others.entrySet()) {
            List<String> actual = Behaviour.of(other.getValue(), read, module.length, BACKTRACES);
            if (!actual.equals(expected)) {
                return other.getKey() + ": " + first(actual, expected);
            }
        }
        return null;
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

    /// A smaller input whose module still differs.
    public byte[] shrunk(byte[] input) {
        return shrunk(input, candidate -> difference(module(candidate)) != null);
    }

    /// The engines that are compared with the interpreter.
    public List<String> engines() {
        return new ArrayList<>(others.keySet());
    }
}
