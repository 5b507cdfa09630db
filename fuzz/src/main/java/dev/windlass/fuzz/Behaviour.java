package dev.windlass.fuzz;

import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.Extern;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.GuestFrame;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.TableInstance;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What a module of [DifferentialModule] or [TranslateToFuzz] does on one engine, as lines: each call of the host, each call's results, trap or
/// exception, and after it the globals, memories and tables.
final class Behaviour {
    /// Calls of each function, with other arguments each time.
    private static final int ROUNDS = 6;

    private static final int BUDGET = 300;

    private static final long MUCH_FUEL = 1L << 40;
    private static final int LITTLE_FUEL = 3000;

    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        -2,
        31,
        32,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        0xFFFF_FFFFL,
        0x8000_8000_8080_8080L,
        Float.floatToRawIntBits(-0.0f),
        Float.floatToRawIntBits(1.5f),
        0x7F80_0001L,
        0x7FC0_0000L,
        0xFF80_0000L,
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(-2.5),
        Double.doubleToRawLongBits(2147483648.0),
        0x7FF0_0000_0000_0001L,
        0x7FF8_0000_0000_0000L,
        0xFFF0_0000_0000_0000L,
    };

    private final List<String> lines = new ArrayList<>();
    private final Module module;
    private final Places compared;
    private final boolean countsFuel;
    private final List<Integer> places = new ArrayList<>();
    private int traps;
    private int frames;
    private final List<Long> marks = new ArrayList<>();
    private boolean[] isNative = {};

    /// How much of the places in backtraces counts.
    enum Places {
        /// Every offset.
        EXACT,

        /// Not the offset of an access outside memory, which LLVM may lose where the hardware finds it out; its function
        /// and the frames outside do.
        EXACT_BUT_FOR_ACCESSES
    }

    private Behaviour(Module module, Places compared, boolean countsFuel) {
        this.module = module;
        this.compared = compared;
        this.countsFuel = countsFuel;
    }

    /// @param seed of the arguments
    /// @param countsFuel whether calls get only so much fuel, and what is left counts
    static Behaviour of(
            ExecutionEngine engine, Module module, long seed, Places compared, boolean countsFuel) {
        Behaviour behaviour = new Behaviour(module, compared, countsFuel);
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            behaviour.run(store, seed);
        }
        return behaviour;
    }

    List<String> lines() {
        return lines;
    }

    /// How many calls ended in a trap.
    int traps() {
        return traps;
    }

    /// The offsets of accesses outside memory, where they do not count.
    List<Integer> places() {
        return places;
    }

    /// How many frames all their backtraces have.
    int frames() {
        return frames;
    }

    /// Whether a mark was reached.
    boolean isMarked(int mark) {
        return (marks.get(mark / 64) >>> mark & 1) != 0;
    }

    /// Whether a function had native code.
    boolean isNative(int function) {
        return isNative[function];
    }

    private void run(RuntimeStore store, long seed) {
        List<Extern> imports = new ArrayList<>();
        for (Import wanted : module.imports()) {
            DefType type = module.defType(module.functionTypeIndex(wanted.index()));
            imports.add(store.newHostFunction(type, host(wanted.name(), type.funcType())));
        }
        ModuleInstance instance =
                Instantiation.instantiate(store, store.engine().load(module), imports);
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < module.memories().size(); i++) {
            fill(instance.memory(i), random);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = imports.size(); i < module.functionCount(); i++) {
                call(instance, i, random);
                state(instance);
            }
        }
        for (int i = DifferentialModule.firstMarkGlobal(); i < module.globals().size(); i++) {
            marks.add(Raw.getLong(instance.global(i).cell()));
        }
        isNative = new boolean[module.functionCount()];
        for (int i = module.importedCount(ExternKind.FUNC); i < isNative.length; i++) {
            isNative[i] = instance.code().isNative(i);
        }
    }

    /// Its results follow from its arguments.
    private HostFunction host(String name, FuncType type) {
        return (store, caller, slots) -> {
            String arguments = values(slots, type.params());
            lines.add("host " + name + arguments + fuel(store));
            put(store, slots, type.results(), new SplittableRandom(arguments.hashCode()));
        };
    }

    private void call(ModuleInstance instance, int index, RandomGenerator random) {
        FunctionInstance function = instance.function(index);
        RuntimeStore store = instance.store();
        store.enter();
        try {
            if (countsFuel) {
                store.fuel(MUCH_FUEL);
            }
            renewBudget(instance);
            long slots = store.slotTop();
            if (countsFuel) {
                store.fuel(random.nextBoolean() ? MUCH_FUEL : random.nextInt(LITTLE_FUEL));
            }
            put(store, slots, function.funcType().params(), random);
            String call = "f" + index + values(slots, function.funcType().params());
            lines.add(call + " =" + outcome(store, function, slots) + fuel(store));
        } finally {
            store.exit();
        }
    }

    private String fuel(RuntimeStore store) {
        return countsFuel ? " fuel " + store.fuel() : "";
    }

    /// What ends every call of the module's functions, however long its loops are.
    private static void renewBudget(ModuleInstance instance) {
        RuntimeStore store = instance.store();
        if (instance.export(TranslateToFuzz.BUDGET) instanceof FunctionInstance renew) {
            store.invoke(renew, store.slotTop());
        } else {
            Raw.putInt(instance.global(DifferentialModule.BUDGET).cell(), BUDGET);
        }
    }

    private String outcome(RuntimeStore store, FunctionInstance function, long slots) {
        try {
            store.invoke(function, slots);
            return values(slots, function.funcType().results());
        } catch (Trap trap) {
            return " " + trap.getMessage() + backtrace(trap);
        } catch (GuestException e) {
            ExceptionInstance exception = e.exception();
            int[] types = exception.tag().type().funcType().params();
            return " throws" + types.length;
        }
    }

    private String backtrace(Trap trap) {
        traps++;
        frames += trap.frames().size();
        StringBuilder text = new StringBuilder();
        boolean isLenient =
                compared == Places.EXACT_BUT_FOR_ACCESSES
                        && trap.kind() == TrapKind.MEMORY_OUT_OF_BOUNDS;
        for (GuestFrame frame : trap.frames()) {
            text.append(" at ").append(frame.function());
            if (isLenient) {
                places.add(frame.offset());
                isLenient = false;
            } else {
                text.append('+').append(frame.offset());
            }
        }
        return text.toString();
    }

    private void state(ModuleInstance instance) {
        StringBuilder line = new StringBuilder("state");
        for (int i = 0; i < module.globals().size(); i++) {
            line.append(values(instance.global(i).cell(), module.globals().get(i).type()));
        }
        for (int i = 0; i < module.memories().size(); i++) {
            MemoryInstance memory = instance.memory(i);
            line.append(", pages ").append(memory.pages()).append(" hash ").append(hash(memory));
        }
        for (int i = 1; i < module.tables().size(); i++) {
            line.append(", table ");
            TableInstance table = instance.table(i);
            for (long k = 0; k < table.length(); k++) {
                line.append(table.get(k) == 0 ? '.' : 'x');
            }
        }
        lines.add(line.toString());
    }

    /// Zeros would hide how a value is extended.
    private static void fill(MemoryInstance memory, RandomGenerator random) {
        for (long at = memory.base(); at < memory.base() + memory.byteLength(); at += 8) {
            long value = random.nextLong();
            Raw.putLong(at, value >> (value & 63));
        }
    }

    private static long hash(MemoryInstance memory) {
        long hash = 0;
        long end = memory.base() + memory.byteLength();
        for (long at = memory.base(); at < end; at += 8) {
            hash = hash * 0x9E37_79B9_7F4A_7C15L + Raw.getLong(at);
        }
        return hash;
    }

    // Values in slots: a vector takes two, the upper half of an i32 or f32 does not count, of a
    // reference only whether it
    // is null.

    private static String values(long slots, int... types) {
        StringBuilder text = new StringBuilder();
        long at = slots;
        for (int type : types) {
            text.append(' ').append(value(at, type));
            at += 8L * ValType.slots(type);
        }
        return text.toString();
    }

    private static String value(long at, int type) {
        if (ValType.isRef(type)) {
            return Raw.getLong(at) == 0 ? "null" : "reference";
        }
        if (type == ValType.V128) {
            return Long.toHexString(Raw.getLong(at)) + ':' + Long.toHexString(Raw.getLong(at + 8));
        }
        boolean isNarrow = type == ValType.I32 || type == ValType.F32;
        return isNarrow ? Integer.toHexString(Raw.getInt(at)) : Long.toHexString(Raw.getLong(at));
    }

    private static void put(RuntimeStore store, long slots, int[] types, RandomGenerator random) {
        long at = slots;
        for (int type : types) {
            for (int i = 0; i < ValType.slots(type); i++) {
                Raw.putLong(at, argument(store, type, random));
                at += 8;
            }
        }
    }

    private static long argument(RuntimeStore store, int type, RandomGenerator random) {
        long value = random.nextLong();
        if (ValType.isRef(type)) {
            boolean isObject = ValType.heapType(type) == ValType.HEAP_EXTERN && value > 0;
            return isObject ? store.handle("an object") : 0;
        }
        if ((value & 1) == 0) {
            return EDGES[(int) (value >>> 33) % EDGES.length];
        }
        return random.nextLong() >> (value >>> 58);
    }
}
