package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Faults that other engines had (docs/faults.md), each as a small program, at every level and in
/// both memory modes.
final class KnownFaultsTest {
    private static final int PAGE = 65_536;

    @BeforeAll
    static void thereIsLlvm() {
        String obstacle = new LlvmEngine().obstacle();
        assumeTrue(obstacle == null, () -> "no native code: " + obstacle);
    }

    // Accesses.

    private static String operands(Opcode op) {
        String signature = String.valueOf(op.typing().signature());
        return signature.substring(0, signature.indexOf(':'));
    }

    private static boolean hasResult(Opcode op) {
        return !String.valueOf(op.typing().signature()).endsWith(":");
    }

    private static List<Opcode> accesses() {
        return Stream.of(Opcode.values())
                .filter(op -> op.typing().width() > 0 && !op.text().startsWith("memory."))
                .toList();
    }

    /// A function for each access, by the instruction's name; its parameter is the index.
    private static String accessing(List<Opcode> ops) {
        StringBuilder text = new StringBuilder("(module (memory (export \"m\") 1)\n");
        for (Opcode op : ops) {
            text.append("(func (export \"").append(op.name()).append("\") (param i32)");
            text.append(" local.get 0");
            for (char type : operands(op).substring(1).toCharArray()) {
                text.append(' ').append(zero(type));
            }
            text.append(' ').append(op.text());
            text.append(op.text().endsWith("_lane") ? " 0" : "");
            text.append(hasResult(op) ? " drop" : "").append(")\n");
        }
        return text.append(')').toString();
    }

