package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.llvm.artifact.Lld;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Libraries whose modules are gone are unloaded, while others run and trap.
final class UnloadingTest {
    private static final Module MODULE =
            WatParser.parseModule(
                            """
                            (module (memory 1) (table funcref (elem $load))
                              (type $f (func (param i32) (result i32)))
                              (func $load (type $f) (i32.load (local.get 0)))
                              (func (export "load") (param i32) (result i32)
                                (i32.add (i32.const 1) (call_indirect (type $f) (local.get 0) (i32.const 0)))))
                            """,
                            Features.ALL)
                    .validated(Features.ALL);

    private static final CompileOptions OPTIONS = CompileOptions.forThisMachine();
    private static final int LOADS = 150;

    @TempDir Path folder = Path.of("");
    private final AtomicInteger copies = new AtomicInteger();

    @BeforeEach
    void link() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/maps")), "no list of what is loaded here");
        Lld.link(
                ModuleCompiler.compile(MODULE, OPTIONS, p -> {}).objects(),
                folder.resolve("unloading.so"));
    }

    /// Each module has a library of its own, since files are loaded once.
    private final class Copies implements CodeSource {
        @Override
        public NativeLibrary library(Module module) {
            try {
                Path copy = folder.resolve("unloading" + copies.incrementAndGet() + ".so");
                Files.copy(folder.resolve("unloading.so"), copy);
                return NativeLibrary.load(copy, module);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public CompileOptions.MemoryMode memoryMode() {
            return OPTIONS.memoryMode();
        }
    }

    private long loaded() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(m -> m.contains("/unloading") && m.contains("r-xp")).count();
        }
    }

    @Test
    void librariesAreUnloadedWhileOthersTrap() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> traps = new ArrayList<>();
            for (Callable<Integer> each :
                    List.<Callable<Integer>>of(() -> trapUntil(isOver), () -> trapUntil(isOver))) {
                traps.add(threads.submit(each));
            }
            List<Future<?>> loads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                loads.add(threads.submit(this::loadAndForget));
            }
            for (Future<?> each : loads) {
                each.get();
            }
            for (int i = 0; i < 100 && loaded() > 4; i++) {
                System.gc();
                Thread.sleep(100);
            }
            assertThat(loaded()).isBetween(1L, 4L);
            isOver.set(true);
            for (Future<Integer> each : traps) {
                assertThat(each.get()).isPositive();
            }
        }
        assertThat(copies.get()).isEqualTo(2 * LOADS + 2);
    }

    /// Its library stays, and it traps as ever.
    private int trapUntil(AtomicBoolean isOver) {
        int traps = 0;
        LlvmEngine engine = new LlvmEngine(new Copies());
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance instance =
                    Instantiation.instantiate(store, engine.load(MODULE), List.of());
            while (!isOver.get()) {
                use(store, instance);
                traps++;
            }
        }
        return traps;
    }

    private void loadAndForget() {
        for (int i = 0; i < LOADS; i++) {
            LlvmEngine engine = new LlvmEngine(new Copies());
            try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
                use(store, Instantiation.instantiate(store, engine.load(MODULE), List.of()));
            }
            if (i % 20 == 0) {
                System.gc();
            }
        }
    }

    /// One call that returns, one that traps.
    private static void use(RuntimeStore store, ModuleInstance instance) {
        assertThat(call(store, instance, 8)).isEqualTo(1);
        try {
            call(store, instance, 1 << 20);
        } catch (Trap trap) {
            assertThat(trap.frames()).hasSize(2);
            return;
        }
        throw new AssertionError("no trap");
    }

    private static int call(RuntimeStore store, ModuleInstance instance, int address) {
        FunctionInstance load = Objects.requireNonNull((FunctionInstance) instance.export("load"));
        store.enter();
        try {
            long slots = store.slotTop();
            Slots.putI64(slots, 0, address);
            store.invoke(load, slots);
            return (int) Slots.getI64(slots, 0);
        } finally {
            store.exit();
        }
    }
}
