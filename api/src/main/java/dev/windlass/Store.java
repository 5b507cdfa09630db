package dev.windlass;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GlobalInstance;
import dev.windlass.runtime.MemoryBudget;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.TableInstance;
import dev.windlass.runtime.TagInstance;
import org.jspecify.annotations.Nullable;

/// Owns instances and everything that they are made of until it is closed. Belongs to one thread at
/// a time: using it from a second thread while the first is inside is an `IllegalStateException`.
/// Only [#interrupt()] may be called from anywhere.
///
/// ```java
/// try (Store store = new Store(engine)) { ... }
/// ```
public final class Store implements AutoCloseable {
    private final Engine engine;
    private final RuntimeStore runtime;

    /// What fuel was last set to, or -1 if it is not counted.
    private volatile long fuelAtStart = -1;

    /// An empty store with the engine's limits.
    public Store(Engine engine) {
        this(engine, new MemoryBudget(engine.limits().lower().maxMemoryBytes()));
    }

    private Store(Engine engine, MemoryBudget budget) {
        this.engine = engine;
        this.runtime = new RuntimeStore(engine.execution(), engine.limits().lower(), budget);
    }

    public Engine engine() {
        return engine;
    }

    /// Makes a function of the host.
    public Func newFunc(FunctionType type, HostFunction function) {
        boolean outermost = enter();
        try {
            HostCode code = new HostCode(this, type, function);
            return new Func(this, runtime.newHostFunction(type.canonical(), code));
        } finally {
            leave(outermost);
        }
    }

    /// Makes a function of the host from a lambda of a known shape:
    /// `store.newFunc(Signature.I32_I32_TO_I32, Integer::sum)`.
    public <F> Func newFunc(Signature<F> signature, F function) {
        boolean outermost = enter();
        try {
            return new Func(
                    this,
                    runtime.newHostFunction(
                            signature.type().canonical(),
                            HostCode.translating(this, signature.host(function))));
        } finally {
            leave(outermost);
        }
    }

    /// Makes a memory.
    ///
    /// @throws Trap if it is larger than the limits or the machine allow
    public Memory newMemory(MemoryType type) {
        boolean outermost = enter();
        try {
            return new Memory(this, runtime.newMemory(type.lower()));
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        } finally {
            leave(outermost);
        }
    }

    /// Makes a table, every element being `value`.
    ///
    /// @throws Trap if it is larger than the limits or the machine allow
    public Table newTable(TableType type, @Nullable Object value) {
        boolean outermost = enter();
        try {
            long reference = Values.toReference(this, type.element().bits(), value);
            return new Table(this, runtime.newTable(type.lower(), reference));
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        } finally {
            leave(outermost);
        }
    }

    /// Makes a global.
    ///
    /// @param value of the global's type: see [Func#call]
    public Global newGlobal(GlobalType type, @Nullable Object value) {
        boolean outermost = enter();
        try {
            int bits = type.type().bits();
            long low = Values.low(this, bits, value);
            return new Global(this, runtime.newGlobal(type.lower(), low, Values.high(value)));
        } finally {
            leave(outermost);
        }
    }

    /// Makes a tag, whose identity is its own.
    public Tag newTag(TagType type) {
        return new Tag(this, new TagInstance(type.type().canonical()));
    }

    /// An empty store with the same fuel for another thread of the same program; the memory limit
    /// counts both.
    Store sibling() {
        Store store = new Store(engine, runtime.budget());
        if (fuelAtStart >= 0) {
            store.setFuel(fuelAtStart);
        }
        return store;
    }

    /// Stops the guest with a trap of kind [Trap.Kind#INTERRUPTED], also where it blocks. Any thread
    /// may call this. What starts later stops too, until [#clearInterrupt()].
    public void interrupt() {
        runtime.interrupt();
    }

    /// Lets guests run again after [#interrupt()].
    public void clearInterrupt() {
        runtime.clearInterrupt();
    }

    /// Turns the counting of fuel on and sets what guests may use: one unit an instruction. When it
    /// is used up the guest traps with [Trap.Kind#OUT_OF_FUEL].
    public void setFuel(long fuel) {
        boolean outermost = enter();
        try {
            runtime.fuel(fuel);
            fuelAtStart = fuel;
        } finally {
            leave(outermost);
        }
    }

    /// Fuel left.
    ///
    /// @throws IllegalStateException if it is not counted
    public long fuel() {
        boolean outermost = enter();
        try {
            if (!runtime.hasFuel()) {
                throw new IllegalStateException("this store does not count fuel: see setFuel");
            }
            return runtime.fuel();
        } finally {
            leave(outermost);
        }
    }

    /// The most bytes that guests had in use at a time of what [ResourceLimits#maxMemory] counts. Any
    /// thread may call this, also when the store is closed.
    public long peakMemory() {
        return runtime.budget().peak();
    }

    /// Frees everything; a second call does nothing.
    ///
    /// @throws IllegalStateException while one of its guests or host functions runs
    @Override
    public void close() {
        runtime.close();
    }

    /// Takes the store for this thread.
    ///
    /// @return whether it was free: what [#leave] is to be told
    /// @throws IllegalStateException if another thread uses it, or it is closed
    boolean enter() {
        return runtime.enterOutermost();
    }

    void leave(boolean outermost) {
        if (outermost) {
            runtime.exit();
        }
    }

    RuntimeStore runtime() {
        return runtime;
    }

    /// Checks that something belongs here.
    void requireOwn(Store owner, String what) {
        if (owner != this) {
            throw new IllegalArgumentException(what + " belongs to another store");
        }
    }

    /// The public view of what the runtime exports.
    Extern wrap(dev.windlass.runtime.Extern extern) {
        return switch (extern.kind()) {
            case FUNC -> new Func(this, (FunctionInstance) extern);
            case TABLE -> new Table(this, (TableInstance) extern);
            case MEMORY -> new Memory(this, (MemoryInstance) extern);
            case GLOBAL -> new Global(this, (GlobalInstance) extern);
            case TAG -> new Tag(this, (TagInstance) extern);
        };
    }
}
