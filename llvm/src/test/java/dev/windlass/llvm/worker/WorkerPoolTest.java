package dev.windlass.llvm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.llvm.CodeSource;
import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.LlvmEngine;
import dev.windlass.llvm.artifact.Lld;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.compile.CompiledModule;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.llvm.compile.Workplace;
import dev.windlass.llvm.worker.FaultyWorker.Fault;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.Module;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever happens to a worker, the program goes on, and its results are right.
final class WorkerPoolTest {
    private static final WorkerPool.Limits QUICK =
            new WorkerPool.Limits(Duration.ofMinutes(1), Duration.ofSeconds(8), Duration.ZERO);

    @TempDir Path folder = Path.of("");

    private static CompileOptions options() {
        return CompileOptions.forThisMachine();
    }

    private static CompiledModule compiled(Workplace workplace) {
        return ModuleCompiler.compile(Sample.MODULE, options(), workplace, p -> {});
    }

    private static WorkerPool pool(Fault fault) {
        return new WorkerPool(() -> FaultyWorker.words(fault), QUICK, 2);
    }

    @Test
    void aWorkerMakesTheSameObjects() {
        WorkerPool pool = new WorkerPool(WorkerCommand::words, WorkerPool.LIMITS, 2);
        CompiledModule there = compiled(pool);
        assertThat(there.objects()).containsExactlyElementsOf(compiled(Workplace.HERE).objects());
        assertThat(there.interpreted()).isEmpty();
        pool.close();
    }

    @Test
    void whatAWorkerPrintsDoesNoHarm() {
        WorkerPool pool = pool(Fault.CHATTER);
        assertThat(compiled(pool).interpreted()).isEmpty();
        pool.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHATTER")
    void aLostWorkerLeavesFunctionsToTheInterpreter(Fault fault) throws Exception {
        WorkerPool pool = pool(fault);
        CompiledModule compiled = compiled(pool);
        assertThat(compiled.interpreted()).hasSize(Sample.FUNCTIONS);
        assertThat(compiled.interpreted().get(Sample.FUNCTIONS - 1))
                .startsWith("a lost compile worker: it ")
                .contains(expected(fault))
                .matches(WorkerPool::isLoss);
        assertThat(run(compiled)).isEqualTo(run(compiled(Workplace.HERE)));
        pool.close();
    }

    private static String expected(Fault fault) {
        return switch (fault) {
            case CRASH -> "ended (exit code 134)";
            case FATAL_ERROR -> "failed: LLVM failed: Invalid register name";
            case HANG, STOP -> "gave no answer within 8 s";
            case NONSENSE -> "answered nonsense (not a frame";
            case DAMAGED_ANSWER -> "answered nonsense (a damaged frame)";
            case CUT_OFF_ANSWER -> "answered nonsense (a damaged frame)";
            case WRONG_ANSWER -> "answered with an order";
            case MUCH_MEMORY -> "failed: java.lang.OutOfMemoryError";
            case EXIT -> "ended (exit code 7)";
            case CHATTER -> "";
        };
    }

    /// As long as the module is compiled, its workers are killed at any moment.
    @Test
    void workersMayBeKilledAtAnyMoment() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long expected = run(compiled(Workplace.HERE));
        for (int i = 0; i < 6; i++) {
            WorkerPool pool = new WorkerPool(WorkerCommand::words, QUICK, 2);
            Thread killer = killer(random.nextInt(1500));
            assertThat(run(compiled(pool))).as("seed %d", seed).isEqualTo(expected);
            killer.interrupt();
            killer.join();
            pool.close();
        }
    }

    private static Thread killer(int millis) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        Thread.sleep(millis);
                        ProcessHandle.current()
                                .children()
                                .filter(p -> p.info().command().orElse("").endsWith("java"))
                                .forEach(ProcessHandle::destroyForcibly);
                    } catch (InterruptedException e) {
                        return; // the compilation was faster
                    }
                });
    }

    @Test
    void afterSomeLossesNoMoreIsRisked() {
        AtomicInteger starts = new AtomicInteger();
        WorkerPool pool =
                new WorkerPool(
                        () -> {
                            starts.incrementAndGet();
                            return FaultyWorker.words(Fault.EXIT);
                        },
                        QUICK,
                        1);
        compiled(pool);
        CompiledModule last = compiled(pool);
        assertThat(last.interpreted().get(0)).contains("it was lost repeatedly");
        assertThat(starts.get()).isLessThan(8);
        pool.close();
    }

    @Test
    void saysWhyNoWorkerStarts() {
        WorkerPool none = new WorkerPool(() -> List.of("/none/java"), QUICK, 1);
        assertThatThrownBy(() -> compiled(none))
                .isInstanceOf(WorkerUnavailableException.class)
                .hasMessageStartingWith("the compile worker cannot be started: ");
        WorkerPool ends =
                new WorkerPool(() -> List.of("/bin/sh", "-c", "echo sorry >&2; exit 9"), QUICK, 1);
        assertThatThrownBy(() -> compiled(ends))
                .hasMessage("the compile worker ended (exit code 9): sorry");
        WorkerPool silent =
                new WorkerPool(
                        () -> List.of("/bin/sleep", "600"),
                        new WorkerPool.Limits(
                                Duration.ofMillis(300), Duration.ZERO, Duration.ZERO),
                        1);
        assertThatThrownBy(() -> compiled(silent)).hasMessageContaining("gave no answer within");
    }

    @Test
    void aWorkerEndsWithItsParent() throws Exception {
        List<String> words = new ArrayList<>(FaultyWorker.words(Fault.HANG));
        words.removeLast();
        words.set(words.size() - 1, ParentProgram.class.getName());
        Process parent =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle worker =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertThat(worker.isAlive()).isTrue();
            Thread.sleep(1500); // so that it works, in some runs
            parent.destroyForcibly();
            for (int i = 0; i < 100 && worker.isAlive(); i++) {
                Thread.sleep(100);
            }
            assertThat(worker.isAlive()).isFalse();
        }
        assertThat(parent.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    /// The result of the last function.
    private long run(CompiledModule compiled) throws Exception {
        Path file = Files.createTempFile(folder, "module", ".so");
        Lld.link(compiled.objects(), file);
        NativeLibrary library = NativeLibrary.load(file, Sample.MODULE);
        LlvmEngine engine = new LlvmEngine(new Loaded(library));
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance instance =
                    Instantiation.instantiate(store, engine.load(Sample.MODULE), List.of());
            FunctionInstance last =
                    Objects.requireNonNull((FunctionInstance) instance.export("last"));
            store.enter();
            try {
                long slots = store.slotTop();
                Slots.putI64(slots, 0, 12345);
                store.invoke(last, slots);
                return (int) Slots.getI64(slots, 0);
            } finally {
                store.exit();
            }
        }
    }

    private record Loaded(NativeLibrary loaded) implements CodeSource {
        @Override
        public NativeLibrary library(Module module) {
            return loaded;
        }

        @Override
        public CompileOptions.MemoryMode memoryMode() {
            return options().memoryMode();
        }
    }
}
