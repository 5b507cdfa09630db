package dev.windlass.llvm.thunk;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.StoreState;

/// The thunks of a shape: *enter* takes arguments from slots and calls a compiled function; *bridge*
/// stands in for a function without compiled code and calls the host to run it.
public final class Thunks {
    /// Of code that is no guest's: apart, because a line table says nothing of where the code that
    /// it describes ends within a section.
    public static final String SECTION = ".text.windlass";

    private final Ir ir;
    private final Shape shape;
    private final long[] params;
    private final long[] results;

    private Thunks(Ir ir, Shape shape) {
        this.ir = ir;
        this.shape = shape;
        params = types(shape.params());
        results = types(shape.results());
    }

    /// The enter thunk: `void (code, context, slots, record)`.
    public static long enter(Ir ir, Shape shape, int number) {
        return new Thunks(ir, shape).enter("windlass.enter." + number);
    }

    /// Takes the arguments of a call out of the store's state, for calls that have more of them than
    /// registers: `result (record as nest, context, code)`. One for each LLVM module that needs it.
    public static long spread(Ir ir, Shape shape) {
        return new Thunks(ir, shape)
                .spread("windlass.spread." + shape.params() + "." + shape.results());
    }

    /// The bridge: the shape's function type with the record as `nest`.
    public static long bridge(Ir ir, Shape shape, int number) {
        return new Thunks(ir, shape).bridge("windlass.bridge." + number);
    }

    /// What all native code of ours that stands between guest and host has in common.
    static void attributes(Ir ir, long function) {
        ir.section(function, SECTION);
        ir.attribute(function, "nounwind");
        ir.attribute(function, "frame-pointer", "all");
        ir.attribute(function, "disable-tail-calls", "true");
    }

    static long stackPointer(Ir ir, boolean isX86) {
        String register = isX86 ? "rsp" : "sp";
        return ir.intrinsic("llvm.read_register", ir.i64, ir.metadataValue(register));
    }

    private long[] types(String letters) {
        long[] types = new long[letters.length()];
        for (int i = 0; i < types.length; i++) {
            types[i] =
                    switch (letters.charAt(i)) {
                        case 'i' -> ir.i32;
                        case 'f' -> ir.f32;
                        case 'd' -> ir.f64;
                        case 'v' -> ir.v128;
                        default -> ir.i64;
                    };
        }
        return types;
    }

    /// The type of a function that is called through its record.
    private long functionType() {
        long[] all = new long[params.length + 2];
        all[0] = ir.ptr;
        all[1] = ir.ptr;
        System.arraycopy(params, 0, all, 2, params.length);
        return ir.functionType(result(), all);
    }

    private long result() {
        return results.length == 0 ? ir.voidType : results[0];
    }

    private long enter(String name) {
        long function =
                ir.function(name, ir.functionType(ir.voidType, ir.ptr, ir.ptr, ir.ptr, ir.ptr));
        attributes(ir, function);
        ir.at(ir.block(function, "start"));
        long context = ir.param(function, 1);
        long slots = ir.param(function, 2);
        long call = call(ir.param(function, 0), ir.param(function, 3), context, slots);
        if (results.length > 0) {
            toSlots(slots, call, state(context));
        }
        ir.retVoid();
        return function;
    }

    /// Calls a function with arguments from slots.
    private long call(long code, long record, long context, long slots) {
        long[] arguments = new long[params.length + 2];
        arguments[0] = record;
        arguments[1] = context;
        int at = 0;
        for (int i = 0; i < params.length; i++) {
            arguments[i + 2] = ir.load(params[i], ir.offset(slots, at), 8);
            at += size(params[i]);
        }
        long call = ir.call(functionType(), code, arguments);
        ir.argumentAttribute(call, 0, "nest");
        return call;
    }

