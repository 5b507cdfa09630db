package dev.windlass.runtime.boundary;

import dev.windlass.wasm.ValType;

/// Where the arguments of a compiled function travel: beside the context, the first integers and
/// references and the first floats and vectors are in the registers that the C calling conventions
/// of all supported systems have for them; the others are in [StoreState#ARGUMENTS], as slots in
/// their order. Nothing is ever passed on the machine's stack, so that a tail call never needs more
/// of it than its caller has.
public final class ArgumentPlaces {
    /// Registers for integers and references; x86-64 has one more, for the context.
    public static final int INTEGERS = 5;

    /// Registers for floats and vectors.
    public static final int VECTORS = 8;

    private final int[] types;

    /// Of each argument: its register among those of its kind, or the complement of its offset in
    /// [StoreState#ARGUMENTS].
    private final int[] places;

    private int integers;
    private int vectors;

    private ArgumentPlaces(int[] types) {
        this.types = types;
        places = new int[types.length];
        int offset = 0;
        for (int i = 0; i < types.length; i++) {
            if (isVector(i) ? vectors < VECTORS : integers < INTEGERS) {
                places[i] = isVector(i) ? vectors++ : integers++;
            } else {
                places[i] = ~offset;
                offset += ValType.slots(types[i]) * Slots.SIZE;
            }
        }
    }

    /// @param types of the parameters, as in [dev.windlass.wasm.FuncType#params()]
    public static ArgumentPlaces of(int[] types) {
        return new ArgumentPlaces(types);
    }

    /// Arguments in registers for integers.
    public int integers() {
        return integers;
    }

    /// Arguments in registers for floats and vectors.
    public int vectors() {
        return vectors;
    }

    /// Whether an argument is of a type that goes into registers for floats and vectors.
    public boolean isVector(int argument) {
        return switch (types[argument]) {
            case ValType.F32, ValType.F64, ValType.V128 -> true;
            default -> false;
        };
    }

    public boolean isInRegister(int argument) {
        return places[argument] >= 0;
    }

    /// The register of an argument, among those of its kind.
    public int register(int argument) {
        return places[argument];
    }

    /// Where an argument without a register is in [StoreState#ARGUMENTS].
    public int offset(int argument) {
        return ~places[argument];
    }

    /// Brings arguments from slots to where a bridge takes them for a tail call: what belongs into
    /// registers to [StoreState#INTEGER_REGISTERS] and [StoreState#VECTOR_REGISTERS].
    ///
    /// @param slots where all arguments are
    /// @param state of the store
    public void spread(long slots, long state) {
        long from = slots;
        for (int i = 0; i < types.length; i++) {
            long to = state + place(i);
            Raw.putLong(to, Raw.getLong(from));
            if (types[i] == ValType.V128) {
                Raw.putLong(to + Slots.SIZE, Raw.getLong(from + Slots.SIZE));
            }
            from += (long) ValType.slots(types[i]) * Slots.SIZE;
        }
    }

    private int place(int argument) {
        if (!isInRegister(argument)) {
            return StoreState.ARGUMENTS + offset(argument);
        }
        return isVector(argument)
                ? StoreState.VECTOR_REGISTERS + 2 * Slots.SIZE * register(argument)
                : StoreState.INTEGER_REGISTERS + Slots.SIZE * register(argument);
    }
}
