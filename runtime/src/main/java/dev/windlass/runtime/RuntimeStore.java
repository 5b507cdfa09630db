package dev.windlass.runtime;

import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.TableType;
import org.jspecify.annotations.Nullable;

/// The store: owns everything that its instances are made of, off the heap and on it, until it is
/// closed. Belongs to one thread at a time; a nested call (guest to host to guest) is the same use.
public final class RuntimeStore implements AutoCloseable {
    /// @param engine runs the functions of all instances
    public RuntimeStore(ExecutionEngine engine, StoreLimits limits) {
        throw new UnsupportedOperationException();
    }

    public ExecutionEngine engine() {
        throw new UnsupportedOperationException();
    }

    public StoreLimits limits() {
        throw new UnsupportedOperationException();
    }

    // Making things. Types are closed.

    public FunctionInstance newHostFunction(DefType type, HostFunction function) {
        throw new UnsupportedOperationException();
    }

    public MemoryInstance newMemory(MemoryType type) {
        throw new UnsupportedOperationException();
    }

    public TableInstance newTable(TableType type, long reference) {
        throw new UnsupportedOperationException();
    }

    public GlobalInstance newGlobal(GlobalType type, long low, long high) {
        throw new UnsupportedOperationException();
    }

    // Calls.

    /// Calls a function.
    ///
    /// @param slots address of the arguments, at or above [#slotTop()]; results replace them
    /// @throws Trap, GuestException, and whatever host functions throw
    /// @throws IllegalStateException if another thread uses the store, or the function is another
    ///     store's
    public void invoke(FunctionInstance function, long slots) {
        throw new UnsupportedOperationException();
    }

    /// The address of the first free slot: where a caller from outside puts arguments.
    public long slotTop() {
        throw new UnsupportedOperationException();
    }

    /// The address after the last slot.
    public long slotEnd() {
        throw new UnsupportedOperationException();
    }

    /// Set by an engine while a host function runs, so that nested calls start above the frame.
    public void slotTop(long address) {
        throw new UnsupportedOperationException();
    }

    /// The engine's own state for this store (the interpreter keeps its stack here).
    public @Nullable Object engineState() {
        throw new UnsupportedOperationException();
    }

    public void engineState(Object state) {
        throw new UnsupportedOperationException();
    }

    // References.

    /// The function that a non-null funcref points at.
    public FunctionInstance function(long reference) {
        throw new UnsupportedOperationException();
    }

    /// A handle for a Java object, as externref or exnref; the same object gives equal handles only
    /// while one is reachable. Null gives 0.
    public long handle(@Nullable Object object) {
        throw new UnsupportedOperationException();
    }

    /// The object of a handle; null for 0.
    public @Nullable Object object(long handle) {
        throw new UnsupportedOperationException();
    }

    // Stopping. Callable from any thread.

    /// Makes the guest trap with INTERRUPTED at its next poll; ends blocking waits too.
    public void interrupt() {
        throw new UnsupportedOperationException();
    }

    /// The interrupt word, for polls: true after [#interrupt()] until [#clearInterrupt()].
    public boolean isInterrupted() {
        throw new UnsupportedOperationException();
    }

    public void clearInterrupt() {
        throw new UnsupportedOperationException();
    }

    /// Runs when [#interrupt()] is called while the calling thread blocks in a host function; the
    /// returned handle is closed when it no longer blocks.
    public AutoCloseable onInterrupt(Runnable wake) {
        throw new UnsupportedOperationException();
    }

    /// Whether fuel is counted.
    public boolean hasFuel() {
        throw new UnsupportedOperationException();
    }

    /// Fuel left.
    public long fuel() {
        throw new UnsupportedOperationException();
    }

    /// Turns counting on and sets what is left.
    public void fuel(long fuel) {
        throw new UnsupportedOperationException();
    }

    /// The address of the [dev.windlass.runtime.boundary.StoreState].
    public long state() {
        throw new UnsupportedOperationException();
    }

    /// Frees everything.
    ///
    /// @throws IllegalStateException while a guest runs
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
