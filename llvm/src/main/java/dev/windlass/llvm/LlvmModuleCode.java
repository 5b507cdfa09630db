package dev.windlass.llvm;

import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.entry.Bridges;
import dev.windlass.llvm.entry.Entry;
import dev.windlass.llvm.entry.NativeFunction;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.LinkException;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A module with its library. Functions without native code run on the interpreter.
final class LlvmModuleCode implements ModuleCode {
    private final ModuleCode interpreted;
    private final NativeLibrary library;
    private final Entry entry;
    private final CompileOptions.MemoryMode mode;

    /// Whose code instances run as well: they must stay loaded.
    private final Set<LlvmModuleCode> replacements = ConcurrentHashMap.newKeySet();

    LlvmModuleCode(ModuleCode interpreted, NativeLibrary library, CompileOptions.MemoryMode mode) {
        this.interpreted = interpreted;
        this.library = library;
        this.mode = mode;
        entry = new Entry(library, interpreted.module());
    }

    @Override
    public Module module() {
        return interpreted.module();
    }

    @Override
    public ModuleCode interpreted() {
        return interpreted;
    }

    @Override
    public boolean isNative(int function) {
        return library.code(function) != 0;
    }

    @Override
    public boolean countsFuel() {
        return library.countsFuel();
    }

    @Override
    public void prepare(ModuleInstance instance) {
        checkGuards(instance);
        checkFuel(instance);
        Entry.prepare(instance);
        Bridges.add(library, instance.store());
        ContextLayout layout = instance.layout();
        int imported = module().importedCount(ExternKind.FUNC);
        for (int i = 0; i < imported; i++) {
            long record = instance.functionReference(i);
            Bridges.link(record, instance.function(i).funcType());
            Raw.putLong(instance.context() + layout.function(i), record);
        }
        for (int i = imported; i < module().functionCount(); i++) {
            if (!isNative(i) || library.isLinked()) {
                Raw.putLong(instance.context() + layout.function(i), instance.functionReference(i));
            }
        }
    }

    /// Compiled code without checks must never see a memory without guards.
    private void checkGuards(ModuleInstance instance) {
        for (int i = 0; i < module().importedCount(ExternKind.MEMORY); i++) {
            MemoryInstance memory = instance.memory(i);
            if (mode.guards(module().memories().get(i)) && !memory.isGuarded()) {
                throw new LinkException(
                        "memory "
                                + i
                                + " was made by another engine and has no guard pages: compile the"
                                + " module with explicit checks");
            }
        }
    }

    /// Native code calls native code of other modules without looking whether that counts fuel.
    private void checkFuel(ModuleInstance instance) {
        boolean countsFuel = library.countsFuel();
        if (!Entry.agreeOnFuel(instance.store(), countsFuel)) {
            throw new LinkException(
                    "the store has native code that "
                            + (countsFuel ? "does not count" : "counts")
                            + " fuel, this module's "
                            + (countsFuel ? "does" : "does not")
                            + ": compile both alike");
        }
    }

    @Override
    public void link(long record, int function) {
        long code = library.code(function);
        if (code != 0) {
            Raw.putLong(record + FunctionRecord.CALL, code);
        } else {
            Bridges.link(record, module().functionType(function));
        }
    }

    /// Lets a function of an instance run other code from its next call on: that of the same
    /// function in another compilation of a module with the same types, functions, tables,
    /// memories and globals. Calls that are on the way end in the old code. Any thread may do so.
    ///
    /// @throws IllegalArgumentException if either has no native code for the function
    /// @throws IllegalStateException if this code is sealed: its functions call each other directly
    void replace(ModuleInstance instance, int function, LlvmModuleCode other) {
        if (!library.isLinked()) {
            throw new IllegalStateException("the module's functions call each other directly");
        }
        if (!isNative(function) || !other.isNative(function)) {
            throw new IllegalArgumentException("function " + function + " has no native code");
        }
        replacements.add(other);
        long record = instance.functionReference(function);
        Raw.putLong(record + FunctionRecord.CALL, other.library.code(function));
    }

    /// A function with native code, to be called.
    NativeFunction function(FunctionInstance function) {
        return entry.function(function, countsFuel());
    }
}
