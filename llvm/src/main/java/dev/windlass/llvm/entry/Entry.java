package dev.windlass.llvm.entry;

import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.thunk.Shape;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Module;

/// The ways into the compiled functions of a library.
public final class Entry {
    /// The address of `wl_enter` of the first library, or 0 before there is one: all calls enter by
    /// the same one, so that the signal handler knows where frames of guests end.
    private static long enter;

    private final Module module;

    /// Of each type index that is a function type: its enter thunk.
    private final long[] thunks;

    /// Of each: bytes of the slots that arguments and results need in the same place.
    private final long[] slotBytes;

    public Entry(NativeLibrary library, Module module) {
        this.module = module;
        rememberEnter(library);
        NativeFunction.prepare();
        SignalTraps.add(library);
        NativeFrames.add(library, module);
        thunks = new long[module.types().size()];
        slotBytes = new long[thunks.length];
        for (int i = 0; i < thunks.length; i++) {
            if (module.types().get(i).composite() instanceof FuncType type) {
                Shape shape = Shape.of(type);
                thunks[i] = library.enterThunk(shape);
                slotBytes[i] = (long) shape.slots() * Slots.SIZE;
            }
        }
    }

    /// See [dev.windlass.llvm.StoredCode#rehearse()].
    public static void rehearse() {
        if (HostTable.ADDRESS == 0 || ThreadStack.limit() == 0) {
            throw new AssertionError("no code could run");
        }
    }

    private static synchronized void rememberEnter(NativeLibrary library) {
        if (enter == 0) {
            library.keep();
            enter = library.enter();
        }
    }

    /// The `wl_enter` of this process. There is a library.
    static synchronized long enter() {
        return enter;
    }

    /// Makes a context usable by compiled code.
    public static void prepare(ModuleInstance instance) {
        int number = NativeInstances.add(instance);
        NativeState.of(instance.store()).add(number);
        Raw.putInt(instance.context() + ContextLayout.INSTANCE, number);
        Raw.putLong(instance.context() + ContextLayout.HOST_CALLS, HostTable.ADDRESS);
    }

    /// Whether all native code of a store counts fuel, or none, after some that does or does not.
    public static boolean agreeOnFuel(RuntimeStore store, boolean countsFuel) {
        return NativeState.of(store).agreeOnFuel(countsFuel);
    }

    /// Gives back what a store has here.
    public static void close(RuntimeStore store) {
        if (store.nativeState() instanceof NativeState state) {
            state.close();
        }
    }

    /// A compiled function of the library's module, to be called.
    public NativeFunction function(FunctionInstance function, boolean countsFuel) {
        int type = module.functionTypeIndex(function.index());
        return new NativeFunction(function, thunks[type], slotBytes[type], countsFuel);
    }
}