    private long spread(String name) {
        long type = ir.functionType(result(), ir.ptr, ir.ptr, ir.ptr);
        long function = ir.function(name, type);
        ir.makeInternal(function);
        attributes(ir, function);
        ir.parameterAttribute(function, 0, "nest");
        ir.at(ir.block(function, "start"));
        long context = ir.param(function, 1);
        long slots = ir.offset(state(context), StoreState.RESULTS);
        long call = call(ir.param(function, 2), ir.param(function, 0), context, slots);
        if (results.length == 0) {
            ir.retVoid();
        } else {
            ir.ret(call);
        }
        return function;
    }

    private int size(long type) {
        return type == ir.v128 ? 2 * Slots.SIZE : Slots.SIZE;
    }

    private long state(long context) {
        return ir.load(ir.ptr, ir.offset(context, ContextLayout.STORE_STATE), 8);
    }

    /// Stores the results of a call: the first is the call's value, the others are in the state.
    private void toSlots(long slots, long first, long state) {
        put(first, slots, 0);
        int to = size(results[0]);
        int from = StoreState.RESULTS;
        for (int i = 1; i < results.length; i++) {
            put(ir.load(results[i], ir.offset(state, from), 8), slots, to);
            to += size(results[i]);
            from += size(results[i]);
        }
    }

    /// Stores a value with all bytes of its slot.
    private void put(long value, long slots, int at) {
        long wide = value;
        long type = ir.typeOf(value);
        if (type == ir.i32) {
            wide = ir.cast(Ir.SEXT, value, ir.i64);
        } else if (type == ir.f32) {
            wide = ir.cast(Ir.SEXT, ir.bitcast(value, ir.i32), ir.i64);
        }
        ir.store(wide, ir.offset(slots, at), 8);
    }

    private long bridge(String name) {
        long function = ir.function(name, functionType());
        attributes(ir, function);
        ir.parameterAttribute(function, 0, "nest");
        long start = ir.block(function, "start");
        long exhausted = ir.block(function, "exhausted");
        long body = ir.block(function, "body");
        ir.at(start);
        long record = ir.param(function, 0);
        long context = ir.param(function, 1);
        long state = state(context);
        long slots = ir.load(ir.ptr, ir.offset(state, StoreState.SLOT_TOP), 8);
        long above = ir.offset(slots, shape.slots() * Slots.SIZE);
        long end = ir.load(ir.ptr, ir.offset(state, StoreState.SLOT_END), 8);
        ir.unlikely(ir.icmp(Ir.UGT, above, end), exhausted, body);
        ir.at(exhausted);
        long trap = ir.functionType(ir.voidType, ir.ptr, ir.i32, ir.i32);
        ir.call(
                trap,
                ir.functionOnce("windlass.trap", trap),
                context,
                ir.i32(TrapKind.CALL_STACK_EXHAUSTED.code()),
                ir.i32(0));
        ir.unreachable();
        ir.at(body);
        int at = 0;
        for (int i = 0; i < params.length; i++) {
            put(ir.param(function, i + 2), slots, at);
            at += size(params[i]);
        }
        ir.store(above, ir.offset(state, StoreState.SLOT_TOP), 8);
        invoke(record, context, slots);
        ir.store(slots, ir.offset(state, StoreState.SLOT_TOP), 8);
        fromSlots(slots, state);
        return function;
    }

    private void invoke(long record, long context, long slots) {
        long number = ir.load(ir.i32, ir.offset(record, FunctionRecord.NUMBER), 4);
        long type = ir.functionType(ir.voidType, ir.ptr, ir.i32, ir.i64);
        ir.call(
                type,
                ir.functionOnce("windlass.host." + HostCall.INVOKE_INTERPRETED.id(), type),
                context,
                number,
                ir.cast(Ir.PTRTOINT, slots, ir.i64));
    }

    /// Returns what the host put into the slots.
    private void fromSlots(long slots, long state) {
        if (results.length == 0) {
            ir.retVoid();
            return;
        }
        long first = ir.load(results[0], slots, 8);
        int from = size(results[0]);
        int to = StoreState.RESULTS;
        for (int i = 1; i < results.length; i++) {
            put(ir.load(results[i], ir.offset(slots, from), 8), state, to);
            from += size(results[i]);
            to += size(results[i]);
        }
        ir.ret(first);
    }
}
