package dev.windlass.llvm.thunk;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.boundary.ArgumentPlaces;
import dev.windlass.runtime.boundary.StoreState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How guest functions are called, on every system by its C convention: the address of the callee's
/// record as `nest`, the context, the arguments that [ArgumentPlaces] puts into registers; the
/// others are in the store's state. The first result is returned, further ones are in the state.
///
/// For the machine this is one convention; for LLVM it has three forms. The plain ones have a type
/// for each shape, without the record where the callee needs none. In the uniform one all functions
/// have the same parameters, one for each register, because only then is LLVM sure of a tail call.
/// Registers that a callee does not use are left as they are.
public final class Convention {
    private final Ir ir;
    private final boolean hasRecord;
    private final boolean isUniform;
    private final int integers;
    private final int vectors;
    private final Map<Shape, ArgumentPlaces> places = new HashMap<>();

    private Convention(Ir ir, boolean hasRecord, boolean isUniform, int integers, int vectors) {
        this.ir = ir;
        this.hasRecord = hasRecord;
        this.isUniform = isUniform;
        this.integers = integers;
        this.vectors = vectors;
    }

    /// For functions that are known: without the record.
    public static Convention direct(Ir ir) {
        return new Convention(ir, false, false, 0, 0);
    }

    /// For what a record says.
    public static Convention byRecord(Ir ir) {
        return new Convention(ir, true, false, 0, 0);
    }

    /// For functions of certain shapes that call each other in tail position.
    public static Convention uniform(Ir ir, Iterable<Shape> shapes) {
        int integers = 0;
        int vectors = 0;
        for (Shape shape : shapes) {
            ArgumentPlaces places = shape.places();
            integers = Math.max(integers, places.integers());
            vectors = Math.max(vectors, places.vectors());
        }
        return new Convention(ir, true, true, integers, vectors);
    }

    /// For functions that tail-call any other.
    static Convention widest(Ir ir) {
        return new Convention(ir, true, true, ArgumentPlaces.INTEGERS, ArgumentPlaces.VECTORS);
    }

    private ArgumentPlaces places(Shape shape) {
        return places.computeIfAbsent(shape, Shape::places);
    }

    // Types.

    /// LLVM's type of a function.
    public long type(Shape shape) {
        long[] types = new long[first() + parameters(shape)];
        Arrays.fill(types, 0, first(), ir.ptr);
        if (isUniform) {
            Arrays.fill(types, first(), first() + integers, ir.i64);
            Arrays.fill(types, first() + integers, types.length, ir.v128);
        } else {
            ArgumentPlaces places = places(shape);
            int at = first();
            for (int i = 0; i < shape.params().length(); i++) {
                if (places.isInRegister(i)) {
                    types[at++] = type(shape.params().charAt(i));
                }
            }
        }
        String results = shape.results();
        return ir.functionType(results.isEmpty() ? ir.voidType : type(results.charAt(0)), types);
    }

    /// LLVM's type of a letter of a shape.
    long type(char letter) {
        return switch (letter) {
            case 'i' -> ir.i32;
            case 'f' -> ir.f32;
            case 'd' -> ir.f64;
            case 'v' -> ir.v128;
            default -> ir.i64;
        };
    }

    /// The number of the first parameter that is an argument.
    private int first() {
        return hasRecord ? 2 : 1;
    }

    private int parameters(Shape shape) {
        return isUniform ? integers + vectors : places(shape).integers() + places(shape).vectors();
    }

    // The callee's side.

    /// Declares a function.
    public long function(String name, Shape shape) {
        long function = ir.functionOnce(name, type(shape));
        if (hasRecord) {
            ir.parameterAttribute(function, 0, "nest");
        }
        return function;
    }

    /// The record that a function was called by, if it was.
    static long record(Ir ir, long function) {
        return ir.param(function, 0);
    }

    public long context(long function) {
        return ir.param(function, first() - 1);
    }

