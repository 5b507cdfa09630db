package dev.windlass.llvm.thunk;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.ArgumentPlaces;
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
    private final Convention convention;
    private final long[] params;
    private final long[] results;

    private Thunks(Ir ir, Shape shape) {
        this.ir = ir;
        this.shape = shape;
        convention = Convention.byRecord(ir);
        params = types(shape.params());
        results = types(shape.results());
    }

    /// The enter thunk: `void (code, context, slots, record)`.
    public static long enter(Ir ir, Shape shape, int number) {
        return new Thunks(ir, shape).enter("windlass.enter." + number);
    }

    /// The bridge: a function of the shape in the uniform form, because it may go on with another.
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
        return letters.chars().mapToLong(letter -> convention.type((char) letter)).toArray();
    }

    private long enter(String name) {
        long function =
                ir.function(name, ir.functionType(ir.voidType, ir.ptr, ir.ptr, ir.ptr, ir.ptr));
        attributes(ir, function);
        ir.at(ir.block(function, "start"));
        long context = ir.param(function, 1);
        long slots = ir.param(function, 2);
        long record = ir.param(function, 3);
        long[] arguments = new long[params.length];
        int at = 0;
        for (int i = 0; i < params.length; i++) {
            arguments[i] = ir.load(params[i], ir.offset(slots, at), 8);
            at += size(params[i]);
        }
        long code = ir.param(function, 0);
        long call = convention.call(shape, code, record, context, arguments, () -> state(context));
        if (results.length > 0) {
            toSlots(slots, call, state(context));
        }
        ir.retVoid();
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
        ir.store(wide(ir, value), ir.offset(slots, at), 8);
    }

    /// A value that fills its slot: an i32 or f32 lies sign-extended there.
    public static long wide(Ir ir, long value) {
        long type = ir.typeOf(value);
        if (type == ir.f32) {
            return ir.cast(Ir.SEXT, ir.bitcast(value, ir.i32), ir.i64);
        }
        return type == ir.i32 ? ir.cast(Ir.SEXT, value, ir.i64) : value;
    }

    private long bridge(String name) {
        Convention wide = Convention.widest(ir);
        long function = wide.function(name, shape);
        attributes(ir, function);
        long start = ir.block(function, "start");
        long exhausted = ir.block(function, "exhausted");
        long body = ir.block(function, "body");
        ir.at(start);
        long context = wide.context(function);
        long state = state(context);
        long[] arguments = wide.arguments(function, shape, () -> state);
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
            put(arguments[i], slots, at);
            at += size(params[i]);
        }
        ir.store(above, ir.offset(state, StoreState.SLOT_TOP), 8);
        invoke(Convention.record(ir, function), context, slots);
        ir.store(slots, ir.offset(state, StoreState.SLOT_TOP), 8);
        long tail = ir.block(function, "tail");
        long returned = ir.block(function, "returned");
        long record = ir.load(ir.ptr, ir.offset(state, StoreState.TAIL_RECORD), 8);
        ir.condBr(ir.icmp(Ir.EQ, record, ir.zero(ir.ptr)), returned, tail);
        ir.at(tail);
        goOn(wide, record, state);
        ir.at(returned);
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

    /// Goes on with the function that the interpreted one ended with a tail call of. Which of the
    /// registers that needs is not known here: it gets all.
    private void goOn(Convention wide, long record, long state) {
        ir.store(ir.zero(ir.ptr), ir.offset(state, StoreState.TAIL_RECORD), 8);
        long[] registers = new long[ArgumentPlaces.INTEGERS + ArgumentPlaces.VECTORS];
        for (int i = 0; i < registers.length; i++) {
            int vector = i - ArgumentPlaces.INTEGERS;
            registers[i] =
                    vector < 0
                            ? field(ir.i64, state, StoreState.INTEGER_REGISTERS + 8 * i)
                            : field(ir.v128, state, StoreState.VECTOR_REGISTERS + 16 * vector);
        }
        long context = ir.load(ir.ptr, ir.offset(record, FunctionRecord.CONTEXT), 8);
        long code = ir.load(ir.ptr, ir.offset(record, FunctionRecord.CALL), 8);
        wide.tail(wide.call(shape, code, record, context, registers), shape);
    }

    private long field(long type, long state, int offset) {
        return ir.load(type, ir.offset(state, offset), 8);
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
