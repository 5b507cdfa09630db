package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.spi.ModuleCode;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Casts of references, each compared with the interpreter, which runs everything where fuel is
/// counted.
final class CastTest {
    /// The targets, of which each has its test, cast and branches.
    private static final String[] FUNCTIONS = {
        "$base",
        "$sub",
        "$leaf",
        "$other",
        "null $base",
        "null $sub",
        "null $leaf",
        "func",
        "null func",
        "nofunc",
        "null nofunc",
    };

    private static final String[] EXTERNS = {"extern", "null extern", "noextern", "null noextern"};

    private static final String[] ANYS = {
        "any", "null any", "eq", "null eq", "i31", "struct", "null array", "none", "null none",
    };

    private static final String TYPES =
            """
            (module
              (type $t (func (param i32 externref) (result i32)))
              (type $base (sub (func (param i32))))
              (type $sub (sub $base (func (param i32))))
              (type $leaf (sub final $sub (func (param i32))))
              (type $other (func))
              (import "h" "host" (func $host (type $leaf)))
              (func $f0 (type $base)) (func $f1 (type $sub)) (func $f2 (type $leaf))
              (func $f3 (type $other))
              (table $t 6 funcref)
              (elem (table $t) (i32.const 0) func $f0 $f1 $f2 $f3 $host)
            """;

    private static String program() {
        StringBuilder text = new StringBuilder(TYPES);
        for (String type : FUNCTIONS) {
            add(text, type, "func", "(table.get $t (local.get 0))");
        }
        for (String type : EXTERNS) {
            add(text, type, "extern", "(local.get 1)");
        }
        for (String type : ANYS) {
            add(text, type, "any", "(any.convert_extern (local.get 1))");
        }
        return text.append(")").toString();
    }

    private static void add(StringBuilder text, String type, String top, String operand) {
        String[] bodies = {
            "(ref.test (ref TYPE) OPERAND)",
            "(ref.is_null (ref.cast (ref TYPE) OPERAND))",
            "(block $l (result (ref TYPE)) (br_on_cast $l (ref null TOP) (ref TYPE) OPERAND) (drop)"
                    + " (return (i32.const 7))) (drop) (i32.const 8)",
            "(block $l (result (ref null TOP))"
                    + " (br_on_cast_fail $l (ref null TOP) (ref TYPE) OPERAND)"
                    + " (drop) (return (i32.const 9))) (drop) (i32.const 10)",
        };
        for (int i = 0; i < bodies.length; i++) {
            String body = bodies[i];
            text.append("(func (export \"").append(type).append(i).append("\") (type $t) ");
            text.append(body.replace("TYPE", type).replace("TOP", top).replace("OPERAND", operand));
            text.append(")\n");
        }
    }

    @Test
    void castsAgreeWithTheInterpreter() {
        ModuleCode code = Guest.compile(program(), null);
        for (int i = 0; i < code.module().functionCount() - 1; i++) {
            assertThat(code.isNative(i + 1)).as("function %d is compiled", i + 1).isTrue();
        }
        HostFunction nothing = (store, caller, slots) -> {};
        try (Guest guest = new Guest(code, Map.of("host", nothing));
                Guest measure = new Guest(code, Map.of("host", nothing))) {
            measure.store.fuel(1L << 40);
            for (String[] types : Arrays.asList(FUNCTIONS, EXTERNS, ANYS)) {
                for (String type : types) {
                    compare(guest, measure, type);
                }
            }
        }
    }

    private static void compare(Guest guest, Guest measure, String type) {
        for (int form = 0; form < 4; form++) {
            for (int i = 0; i < 6; i++) {
                Object object = i % 2 == 0 ? null : "an object";
                assertThat(outcome(guest, type + form, i, object))
                        .as("%s of %s, element %d", type, object, i)
                        .isEqualTo(outcome(measure, type + form, i, object));
            }
        }
    }

    private static String outcome(Guest guest, String export, int i, @Nullable Object object) {
        try {
            return String.valueOf((int) guest.call(export, i, guest.store.handle(object)));
        } catch (Trap trap) {
            return trap.kind() + trap.frames().toString();
        }
    }
}
