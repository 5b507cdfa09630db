package dev.windlass.llvm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.Extern;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.Module;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The slow ways of loops and prologues leave everything as it was, if the guest goes on after them.
final class RareCallsTest {
    private static final int VALUES = 20;

    /// Has a loop go round with more values than there are registers, of three types, and calls a
    /// function with more arguments than registers carry.
    private static final String TEXT =
            """
            (module
              (import "host" "pretend" (func $pretend))
              (memory 1)
              (func $sum %s (result i64)
                (i64.add %s (i64.trunc_sat_f64_s %s)))
              (func (export "f") (param $n i64) (result i64) %s (local $v v128) (local $turns i32)
                %s
                (local.set $turns (i32.const 100))
                (loop $next
                  (call $pretend)
                  (loop $again
                    %s
                    (local.set $v (i32x4.add (local.get $v) (i32x4.splat (i32.wrap_i64 (local.get $i3)))))
                    (local.set $n (i64.add (local.get $n) (i64.load (i32.const 8))))
                    (i64.store (i32.const 8) (i64.add (local.get $n) (local.get $i5)))
                    (br_if $again
                      (i32.and
                        (i32.const 3)
                        (local.tee $turns (i32.sub (local.get $turns) (i32.const 1))))))
                  (local.set $n (i64.xor (local.get $n) (call $sum %s)))
                  (br_if $next (local.get $turns)))
                (i64.xor (local.get $n) (i64x2.extract_lane 1 (local.get $v)))))
            """
                    .formatted(
                            each("(param $i%1$d i64) (param $f%1$d f64)"),
                            nested("i64.add", "(local.get $i%d)"),
                            nested("f64.add", "(local.get $f%d)"),
                            each("(local $i%1$d i64) (local $f%1$d f64)"),
                            each(
                                    "(local.set $i%1$d (i64.mul (local.get $n) (i64.const %1$d)))"
                                            + "(local.set $f%1$d (f64.const %1$d.5))"),
                            each(
                                    "(local.set $i%1$d (i64.rotl (local.get $i%1$d) (i64.const 7)))"
                                            + "(local.set $f%1$d (f64.add (local.get $f%1$d) (f64.const 3)))"),
                            each("(local.get $i%1$d) (local.get $f%1$d)"));

    private static String each(String format) {
        return IntStream.range(0, VALUES)
                .mapToObj(format::formatted)
                .collect(Collectors.joining(" "));
    }

    /// A binary operation over all.
    private static String nested(String operation, String format) {
        String all = format.formatted(0);
        for (int i = 1; i < VALUES; i++) {
            all = "(%s %s %s)".formatted(operation, all, format.formatted(i));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void changeNothing(CompileOptions way) {
        try (Program program = new Program(way)) {
            long undisturbed = run(program, false);
            assertThat(run(program, true)).isEqualTo(undisturbed);
        }
    }

    private static long run(Program program, boolean pretends) {
        Module module = Program.module(TEXT);
        Extern host =
                program.store.newHostFunction(
                        module.defType(module.functionTypeIndex(0)),
                        (store, caller, slots) -> pretend(store, requireNonNull(caller), pretends));
        ModuleInstance instance = program.instance(TEXT, host);
        return program.call(instance, "f", 0x1234_5678_9ABC_DEFL);
    }

    /// Sets what an interruption would set, without there being one: the slow ways ask Java and go
    /// on.
    private static void pretend(RuntimeStore store, ModuleInstance caller, boolean pretends) {
        MemorySegment.ofAddress(caller.context())
                .reinterpret(caller.layout().size())
                .set(ValueLayout.JAVA_INT, ContextLayout.INTERRUPT, pretends ? 1 : 0);
        if (pretends) {
            MemorySegment state =
                    MemorySegment.ofAddress(store.state()).reinterpret(StoreState.SIZE);
            state.set(ValueLayout.JAVA_LONG, StoreState.STACK_LIMIT, -1);
        }
    }
}
