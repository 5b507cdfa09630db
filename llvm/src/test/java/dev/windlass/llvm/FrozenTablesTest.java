package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.llvm.lowering.ModuleFacts;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.WatParser;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables that nobody can change, and calls through the library's copy of them.
final class FrozenTablesTest {
    private static boolean isFrozen(String fields) {
        return frozen(fields).contains(0);
    }

    private static Set<Integer> frozen(String fields) {
        String text = "(module " + fields + " (func $f) (func $g))";
        Module module = ModuleReader.read(WatParser.parse(text, Features.ALL), Features.ALL);
        return ModuleFacts.of(module).frozen().tables();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(table 4 funcref) (elem (i32.const 1) $f $g)",
                "(table 4 8 funcref) (elem (i32.const 1) $f $g) (elem (i32.const 0) $g)",
                "(table 4 funcref) (elem (i32.const 2) funcref (ref.func $f) (ref.null func))",
                "(table 4 funcref (ref.func $f))",
                "(table i64 4 funcref) (elem (i64.const 3) $f)",
                "(table 0 funcref)",
                "(table 4 funcref) (table 4 funcref) (elem $s func $f) (func (table.set 1"
                        + " (i32.const 0) (ref.null func)) (table.init 1 $s (i32.const 0) (i32.const 0)"
                        + " (i32.const 0)) (table.copy 1 0 (i32.const 0) (i32.const 0) (i32.const 0)))",
            })
    void aTableThatOnlyItsModuleFillsIsFrozen(String fields) {
        assertThat(isFrozen(fields)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(table (export \"t\") 4 funcref)",
                "(table 4 funcref) (func (table.set 0 (i32.const 0) (ref.null func)))",
                "(table 4 funcref) (func (drop (table.grow 0 (ref.null func) (i32.const 0))))",
                "(table 4 funcref) (func (table.fill 0 (i32.const 0) (ref.null func) (i32.const"
                        + " 0)))",
                "(table 4 funcref) (elem $s func $f) (func (table.init 0 $s (i32.const 0)"
                        + " (i32.const 0) (i32.const 0)))",
                "(table 4 funcref) (table 4 funcref) (func (table.copy 0 1 (i32.const 0) (i32.const"
                        + " 0) (i32.const 0)))",
                "(table 4 funcref) (elem (i32.const 3) $f $g)",
                "(table 4 funcref) (elem (i32.const -1) $f)",
                "(table 4 funcref) (global $o i32 (i32.const 1)) (elem (global.get $o) $f)",
                "(table 4 funcref) (elem (i32.add (i32.const 1) (i32.const 1)) $f)",
                "(table 4 funcref) (global $o funcref (ref.func $f)) (elem (i32.const 0) funcref"
                        + " (global.get $o))",
                "(table 2000000 funcref)",
            })
    void aTableThatCouldHoldSomethingElseIsNot(String fields) {
        assertThat(isFrozen(fields)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(elem (i32.const 2) $f) (elem (table 1) (i32.const 0) func $g)",
                "(elem (i32.const -1) $f) (elem (table 1) (i32.const 0) func $g)",
                "(elem (i32.const 2)) (elem (table 1) (i32.const 0) func $g)",
                "(global $o i32 (i32.const 0)) (elem (global.get $o) $f) (elem (table 1) (i32.const"
                        + " 0) func $g)",
                "(elem (table 1) (i32.const 0) func $f) (elem (i32.const 2) $f) (elem (table 1)"
                        + " (i32.const 1) func $g)",
                "(table 1 funcref) (elem (table 2) (i32.const 1) func $f) (elem (table 1)"
                        + " (i32.const 0) func $g)",
            })
    void aTableThatMayNeverBeFilledIsNot(String fields) {
        String tables = "(import \"h\" \"t\" (table 1 funcref)) (table 4 funcref) ";
        assertThat(frozen(tables + fields)).doesNotContain(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(elem (i32.const 0) $f) (elem (table 1) (i32.const 0) func $g)",
                "(elem (i32.const 1)) (elem (table 1) (i32.const 0) func $g)",
                "(elem (table 1) (i32.const 0) func $g) (elem (i32.const 2) $f)",
                "(elem func $f) (elem declare func $f) (elem (table 1) (i32.const 0) func $g)",
            })
    void aTableIsFrozenWhenNothingBeforeItsSegmentsCanFail(String fields) {
        String tables = "(import \"h\" \"t\" (table 1 funcref)) (table 4 funcref) ";
        assertThat(frozen(tables + fields)).containsExactly(1);
    }

    private static final String SHARES =
            """
            (module
              (type $t (func (result i32)))
              (table (export "t") 1 funcref)
              (func (export "call") (result i32)
                (call_indirect (type $t) (i32.const 0))))
            """;

    /// Leaves a function in an imported table; after that, a segment traps before another one fills the
    /// table that the function calls through.
    private static final String FAILS =
            """
            (module
              (type $t (func (result i32)))
              (import "h" "t" (table $shared 1 funcref))
              (table $own 1 funcref)
              (func $left (result i32) (call_indirect $own (type $t) (i32.const 0)))
              (func $never (result i32) (i32.const 7))
              (elem (table $shared) (i32.const 0) func $left)
              (elem (table $shared) (i32.const 1) func $left)
              (elem (table $own) (i32.const 0) func $never))
            """;

    @Test
    void whatAFailedInstantiationLeavesFindsTheTableUnfilled() {
        try (Guest guest = new Guest(Guest.compile(SHARES, null), Map.of())) {
            ModuleCode fails = Guest.compile(FAILS, null);
            traps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> guest.instance(fails, Map.of()));
            traps(TrapKind.UNINITIALIZED_ELEMENT, () -> guest.call("call"));
        }
    }

    private static final String CALLS =
            """
            (module
              (import "h" "twice" (func $twice (param i32) (result i32)))
              (type $t (func (param i32) (result i32)))
              (type $same (func (param i32) (result i32)))
              (type $open (sub (func (param i32) (result i32))))
              (type $below (sub final $open (func (param i32) (result i32))))
              (table 8 funcref)
              (elem (i32.const 1) $twice $next $long $below)
              (func $next (type $same) (i32.add (local.get 0) (i32.const 1)))
              (func $long (param i64) (result i64) (local.get 0))
              (func $below (type $below) (i32.add (local.get 0) (i32.const 9)))
              (func (export "call") (param i32 i32) (result i32)
                (call_indirect (type $t) (local.get 0) (local.get 1)))
              (func (export "open") (param i32 i32) (result i32)
                (call_indirect (type $open) (local.get 0) (local.get 1))))
            """;

    private static final HostFunction TWICE =
            (store, caller, slots) -> Slots.putI32(slots, 0, 2 * Slots.getI32(slots, 0));

    @Test
    void callsThroughAFrozenTableFindWhatIsInIt() {
        for (Integer mix : new Integer[] {null, 1, 2, 3}) {
            ModuleCode code = Guest.compile(CALLS, mix);
            assertThat(ModuleFacts.of(code.module()).frozen().tables()).containsExactly(0);
            try (Guest guest = new Guest(code, Map.of("twice", TWICE))) {
                assertThat(guest.call("call", 21, 1)).isEqualTo(42);
                assertThat(guest.call("call", 21, 2)).isEqualTo(22);
                assertThat(guest.call("open", 21, 4)).isEqualTo(30);
                traps(TrapKind.UNINITIALIZED_ELEMENT, () -> guest.call("call", 21, 0));
                traps(TrapKind.INDIRECT_CALL_TYPE_MISMATCH, () -> guest.call("call", 21, 3));
                traps(TrapKind.INDIRECT_CALL_TYPE_MISMATCH, () -> guest.call("call", 21, 4));
                traps(TrapKind.UNINITIALIZED_ELEMENT, () -> guest.call("call", 21, 7));
                traps(TrapKind.UNDEFINED_ELEMENT, () -> guest.call("call", 21, 8));
                traps(TrapKind.UNDEFINED_ELEMENT, () -> guest.call("call", 21, -1));
            }
        }
    }

    private static void traps(TrapKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(kind));
    }
}
