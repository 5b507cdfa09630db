package dev.windlass.fuzz;

import dev.windlass.runtime.Extern;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GlobalInstance;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What a module of [DifferentialModule] does on one engine, as lines: each call of the host, each call's results or
/// trap, the globals and the memory after it.
final class Behaviour {
    private static final int ROUNDS = 2;
    private static final int BUDGET = 3000;

    private final List<String> lines = new ArrayList<>();
    private final Module module;
    private final boolean withFrames;

    private Behaviour(Module module, boolean withFrames) {
        this.module = module;
        this.withFrames = withFrames;
    }

    /// @param seed of the arguments
    /// @param withFrames whether traps come with their backtraces
    static List<String> of(ExecutionEngine engine, Module module, long seed, boolean withFrames) {
        Behaviour behaviour = new Behaviour(module, withFrames);
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            behaviour.run(store, new Random(seed));
        }
        return behaviour.lines;
    }

    private void run(RuntimeStore store, Random random) {
        List<Extern> imports = new ArrayList<>();
        for (Import wanted : module.imports()) {
            DefType type = module.defType(module.functionTypeIndex(wanted.index()));
            imports.add(store.newHostFunction(type, host(wanted.name(), type.funcType())));
        }
        ModuleInstance instance =
                Instantiation.instantiate(store, store.engine().load(module), imports);
        fill(instance.memory(0), random);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = imports.size(); i < module.functionCount(); i++) {
                call(instance, i, random);
                state(instance);
            }
        }
    }

    /// Its results follow from its arguments.
    private HostFunction host(String name, FuncType type) {
        return (store, caller, slots) -> {
            String arguments = values(slots, type.params());
            lines.add("host " + name + arguments);
            put(slots, type.results(), new Random(arguments.hashCode()));
        };
    }

    private void call(ModuleInstance instance, int index, Random random) {
        FunctionInstance function = instance.function(index);
        RuntimeStore store = instance.store();
        Raw.putInt(global(instance, DifferentialModule.BUDGET), BUDGET);
        store.enter();
        try {
            long slots = store.slotTop();
            put(slots, function.funcType().params(), random);
            store.invoke(function, slots);
            lines.add("f" + index + values(slots, function.funcType().results()));
        } catch (Trap trap) {
            lines.add("f" + index + " " + trap.getMessage() + (withFrames ? trap.frames() : ""));
        } finally {
            store.exit();
        }
    }

    private static long global(ModuleInstance instance, int index) {
        GlobalInstance global = instance.global(index);
        return global.cell();
    }

    private void state(ModuleInstance instance) {
        StringBuilder line = new StringBuilder("state");
        for (int i = 0; i < module.globals().size(); i++) {
            line.append(values(global(instance, i), module.globals().get(i).type()));
        }
        MemoryInstance memory = instance.memory(0);
        line.append(" pages ").append(memory.pages()).append(" hash ").append(hash(memory));
        lines.add(line.toString());
    }

    /// Zeros would hide how a value is extended.
    private static void fill(MemoryInstance memory, Random random) {
        for (long at = memory.base(); at < memory.base() + memory.byteLength(); at += 8) {
            Raw.putLong(at, random.nextLong() >> random.nextInt(64));
        }
    }

    private static long hash(MemoryInstance memory) {
        long hash = 0;
        for (long at = memory.base(); at < memory.base() + memory.byteLength(); at += 8) {
            hash = hash * 0x9E37_79B9_7F4A_7C15L + Raw.getLong(at);
        }
        return hash;
    }

    // Values in slots: a vector takes two, the upper half of an i32 or f32 does not count.

    private static String values(long slots, int... types) {
        StringBuilder text = new StringBuilder();
        long at = slots;
        for (int type : types) {
            boolean isNarrow = type == ValType.I32 || type == ValType.F32;
            text.append(' ').append(Long.toHexString(isNarrow ? Raw.getInt(at) : Raw.getLong(at)));
            if (type == ValType.V128) {
                text.append(':').append(Long.toHexString(Raw.getLong(at + 8)));
            }
            at += 8L * ValType.slots(type);
        }
        return text.toString();
    }

    private static void put(long slots, int[] types, Random random) {
        long at = slots;
        for (int type : types) {
            for (int i = 0; i < ValType.slots(type); i++) {
                long value = random.nextLong() >> random.nextInt(64);
                boolean isNarrow = type == ValType.I32 || type == ValType.F32;
                Raw.putLong(at, isNarrow ? (int) value : value);
                at += 8;
            }
        }
    }
}
