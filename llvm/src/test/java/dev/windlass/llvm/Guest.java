package dev.windlass.llvm;

import dev.windlass.runtime.Extern;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.WatParser;
import dev.windlass.wasm.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An instance in a store of its own on the LLVM engine. Imports are functions of the host, found by
/// their second name.
final class Guest implements AutoCloseable {
    static final LlvmEngine ENGINE = new LlvmEngine();

    final RuntimeStore store;
    final ModuleInstance instance;

    Guest(ModuleCode code, Map<String, HostFunction> host) {
        store = new RuntimeStore(ENGINE, StoreLimits.DEFAULT);
        instance = instance(code, host);
    }

    /// Another instance in the same store. Imports that the host does not have are the first one's
    /// exports.
    ModuleInstance instance(ModuleCode code, Map<String, HostFunction> host) {
        List<Extern> imports = new ArrayList<>();
        Module module = code.module();
        for (Import i : module.imports()) {
            HostFunction function = host.get(i.name());
            imports.add(
                    function == null
                            ? Objects.requireNonNull(instance.export(i.name()), i.name())
                            : store.newHostFunction(
                                    module.defType(module.functionTypeIndex(i.index())), function));
        }
        return Instantiation.instantiate(store, code, imports);
    }

    /// @param mix which functions are left to the interpreter, or null for none
    static ModuleCode compile(String text, @Nullable Integer mix) {
        Module module = ModuleReader.read(WatParser.parse(text, Features.ALL), Features.ALL);
        Validator.validate(module);
        if (mix == null) {
            return ENGINE.load(module);
        }
        System.setProperty("windlass.llvm.mix", mix.toString());
        try {
            return ENGINE.load(module);
        } finally {
            System.clearProperty("windlass.llvm.mix");
        }
    }

    /// What is said of a module that was compiled in some way.
    interface Check<E extends Exception> {
        void on(ModuleCode code) throws E;
    }

    /// All functions compiled, and several ways to leave some to the interpreter.
    static <E extends Exception> void inEveryMix(String text, Check<E> check) throws E {
        for (Integer mix : new Integer[] {null, 1, 2, 3, 4}) {
            try {
                check.on(compile(text, mix));
            } catch (AssertionError e) {
                throw new AssertionError("mix " + mix + ": " + e.getMessage(), e);
            }
        }
    }

    /// Calls an export with arguments as 64-bit slots.
    ///
    /// @return the first result's slot
    long call(String name, long... arguments) {
        return call(instance, name, arguments);
    }

    /// As above, an export of another instance.
    long call(ModuleInstance of, String name, long... arguments) {
        FunctionInstance function = (FunctionInstance) of.export(name);
        store.enter();
        try {
            long slots = store.slotTop();
            for (int i = 0; i < arguments.length; i++) {
                Slots.putI64(slots, i, arguments[i]);
            }
            store.invoke(Objects.requireNonNull(function), slots);
            return Slots.getI64(slots, 0);
        } finally {
            store.exit();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
