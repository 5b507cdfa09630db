package dev.windlass.llvm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.llvm.CodeSource;
import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.Compiler;
import dev.windlass.llvm.LlvmEngine;
import dev.windlass.llvm.artifact.Lld;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.compile.CompiledModule;
import dev.windlass.llvm.compile.Job;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.llvm.compile.Workplace;
import dev.windlass.llvm.worker.FaultyWorker.Fault;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
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
    /// For workers that hang; enough for what is done right, on a busy machine.
    private static final WorkerPool.Limits SHORT =
            new WorkerPool.Limits(Duration.ofMinutes(2), Duration.ofSeconds(15), Duration.ZERO);

    @TempDir Path folder = Path.of("");

    private static CompileOptions options() {
        return CompileOptions.forThisMachine();
    }

    private static CompiledModule compiled(Module module, Workplace workplace) {
        return ModuleCompiler.compile(module, options(), workplace, p -> {});
    }

    private static CompiledModule compiled(Workplace workplace) {
        return compiled(Sample.SMALL, workplace);
    }

    private static WorkerPool pool(Fault fault) {
        boolean hangs = fault == Fault.HANG || fault == Fault.STOP;
        return new WorkerPool(
                () -> FaultyWorker.words(fault), hangs ? SHORT : WorkerPool.LIMITS, 2);
    }

    @Test
    void aWorkerMakesTheSameObjects() {
        WorkerPool pool = new WorkerPool(WorkerCommand::words, WorkerPool.LIMITS, 2);
        CompiledModule there = compiled(Sample.LARGE, pool);
        assertThat(there.objects())
                .containsExactlyElementsOf(compiled(Sample.LARGE, Workplace.HERE).objects());
        assertThat(there.interpreted()).isEmpty();
        pool.close();
    }

    @Test
    void aModuleThatCannotBeReadIsRefused() throws Exception {
        Module module = parse("(module (func))");
        module.bytes()[0] = 'W';
        Duration limit = Duration.ofMinutes(1);
        try (WorkerProcess worker = WorkerProcess.start(WorkerCommand.words(), limit)) {
            Message answer = worker.run(module, options(), new Job.Support(), limit);
            assertThat(((Message.Failed) answer).reason())
                    .startsWith("the module cannot be read: ")
                    .contains("magic");
        }
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
        assertThat(compiled.interpreted()).hasSize(Sample.SMALL_FUNCTIONS);
        assertThat(compiled.interpreted().get(Sample.SMALL_FUNCTIONS - 1))
                .startsWith("a lost compile worker: it ")
                .contains(expected(fault))
                .matches(WorkerPool::isLoss);
        assertThat(run(Sample.SMALL, compiled))
                .isEqualTo(run(Sample.SMALL, compiled(Workplace.HERE)));
        pool.close();
    }

    private static String expected(Fault fault) {
        return switch (fault) {
            case CRASH -> "ended (exit code 134)";
            case FATAL_ERROR -> "failed: LLVM failed: Invalid register name";
            case HANG, STOP -> "gave no answer within 15 s";
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
        long expected = run(Sample.LARGE, compiled(Sample.LARGE, Workplace.HERE));
        for (int i = 0; i < 4; i++) {
            WorkerPool pool = new WorkerPool(WorkerCommand::words, WorkerPool.LIMITS, 2);
            Thread killer = killer(random.nextInt(1500));
            CompiledModule compiled = compiled(Sample.LARGE, pool);
            assertThat(run(Sample.LARGE, compiled)).as("seed %d", seed).isEqualTo(expected);
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
                        WorkerPool.LIMITS,
                        1,
                        new BackOff(() -> 0));
        for (int i = 0; i < 3; i++) {
            compiled(pool);
        }
        int before = starts.get();
        CompiledModule last = compiled(pool);
        assertThat(last.interpreted().get(0)).contains("it was lost repeatedly");
        assertThat(starts.get()).isEqualTo(before);
        pool.close();
    }

    @Test
    void saysWhyNoWorkerStarts() {
        WorkerPool none = new WorkerPool(() -> List.of("/none/java"), WorkerPool.LIMITS, 1);
        assertThatThrownBy(() -> compiled(none))
                .isInstanceOf(WorkerUnavailableException.class)
                .hasMessageStartingWith("the compile worker cannot be started: ");
        WorkerPool ends =
                new WorkerPool(
                        () -> List.of("/bin/sh", "-c", "echo sorry >&2; exit 9"),
                        WorkerPool.LIMITS,
                        1);
        assertThatThrownBy(() -> compiled(ends))
                .hasMessage("the compile worker ended (exit code 9): sorry");
        WorkerPool silent =
                new WorkerPool(
                        () -> List.of("/bin/sleep", "600"),
                        new WorkerPool.Limits(Duration.ofMillis(300), Duration.ZERO, Duration.ZERO),
                        1);
        assertThatThrownBy(() -> compiled(silent)).hasMessageContaining("gave no answer within");
    }

    /// Native code calls it by a table, and it calls native code.
    @Test
    void aModuleThatCannotBeCompiledRunsBesideOthers() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        Compiler compiler = new Compiler(options(), Compiler.Progress.NONE);
        LlvmEngine engine =
                new LlvmEngine(
                        new CodeSource() {
                            @Override
                            public NativeLibrary library(Module module) {
                                if (loads.getAndIncrement() == 1) {
                                    throw new WorkerUnavailableException("none");
                                }
                                return compiler.library(module);
                            }

                            @Override
                            public CompileOptions.MemoryMode memoryMode() {
                                return compiler.memoryMode();
                            }
                        });
        Module compiled =
                parse(
                        """
                        (module (table (export "t") 2 funcref) (type $f (func (param i32) (result i32)))
                          (func (export "twice") (type $f) (i32.mul (local.get 0) (i32.const 2)))
                          (func (export "through") (type $f)
                            (call_indirect (type $f) (local.get 0) (i32.const 1))))
                        """);
        Module interpreted =
                parse(
                        """
                        (module (type $f (func (param i32) (result i32)))
                          (import "a" "t" (table 2 funcref)) (import "a" "twice" (func $twice (type $f)))
                          (elem (i32.const 1) func $g)
                          (func $g (type $f) (i32.add (i32.const 1) (call $twice (local.get 0)))))
                        """);
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance first =
                    Instantiation.instantiate(store, engine.load(compiled), List.of());
            Instantiation.instantiate(
                    store,
                    engine.load(interpreted),
                    List.of(
                            Objects.requireNonNull(first.export("t")),
                            Objects.requireNonNull(first.export("twice"))));
            assertThat(call(store, first, "through", 20)).isEqualTo(41);
        }
    }

    private static Module parse(String text) {
        return WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
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
            ProcessHandle worker = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
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
    private long run(Module module, CompiledModule compiled) throws Exception {
        Path file = Files.createTempFile(folder, "module", ".so");
        Lld.link(compiled.objects(), file);
        NativeLibrary library = NativeLibrary.load(file, module);
        LlvmEngine engine = new LlvmEngine(new Loaded(library));
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance instance =
                    Instantiation.instantiate(store, engine.load(module), List.of());
            return call(store, instance, "last", 12345);
        }
    }

    private static int call(
            RuntimeStore store, ModuleInstance instance, String name, int argument) {
        FunctionInstance function =
                Objects.requireNonNull((FunctionInstance) instance.export(name));
        store.enter();
        try {
            long slots = store.slotTop();
            Slots.putI64(slots, 0, argument);
            store.invoke(function, slots);
            return (int) Slots.getI64(slots, 0);
        } finally {
            store.exit();
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