    private static String zero(char type) {
        return switch (type) {
            case 'i' -> "i32.const 0";
            case 'l' -> "i64.const 0";
            case 'f' -> "f32.const 0";
            case 'd' -> "f64.const 0";
            default -> "v128.const i64x2 0 0";
        };
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void anAccessWhoseResultIsDroppedStillTraps(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(accessing(accesses()));
            for (Opcode op : accesses()) {
                String name = op.name();
                program.call(instance, name, 64);
                for (int index : new int[] {PAGE, -64, Integer.MIN_VALUE}) {
                    Program.assertTraps(
                            TrapKind.MEMORY_OUT_OF_BOUNDS,
                            op.text() + " at " + index,
                            () -> program.call(instance, name, index));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aStoreAcrossTheEndWritesNothing(CompileOptions way) {
        List<Opcode> stores =
                accesses().stream()
                        .filter(op -> !hasResult(op) && !op.typing().isAtomic())
                        .toList();
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(accessing(stores));
            long end = Program.base(instance) + PAGE;
            for (Opcode op : stores) {
                for (int over = 1; over < op.typing().width(); over++) {
                    Raw.putLong(end - 16, -1);
                    Raw.putLong(end - 8, -1);
                    int index = PAGE - op.typing().width() + over;
                    Program.assertTraps(
                            TrapKind.MEMORY_OUT_OF_BOUNDS,
                            op.text(),
                            () -> program.call(instance, op.name(), index));
                    assertThat(Raw.getLong(end - 16) & Raw.getLong(end - 8))
                            .as("%s at %d", op.text(), index)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void atomicAccessesThatAreNotAlignedTrap(CompileOptions way) {
        List<Opcode> atomics =
                accesses().stream()
                        .filter(op -> op.typing().isAtomic() && op.typing().width() > 1)
                        .toList();
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(accessing(atomics));
            for (Opcode op : atomics) {
                for (int index = 1; index < op.typing().width(); index++) {
                    int unaligned = index;
                    Program.assertTraps(
                            TrapKind.UNALIGNED_ATOMIC,
                            op.text() + " at " + index,
                            () -> program.call(instance, op.name(), unaligned));
                }
            }
        }
    }

    private static final String OFFSETS =
            """
            (module (memory (export "m") PAGES)
              (func (export "size") (result i32) memory.size)
              (func (export "near") (param i32) (result i32) (i32.load8_u (local.get 0)))
              (func (export "far") (param i32) (result i32)
                (i32.load8_u offset=0x80000000 (local.get 0)))
              (func (export "farthest") (param i32) (result i32)
                (i32.load8_u offset=0xffffffff (local.get 0)))
              (func (export "vector") (param i32) (result i64)
                (i64x2.extract_lane 1 (v128.load offset=0x80000000 (local.get 0))))
              (func (export "store") (param i32)
                (i32.store8 offset=0x80000000 (local.get 0) (i32.const 77))))
            """;

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void offsetsAreNeverNegativeAndSumsNeverWrap(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance small = program.instance(OFFSETS.replace("PAGES", "1"));
            for (String name : List.of("far", "farthest", "vector", "store")) {
                for (long index : new long[] {0, 1, 0x7FFF_FFFF, 0x8000_0000L, 0xFFFF_FFFFL}) {
                    Program.assertTraps(
                            TrapKind.MEMORY_OUT_OF_BOUNDS,
                            name + " at " + index,
                            () -> program.call(small, name, index));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aMemoryMayHaveAllOfTheSmallAddressSpace(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance large = program.instance(OFFSETS.replace("PAGES", "65536"));
            assertThat(program.callI32(large, "size")).isEqualTo(65_536);
            program.call(large, "store", 0x7FFF_FFFF);
            assertThat(program.callI32(large, "near", -1)).isEqualTo(77);
            assertThat(program.callI32(large, "far", 0x7FFF_FFFF)).isEqualTo(77);
            assertThat(program.callI32(large, "farthest", 0)).isEqualTo(77);
            assertThat(program.call(large, "vector", 0x7FFF_FFF0)).isEqualTo(77L << 56);
            for (String name : List.of("far", "store")) {
                Program.assertTraps(
                        TrapKind.MEMORY_OUT_OF_BOUNDS,
                        name,
                        () -> program.call(large, name, 0x8000_0000L));
            }
            Program.assertTraps(
                    TrapKind.MEMORY_OUT_OF_BOUNDS,
                    "vector",
                    () -> program.call(large, "vector", 0x7FFF_FFF1));
            Program.assertTraps(
                    TrapKind.MEMORY_OUT_OF_BOUNDS,
                    "farthest",
                    () -> program.call(large, "farthest", 1));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void everyBitOfA64BitIndexCounts(CompileOptions way) {
        String text =
                """
                (module (memory (export "m") i64 1) (memory i64 1)
                  (func (export "load") (param i64) (result i32) (i32.load (local.get 0)))
                  (func (export "other") (param i64) (result i32) (i32.load 1 (local.get 0)))
                  (func (export "wrap") (param i64) (result i32)
                    (i32.load offset=0xffffffffffffffff (local.get 0)))
                  (func (export "half") (param i64) (result i32)
                    (i32.load offset=0x100000000 (local.get 0)))
                  (func (export "vector") (param i64) (result i32)
                    (i32x4.extract_lane 0 (v128.load offset=0xfffffffffffffff8 (local.get 0))))
                  (func (export "add") (param i64) (result i32)
                    (i32.atomic.rmw.add offset=0xfffffffffffffff8 (local.get 0) (i32.const 1)))
                  (func (export "fill") (param i64)
                    (memory.fill (local.get 0) (i32.const 1) (i64.const 16))))
                """;
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(text);
            assertThat(program.callI32(instance, "load", 65_532)).isZero();
            for (String name : List.of("load", "other", "wrap", "half", "vector", "add", "fill")) {
                for (int shift = 16; shift < 64; shift++) {
                    long index = 1L << shift;
                    Program.assertTraps(
                            TrapKind.MEMORY_OUT_OF_BOUNDS,
                            name + " at " + index,
                            () -> program.call(instance, name, index));
                }
                Program.assertTraps(
                        TrapKind.MEMORY_OUT_OF_BOUNDS,
                        name + " at -8",
                        () -> program.call(instance, name, -8));
            }
            for (String name : List.of("wrap", "vector", "add")) {
                for (long index : new long[] {8, 16, 64}) {
                    Program.assertTraps(
                            TrapKind.MEMORY_OUT_OF_BOUNDS,
                            name + " at " + index,
                            () -> program.call(instance, name, index));
                }
            }
        }
    }

    /// Neither the host's slots nor a register's upper half are part of an i32.
    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void theUpperHalfOfAnI32IsNeverTrusted(CompileOptions way) {
        String text =
                """
                (module (memory (export "m") 1) (table funcref (elem $load))
                  (func $load (export "load") (param i32) (result i32) (i32.load (local.get 0)))
                  (func (export "wrap") (param i64) (result i32)
                    (i32.load (i32.wrap_i64 (local.get 0))))
                  (func (export "pass") (param i64) (result i32)
                    (call $load (i32.wrap_i64 (local.get 0))))
                  (func (export "indirect") (param i64) (result i32)
                    (call_indirect (param i32) (result i32)
                      (i32.wrap_i64 (local.get 0)) (i32.wrap_i64 (i64.const 0x700000000)))))
                """;
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(text);
            Raw.putInt(Program.base(instance) + 8, 4711);
            for (String name : List.of("load", "wrap", "pass", "indirect")) {
                for (long upper : new long[] {0, 1, 0x7FFF_FFFF, 0xFFFF_FFFFL}) {
                    assertThat(program.callI32(instance, name, upper << 32 | 8))
                            .as("%s, %x", name, upper)
                            .isEqualTo(4711);
                }
            }
        }
    }

    // Numbers.

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void shiftCountsMayBeAnyConstant(CompileOptions way) {
        int[] counts = {0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, -1, -8};
        StringBuilder text = new StringBuilder("(module\n");
        List<String> names = new ArrayList<>();
        for (String op : List.of("shl", "shr_s", "shr_u", "rotl", "rotr")) {
            for (int count : counts) {
                scalarShift(text, names, op, count);
                if (op.startsWith("sh")) {
                    vectorShifts(text, names, op, count);
                }
            }
        }
        String module = text.append(')').toString();
        try (Program compiled = new Program(way);
                Program interpreted = new Program(way.withInterpreted(f -> true))) {
            ModuleInstance actual = compiled.instance(module);
            ModuleInstance expected = interpreted.instance(module);
            for (String name : names) {
                assertThat(compiled.call(actual, name))
                        .as(name)
                        .isEqualTo(interpreted.call(expected, name));
            }
        }
    }

    private static void scalarShift(StringBuilder text, List<String> names, String op, int count) {
        names.add("i64." + op + count);
        text.append("(func (export \"i64.%s%d\") (result i64)".formatted(op, count));
        text.append(
                " (i64.xor (i64.%s (i64.const -0x0123456789abcdf) (i64.const %d))"
                        .formatted(op, count));
        text.append(
                " (i64.extend_i32_u (i32.%s (i32.const -0x1234567) (i32.const %d)))))\n"
                        .formatted(op, count));
    }

    private static void vectorShifts(StringBuilder text, List<String> names, String op, int count) {
        for (String shape : List.of("i8x16", "i16x8", "i32x4", "i64x2")) {
            names.add(shape + op + count);
            text.append("(func (export \"%s%s%d\") (result i64)".formatted(shape, op, count));
            text.append(" (i64x2.extract_lane 1 (%s.%s".formatted(shape, op));
            text.append(
                    " (v128.const i64x2 1 0x81c2e3f48596a7b8) (i32.const %d))))\n"
                            .formatted(count));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void signallingNaNsAreMovedAsTheyAreAndQuietedByArithmetic(CompileOptions way) {
        String text =
                """
                (module
                  (global $g (mut f32) (f32.const nan:0x200000))
                  (func (export "constant") (result i32)
                    (i32.reinterpret_f32 (f32.const nan:0x200000)))
                  (func (export "global") (result i32) (i32.reinterpret_f32 (global.get $g)))
                  (func $id (param f32) (result f32) (local.get 0))
                  (func (export "call") (result i32)
                    (i32.reinterpret_f32 (call $id (f32.const nan:0x200000))))
                  (func (export "wide") (result i64)
                    (i64.reinterpret_f64 (f64.const nan:0x4000000000000)))
                  (func (export "by one") (param f32) (result i32)
                    (i32.reinterpret_f32 (f32.mul (local.get 0) (f32.const 1))))
                  (func (export "less zero") (param f32) (result i32)
                    (i32.reinterpret_f32 (f32.sub (local.get 0) (f32.const 0))))
                  (func (export "over one") (param f32) (result i32)
                    (i32.reinterpret_f32 (f32.div (local.get 0) (f32.const 1))))
                  (func (export "there and back") (param f32) (result i32)
                    (i32.reinterpret_f32 (f32.demote_f64 (f64.promote_f32 (local.get 0))))))
                """;
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(text);
            for (String name : List.of("constant", "global", "call")) {
                assertThat(program.callI32(instance, name)).as(name).isEqualTo(0x7FA0_0000);
            }
            assertThat(program.call(instance, "wide")).isEqualTo(0x7FF4_0000_0000_0000L);
            for (String name : List.of("by one", "less zero", "over one", "there and back")) {
                assertThat(program.callI32(instance, name, 0x7FA0_0000) & 0x7FC0_0000)
                        .as(name)
                        .isEqualTo(0x7FC0_0000);
            }
        }
    }

    /// LLVM's instruction for Galois fields, as a shift by zero, sets the top bits.
    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aShiftOfBytesByAZeroThatIsFoundLateChangesNothing(CompileOptions way) {
        String text =
                """
                (module (func (export "shift") (param i64) (result i64)
                  (i64x2.extract_lane 0
                    (i8x16.shr_s
                      (i64x2.splat (local.get 0))
                      (i8x16.all_true (v128.const i64x2 -1 0))))))
                """;
        try (Program program = new Program(way)) {
            long value = 0x8070_6050_4030_2010L;
            assertThat(program.call(program.instance(text), "shift", value)).isEqualTo(value);
        }
    }

    /// Selections of floats, one in the other, that differ for a NaN: by one instruction, by a mask,
    /// within a conversion, of scalars, and by branches.
    private static final String SELECTIONS =
            """
            (module
              (func (export "vectors") (param $x v128) (result i32)
                (i32x4.extract_lane 1
                  (f32x4.pmax (v128.const f32x4 0 0 0 0)
                    (f32x4.pmax (local.get $x) (v128.const f32x4 0 0 0 0)))))
              (func (export "masks") (param $x v128) (result i32) (local $y v128) (local $z v128)
                (local.set $y
                  (v128.bitselect (local.get $z) (local.get $x)
                    (f32x4.lt (local.get $x) (local.get $z))))
                (i32x4.extract_lane 1
                  (v128.bitselect (local.get $y) (local.get $z)
                    (f32x4.gt (local.get $y) (local.get $z)))))
              (func (export "trunc") (param $x v128) (result i32)
                (i32x4.extract_lane 1
                  (i32x4.trunc_sat_f32x4_u
                    (f32x4.pmax (local.get $x) (v128.const f32x4 0 0 0 0)))))
              (func (export "scalars") (param $x v128) (result i32) (local $a f32)
                (local.set $a (f32x4.extract_lane 1 (local.get $x)))
                (local.set $a
                  (select (f32.const 7) (local.get $a) (f32.lt (local.get $a) (f32.const 7))))
                (i32.reinterpret_f32
                  (select (local.get $a) (f32.const 7) (f32.gt (local.get $a) (f32.const 7)))))
              (func (export "branches") (param $x v128) (result i32) (local $a f32) (local $b f32)
                (local.set $a (f32x4.extract_lane 1 (local.get $x)))
                (local.set $b (f32.convert_i32_s (i32x4.extract_lane 1 (local.get $x))))
                (if (f32.gt (local.get $a) (local.get $b))
                  (then (local.set $a (local.get $b))))
                (if (result i32) (f32.lt (local.get $a) (local.get $b))
                  (then (i32.reinterpret_f32 (local.get $a)))
                  (else (i32.reinterpret_f32 (local.get $b))))))
            """;

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aSelectionThatLeavesANanOutIsNotOneThatTakesIt(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(SELECTIONS);
            long nan = 0x7FC0_0000_7FC0_0000L;
            for (String name : List.of("vectors", "masks", "trunc")) {
                assertThat(program.callI32(instance, name, nan, nan)).as(name).isZero();
            }
            assertThat(program.callI32(instance, "scalars", nan, nan))
                    .isEqualTo(Float.floatToRawIntBits(7));
            assertThat(program.callI32(instance, "branches", nan, nan))
                    .isEqualTo(Float.floatToRawIntBits(0x7FC0_0000));
        }
    }

    /// Loads of which a selection may take no notice: of each type, and with a comparison of the
    /// loaded value.
    private static final String SELECTED_LOADS =
            """
            (module (memory 1)
              (func (export "i32") (param i32 i32) (result i32)
                (select (i32.load (local.get 0)) (i32.const 7) (local.get 1)))
              (func (export "i64") (param i32 i32) (result i64)
                (select (i64.load (local.get 0)) (i64.const 7) (local.get 1)))
              (func (export "f64") (param i32 i32) (result f64)
                (select (f64.load (local.get 0)) (f64.const 7) (local.get 1)))
              (func (export "i16") (param i32 i32) (result i32)
                (select (i32.const 7) (i32.load16_s (local.get 0)) (i32.eqz (local.get 1))))
              (func (export "v128") (param i32 i32) (result i32)
                (i32x4.extract_lane 1
                  (select (v128.load (local.get 0)) (v128.const i32x4 7 7 7 7) (local.get 1))))
              (func (export "both") (param i32 i32) (result i32)
                (select (i32.load (local.get 0)) (i32.load (i32.const 8)) (local.get 1)))
              (func (export "atomic") (param i32 i32) (result i32)
                (select (i32.atomic.load (local.get 0)) (i32.const 7) (local.get 1)))
              (func (export "least") (param i32 i32) (result i32) (local $x i32)
                (local.set $x (i32.load (local.get 0)))
                (select (local.get $x) (local.get 1) (i32.lt_u (local.get $x) (local.get 1)))))
            """;

    /// LLVM jumps round the load of a conditional move, which others wrote as a load before it.
    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aLoadTrapsThoughItsValueIsNotSelected(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(SELECTED_LOADS);
            for (String name :
                    List.of("i32", "i64", "f64", "i16", "v128", "both", "atomic", "least")) {
                for (long condition = 0; condition <= 1; condition++) {
                    long taken = condition;
                    program.call(instance, name, 0, taken);
                    Program.assertTraps(
                            TrapKind.MEMORY_OUT_OF_BOUNDS,
                            name + " selected " + taken,
                            () -> program.call(instance, name, 65536, taken));
                }
            }
        }
    }
}
