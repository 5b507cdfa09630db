package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.llvm.CompileOptions.MemoryMode;
import dev.windlass.runtime.Extern;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Instances of texts in one store, compiled in a certain way.
final class Program implements AutoCloseable {
    final LlvmEngine engine;
    final RuntimeStore store;

    Program(CompileOptions options) {
        this(new LlvmEngine(new Compiler(options, Compiler.Progress.NONE)));
    }

    private Program(LlvmEngine engine) {
        this(engine, new RuntimeStore(engine, StoreLimits.DEFAULT));
    }

    Program(LlvmEngine engine, RuntimeStore store) {
        this.engine = engine;
        this.store = store;
    }

    static Module module(String text) {
        return WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
    }

    /// A new instance; its functions have native code.
    ModuleInstance instance(String text, Extern... imports) {
        return Instantiation.instantiate(store, engine.load(module(text)), List.of(imports));
    }

    static Extern export(ModuleInstance instance, String name) {
        return Objects.requireNonNull(instance.export(name), name);
    }

    static long base(ModuleInstance instance) {
        return ((MemoryInstance) export(instance, "m")).base();
    }

    /// Calls an export with arguments as 64-bit slots.
    ///
    /// @return the first result's slot
    long call(ModuleInstance instance, String name, long... arguments) {
        FunctionInstance function = (FunctionInstance) export(instance, name);
        store.enter();
        try {
            long slots = store.slotTop();
            for (int i = 0; i < arguments.length; i++) {
                Slots.putI64(slots, i, arguments[i]);
            }
            store.invoke(function, slots);
            return Slots.getI64(slots, 0);
        } finally {
            store.exit();
        }
    }

    int callI32(ModuleInstance instance, String name, long... arguments) {
        return (int) call(instance, name, arguments);
    }

    @Override
    public void close() {
        store.close();
    }

    /// Every level in every memory mode.
    static Stream<CompileOptions> ways() {
        List<CompileOptions> ways = new ArrayList<>();
        for (MemoryMode mode : MemoryMode.values()) {
            for (int level = 0; level <= 2; level++) {
                ways.add(CompileOptions.forThisMachine().atLevel(level).withMemoryMode(mode));
            }
        }
        return ways.stream();
    }

    static void assertTraps(TrapKind kind, String what, Runnable call) {
        assertThatThrownBy(call::run)
                .as(what)
                .isInstanceOfSatisfying(Trap.class, t -> assertThat(t.kind()).isEqualTo(kind));
    }
}