    /// All parameters as LLVM has them: to be passed on.
    public long[] registers(long function, Shape shape) {
        long[] registers = new long[parameters(shape)];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = ir.param(function, first() + i);
        }
        return registers;
    }

    /// The values of a function's parameters; to be asked for before the function does anything.
    ///
    /// @param state gives the address of the store's state, if it is needed
    public long[] arguments(long function, Shape shape, LongSupplier state) {
        ArgumentPlaces places = places(shape);
        long[] values = new long[shape.params().length()];
        int at = first();
        for (int i = 0; i < values.length; i++) {
            long type = type(shape.params().charAt(i));
            if (!places.isInRegister(i)) {
                long slot = ir.offset(state.getAsLong(), StoreState.ARGUMENTS + places.offset(i));
                values[i] = ir.context(ir.load(type, slot, 8));
            } else if (isUniform) {
                values[i] = narrowed(ir.param(function, parameter(places, i)), type);
            } else {
                values[i] = ir.param(function, at++);
            }
        }
        return values;
    }

    private int parameter(ArgumentPlaces places, int argument) {
        int register = places.register(argument);
        return first() + (places.isVector(argument) ? integers + register : register);
    }

    // The caller's side.

    /// Calls a function.
    ///
    /// @param record of the callee, 0 if nobody asks
    /// @param state gives the address of the store's state, if it is needed
    public long call(
            Shape shape, long code, long record, long context, long[] values, LongSupplier state) {
        return call(shape, code, record, context, registers(shape, values, state));
    }

    /// What is in registers for a call; the other arguments go to their places.
    ///
    /// @param state gives the address of the store's state, if it is needed
    public long[] registers(Shape shape, long[] values, LongSupplier state) {
        ArgumentPlaces places = places(shape);
        long[] registers = new long[parameters(shape)];
        if (isUniform) {
            Arrays.fill(registers, 0, integers, ir.poison(ir.i64));
            Arrays.fill(registers, integers, registers.length, ir.poison(ir.v128));
        }
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            if (!places.isInRegister(i)) {
                long slot = ir.offset(state.getAsLong(), StoreState.ARGUMENTS + places.offset(i));
                ir.context(ir.store(values[i], slot, 8));
            } else if (isUniform) {
                registers[parameter(places, i) - first()] = widened(values[i]);
            } else {
                registers[at++] = values[i];
            }
        }
        return registers;
    }

    /// As above, with everything in its place.
    public long call(Shape shape, long code, long record, long context, long[] registers) {
        long[] all = new long[first() + registers.length];
        System.arraycopy(registers, 0, all, first(), registers.length);
        all[first() - 1] = context;
        if (!hasRecord) {
            return ir.call(type(shape), code, all);
        }
        all[0] = record == 0 ? ir.poison(ir.ptr) : record;
        long call = ir.call(type(shape), code, all);
        ir.argumentAttribute(call, 0, "nest");
        return call;
    }

    /// Makes a call the last that its function does: the callee returns to the function's caller.
    ///
    /// @param call of the same form and results as the function
    public void tail(long call, Shape shape) {
        ir.mustTail(call);
        if (shape.results().isEmpty()) {
            ir.retVoid();
        } else {
            ir.ret(call);
        }
    }

    // A value as the register that it is in.

    private long widened(long value) {
        long type = ir.typeOf(value);
        if (type == ir.i32) {
            return ir.cast(Ir.ZEXT, value, ir.i64);
        }
        if (type == ir.f32 || type == ir.f64) {
            long lanes = ir.poison(lanes(type));
            return ir.bitcast(ir.insertElement(lanes, value, ir.i32(0)), ir.v128);
        }
        return value;
    }

    private long narrowed(long register, long type) {
        if (type == ir.i32) {
            return ir.cast(Ir.TRUNC, register, ir.i32);
        }
        if (type == ir.f32 || type == ir.f64) {
            return ir.extractElement(ir.bitcast(register, lanes(type)), ir.i32(0));
        }
        return register;
    }

    private long lanes(long type) {
        return ir.vector(type, type == ir.f32 ? 4 : 2);
    }
}
