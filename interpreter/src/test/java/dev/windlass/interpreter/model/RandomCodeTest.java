package dev.windlass.interpreter.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.interpreter.Interpreter;
import dev.windlass.interpreter.model.Model.Thrown;
import dev.windlass.interpreter.model.Model.Value;
import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random functions give the same results, traps, globals and memory as the model: whatever was
/// joined into expressions happens in the order of the instructions.
class RandomCodeTest {
    private static final int FUNCTIONS = Integer.getInteger("windlass.random.functions", 1000);
    private static final long SEED = Long.getLong("windlass.random.seed", 1);

    @Test
    void agreesWithTheModel() {
        for (long seed = SEED; seed < SEED + FUNCTIONS; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        List<RandomCode> callees = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String results = List.of("i", "ivl", "d", "vfi").get(random.nextInt(4));
            int size = random.nextInt(20);
            callees.add(new RandomCode(random, size, List.copyOf(callees), results));
        }
        RandomCode code = new RandomCode(random, 5 + (int) (seed % 60), callees);
        String text = module(code, callees);
        Module module;
        try {
            module = WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e + "\n" + text, e);
        }
        try (RuntimeStore store = new RuntimeStore(new Interpreter(), StoreLimits.DEFAULT)) {
            ModuleInstance instance =
                    Instantiation.instantiate(store, store.engine().load(module), List.of());
            Model model = new Model(RandomCode.GLOBALS.length());
            for (int call = 0; call < 3; call++) {
                compare(seed, text, code, instance, model, arguments(random));
            }
        }
    }

    private static String module(RandomCode code, List<RandomCode> callees) {
        StringBuilder s = new StringBuilder("(module\n  (memory 1 3)\n");
        for (char type : RandomCode.GLOBALS.toCharArray()) {
            String zero = type == 'v' ? "i64x2 0 0" : "0";
            s.append("  (global (mut ").append(RandomCode.wat(type)).append(") (");
            s.append(RandomCode.wat(type)).append(".const ").append(zero).append("))\n");
        }
        s.append(RandomCode.HELPER).append(RandomCode.TAGS);
        s.append("  (table ").append(callees.size() + 1).append(" funcref)\n");
        for (int i = 0; i < callees.size(); i++) {
            s.append("  (elem (i32.const ").append(i).append(") $g").append(i).append(")\n");
            s.append(callees.get(i).function("$g" + i));
        }
        return s.append(code.function("(export \"f\")")).append(")\n").toString();
    }

    private static List<Value> arguments(Random random) {
        List<Value> arguments = new ArrayList<>();
        for (char type : RandomCode.PARAMS.toCharArray()) {
            arguments.add(
                    switch (type) {
                        case 'i' ->
                                Value.of(
                                        random.nextInt(4) == 0
                                                ? random.nextInt()
                                                : random.nextInt(16));
                        case 'l' -> Value.of(random.nextLong() >> random.nextInt(64));
                        case 'f' -> Value.of(Float.floatToRawIntBits(random.nextInt(100) - 50));
                        case 'd' -> Value.of(Double.doubleToRawLongBits(random.nextInt(100) / 8.0));
                        default -> new Value(random.nextLong(), random.nextLong());
                    });
        }
        return arguments;
    }

    private static void compare(
            long seed,
            String text,
            RandomCode code,
            ModuleInstance instance,
            Model model,
            List<Value> arguments) {
        @Nullable String expected = model(code, model, arguments);
        List<Value> results = new ArrayList<>();
        @Nullable String actual = execute(instance, code.results, arguments, results);
        String what = "seed " + seed + ", arguments " + arguments + "\n" + text;
        assertThat(actual).as(what).isEqualTo(expected);
        if (expected == null) {
            assertThat(results).as(what).isEqualTo(model.stack);
        }
        for (int i = 0; i < model.globals.length; i++) {
            long cell = instance.global(i).cell();
            char type = RandomCode.GLOBALS.charAt(i);
            assertThat(value(cell, type))
                    .as("global %s of %s", i, what)
                    .isEqualTo(model.globals[i]);
        }
        byte[] memory = new byte[(int) instance.memory(0).byteLength()];
        Raw.copy(instance.memory(0).base(), memory, 0, memory.length);
        assertThat(memory).as(what).isEqualTo(model.memory.array());
    }

    private static @Nullable String model(RandomCode code, Model model, List<Value> arguments) {
        try {
            model.stack = RandomCode.call(model, code, arguments);
            return null;
        } catch (Trap trap) {
            return trap.kind().text();
        } catch (Thrown thrown) {
            return thrown.tag + thrown.values;
        }
    }

    private static @Nullable String execute(
            ModuleInstance instance, String types, List<Value> arguments, List<Value> results) {
        RuntimeStore store = instance.store();
        store.enter();
        try {
            long slots = store.slotTop();
            long at = slots;
            for (int i = 0; i < arguments.size(); i++) {
                Raw.putLong(at, arguments.get(i).low());
                at += 8;
                if (RandomCode.PARAMS.charAt(i) == 'v') {
                    Raw.putLong(at, arguments.get(i).high());
                    at += 8;
                }
            }
            store.invoke(
                    (FunctionInstance) java.util.Objects.requireNonNull(instance.export("f")),
                    slots);
            at = slots;
            for (int i = 0; i < types.length(); i++) {
                results.add(value(at, types.charAt(i)));
                at += types.charAt(i) == 'v' ? 16 : 8;
            }
            return null;
        } catch (Trap trap) {
            return trap.kind().text();
        } catch (GuestException e) {
            return describe(instance, e.exception());
        } finally {
            store.exit();
        }
    }

    private static String describe(ModuleInstance instance, ExceptionInstance exception) {
        if (exception.tag() == instance.export("n")) {
            return "n[]";
        }
        long[] slots = exception.slots();
        return "e" + List.of(value32(slots[0]), new Value(slots[1], slots[2]));
    }

    private static Value value32(long slot) {
        int low = (int) slot;
        return Value.of(low);
    }

    private static Value value(long address, char type) {
        return switch (type) {
            case 'i', 'f' -> Value.of(Raw.getInt(address));
            case 'v' -> new Value(Raw.getLong(address), Raw.getLong(address + 8));
            default -> Value.of(Raw.getLong(address));
        };
    }
}
