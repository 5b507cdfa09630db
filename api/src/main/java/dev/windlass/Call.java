package dev.windlass;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.boundary.Slots;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of a host function by a guest: its arguments, its results, its caller. Usable only
/// until the host function returns, on its thread.
public final class Call {
    private final Store store;
    private final CallShape shape;
    private final @Nullable ModuleInstance caller;
    private final long slots;
    private final long[] results;
    private int resultsSet;
    private boolean ended;

    Call(Store store, CallShape shape, @Nullable ModuleInstance caller, long slots) {
        this.store = store;
        this.shape = shape;
        this.caller = caller;
        this.slots = slots;
        this.results = new long[shape.resultSlotCount];
    }

    public Store store() {
        return store;
    }

    /// The instance that calls; empty if Java calls the host function directly.
    public Optional<Instance> caller() {
        return Optional.ofNullable(caller).map(c -> new Instance(store, c));
    }

    /// The memory that the caller exports as `memory`.
    ///
    /// @throws java.util.NoSuchElementException if there is none
    public Memory memory() {
        return caller().orElseThrow().memory("memory");
    }

    /// An argument of type i32.
    ///
    /// @param index counts arguments from 0
    public int i32(int index) {
        return Slots.getI32(slots, argument(index, ValueType.I32));
    }

    /// An argument of type i64.
    public long i64(int index) {
        return Slots.getI64(slots, argument(index, ValueType.I64));
    }

    /// An argument of type f32.
    public float f32(int index) {
        return Slots.getF32(slots, argument(index, ValueType.F32));
    }

    /// An argument of type f64.
    public double f64(int index) {
        return Slots.getF64(slots, argument(index, ValueType.F64));
    }

    /// An argument of any type as an object: see [Func#call].
    public @Nullable Object argument(int index) {
        requireRunning();
        return Values.load(store, shape.params[index], slots, shape.paramSlots[index]);
    }

    private int argument(int index, ValueType type) {
        requireRunning();
        require(shape.params[index], type, "argument ", index);
        return shape.paramSlots[index];
    }

    /// Sets the first result, of type i32.
    public void returnI32(int value) {
        result(ValueType.I32, value);
    }

    /// Sets the first result, of type i64.
    public void returnI64(long value) {
        result(ValueType.I64, value);
    }

    /// Sets the first result, of type f32.
    public void returnF32(float value) {
        result(ValueType.F32, Float.floatToRawIntBits(value));
    }

    /// Sets the first result, of type f64.
    public void returnF64(double value) {
        result(ValueType.F64, Double.doubleToRawLongBits(value));
    }

    private void result(ValueType type, long bits) {
        requireRunning();
        require(shape.results.length == 0 ? 0 : shape.results[0], type, "result ", 0);
        results[0] = bits;
        resultsSet = Math.max(resultsSet, 1);
    }

    /// Sets all results, of any types: see [Func#call].
    public void returnAll(@Nullable Object... values) {
        requireRunning();
        if (values.length != shape.results.length) {
            throw new IllegalArgumentException(
                    values.length + " results given to a function of type " + shape.type);
        }
        for (int i = 0; i < values.length; i++) {
            int slot = shape.resultSlots[i];
            results[slot] = Values.low(store, shape.results[i], values[i]);
            if (values[i] instanceof V128 v) {
                results[slot + 1] = v.high();
            }
        }
        resultsSet = values.length;
    }

    private void require(int bits, ValueType type, String what, int index) {
        if (bits != type.bits()) {
            throw new IllegalArgumentException(
                    what + index + " is not of type " + type + ": the function's is " + shape.type);
        }
    }

    private void requireRunning() {
        if (ended) {
            throw new IllegalStateException("the host function has returned");
        }
    }

    void end() {
        ended = true;
    }

    /// Hands the results over; they lie where the arguments were.
    void finish() {
        if (resultsSet < shape.results.length) {
            throw new IllegalStateException(
                    "a host function of type " + shape.type + " returned without its results");
        }
        for (int i = 0; i < results.length; i++) {
            Slots.putI64(slots, i, results[i]);
        }
    }
}
