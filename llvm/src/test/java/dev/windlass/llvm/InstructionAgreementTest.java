package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every numeric, vector and atomic instruction gives the same bits, or the same trap, as on the
/// interpreter: at every level, on edge operands and random ones.
class InstructionAgreementTest {
    private static final int ROUNDS = Integer.getInteger("windlass.random.rounds", 100);
    private static final long SEED = Long.getLong("windlass.random.seed", 1);
    private static final List<InstructionCase> CASES = InstructionCase.all();

    @ParameterizedTest
    @CsvSource({"0, EXPLICIT", "1, EXPLICIT", "2, EXPLICIT", "1, GUARD"})
    void agree(int level, CompileOptions.MemoryMode memoryMode) {
        String obstacle = new LlvmEngine().obstacle();
        assumeTrue(obstacle == null, () -> "no native code: " + obstacle);
        StringBuilder text = new StringBuilder("(module (memory (export \"m\") 1)\n");
        CASES.forEach(c -> text.append(c.text()));
        Module module = WatParser.parseModule(text + ")", Features.ALL).validated(Features.ALL);
        CompileOptions options =
                CompileOptions.forThisMachine().atLevel(level).withMemoryMode(memoryMode);
        try (Side compiled = new Side(engine(options), module);
                Side interpreted = new Side(interpreter(), module)) {
            EdgeOperands operands = new EdgeOperands(SEED);
            List<String> differences = new ArrayList<>();
            for (InstructionCase c : CASES) {
                assertThat(compiled.isNative(c)).as("%s has native code", c.op().text()).isTrue();
                differences.addAll(differences(c, compiled, interpreted, operands));
            }
            assertThat(differences).isEmpty();
        }
    }

    private static ExecutionEngine engine(CompileOptions options) {
        return new LlvmEngine(new Compiler(options, Compiler.Progress.NONE));
    }

    private static ExecutionEngine interpreter() {
        return ServiceLoader.load(ExecutionEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.name().equals("interpreter"))
                .findFirst()
                .orElseThrow();
    }

    /// At most one of each case.
    private static List<String> differences(
            InstructionCase c, Side compiled, Side interpreted, EdgeOperands operands) {
        for (int round = 0; round < ROUNDS; round++) {
            long[] before = new long[InstructionCase.SIZE / 8];
            for (int i = 0; i < before.length; i++) {
                before[i] = operands.next();
            }
            String actual = compiled.run(c, before);
            String expected = interpreted.run(c, before);
            for (int i = 0; i < before.length; i++) {
                boolean isResult = i == 6 || i == 7;
                long a = compiled.word(i);
                long e = interpreted.word(i);
                if (!actual.equals(expected) || (isResult ? !c.agrees(a, e) : a != e)) {
                    return List.of(
                            "%s of %s, word %d: %s%x, but %s%x"
                                    .formatted(
                                            c.op().text(), hex(before), i, actual, a, expected, e));
                }
            }
        }
        return List.of();
    }

    private static String hex(long[] words) {
        StringBuilder s = new StringBuilder();
        for (long word : words) {
            s.append(Long.toHexString(word)).append(' ');
        }
        return s.toString();
    }

    /// The module on one engine.
    private static final class Side implements AutoCloseable {
        private final RuntimeStore store;
        private final ModuleInstance instance;

        Side(ExecutionEngine engine, Module module) {
            store = new RuntimeStore(engine, StoreLimits.DEFAULT);
            instance = Instantiation.instantiate(store, engine.load(module), List.of());
        }

        boolean isNative(InstructionCase c) {
            FunctionInstance function = function(c);
            return instance.code().isNative(function.index());
        }

        private FunctionInstance function(InstructionCase c) {
            return (FunctionInstance) Objects.requireNonNull(instance.export(c.name()));
        }

        private long base() {
            return ((MemoryInstance) Objects.requireNonNull(instance.export("m"))).base();
        }

        long word(int index) {
            return Raw.getLong(base() + 8L * index);
        }

        /// @return what went wrong, or nothing
        String run(InstructionCase c, long[] before) {
            for (int i = 0; i < before.length; i++) {
                Raw.putLong(base() + 8L * i, before[i]);
            }
            store.enter();
            try {
                store.invoke(function(c), store.slotTop());
                return "";
            } catch (Trap trap) {
                return trap.kind() + " ";
            } finally {
                store.exit();
            }
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
