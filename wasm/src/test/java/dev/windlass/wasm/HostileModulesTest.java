package dev.windlass.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasm.binary.ByteWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Modules that mean harm: nothing but a [WasmException] comes back, soon.
@Timeout(60)
final class HostileModulesTest {
    private static List<String> seeds() {
        return List.of(
                "(module (type (func (param i32) (result i32))) (import \"a\" \"b\" (func (type 0)))"
                        + "(import \"a\" \"m\" (memory 1 2)) (table 2 4 funcref) (global (mut i64)"
                        + " (i64.const 7)) (export \"f\" (func 1)) (elem (i32.const 0) 1)"
                        + "(func (type 0) (local i32 f64) (block (result i32) (br_table 0 0 0"
                        + " (i32.const 1) (local.get 0)))) (data (i32.const 0) \"xyz\"))",
                "(module (rec (type $s (sub (struct (field (mut i32)) (field (ref null $a)))))"
                        + "(type $a (array (mut i8)))) (type $t (sub $s (struct (field (mut i32))"
                        + "(field (ref null $a)) (field i64)))) (func (param (ref $s)) (result i32)"
                        + "(local (ref $a)) (local.set 1 (array.new_default $a (i32.const 3)))"
                        + "(drop (ref.cast (ref null $t) (local.get 0)))"
                        + "(struct.get $s 0 (local.get 0))))",
                "(module (tag $e (param i32)) (func (result i32) (block $h (result i32)"
                        + "(try_table (catch $e $h) (throw $e (i32.const 1))) (i32.const 2))))",
                "(module (tag $e (param i32)) (func (result i32) (try (result i32) (do"
                        + "(throw $e (i32.const 1))) (catch $e) (catch_all (rethrow 0)))))",
                "(module (memory i64 1 4 shared) (memory 1 (pagesize 1)) (func (result v128)"
                        + "(drop (i32.atomic.rmw.add offset=8 (i64.const 0) (i32.const 1)))"
                        + "(i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31"
                        + "(v128.load64_lane 1 1 (i32.const 0) (v128.const i64x2 1 2))"
                        + "(v128.const f32x4 1 2 3 4))))",
                "(module (type $f (func (param i32) (result i32))) (table $t 1 (ref null $f))"
                        + "(elem declare func 0) (elem $e (ref null $f) (ref.func 0) (ref.null $f))"
                        + "(func (type $f) (return_call_ref $f (local.get 0) (ref.func 0)))"
                        + "(func (param (ref null $f)) (result i32) (block $n"
                        + "(return (call_ref $f (i32.const 1) (br_on_null $n (local.get 0)))))"
                        + "(table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1))"
                        + "(i32.const 0)))");
    }

    /// Anything but a [WasmException] fails the test.
    private static void survives(byte[] bytes) {
        try {
            Modules.valid(bytes);
        } catch (WasmException e) {
            assertThat(e.reason()).isNotBlank();
            assertThat(e.offset()).isBetween(0L, (long) bytes.length);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPrefixIsHandled(String text) {
        byte[] bytes = Modules.bytes(text);
        Modules.valid(bytes);
        for (int length = 0; length < bytes.length; length++) {
            survives(Arrays.copyOf(bytes, length));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyByteMayBeAnything(String text) {
        byte[] bytes = Modules.bytes(text);
        for (int at = 0; at < bytes.length; at++) {
            byte was = bytes[at];
            for (int b = 0; b < 256; b++) {
                bytes[at] = (byte) b;
                survives(bytes.clone());
            }
            bytes[at] = was;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void hugeNumbersMayStandAnywhere(String text) {
        byte[] bytes = Modules.bytes(text);
        byte[] huge = new ByteWriter().u32(-1).toByteArray();
        for (int at = 8; at < bytes.length; at++) {
            byte[] copy = Arrays.copyOf(bytes, bytes.length + 8);
            System.arraycopy(bytes, at, copy, at + huge.length, bytes.length - at);
            System.arraycopy(huge, 0, copy, at, huge.length);
            survives(copy);
        }
    }

    @Test
    void manyLocalsInManyFunctionsTakeLittleTime() {
        int count = 500_000;
        ByteWriter functions = new ByteWriter();
        ByteWriter bodies = new ByteWriter();
        ByteWriter body = new ByteWriter().u32(1).u32(ImplementationLimits.LOCALS).u8(0x7F);
        body.u8(0x0B);
        for (int i = 0; i < count; i++) {
            functions.u32(0);
            bodies.sized(body);
        }
        ByteWriter types = new ByteWriter().u8(0x60).u32(0).u32(0);
        byte[] bytes =
                ByteWriter.module()
                        .section(1, Modules.vector(1, types))
                        .section(3, Modules.vector(count, functions))
                        .section(10, Modules.vector(count, bodies))
                        .toByteArray();
        Modules.valid(bytes);
    }

    @Test
    void tooManyLocalsAreRefused() {
        ByteWriter body = new ByteWriter().u32(1).u32(ImplementationLimits.LOCALS + 1).u8(0x7F);
        refuses(withBody(body.u8(0x0B)), "too many locals");
    }

    private static byte[] withBody(ByteWriter body) {
        ByteWriter types = new ByteWriter().u8(0x60).u32(0).u32(0);
        return ByteWriter.module()
                .section(1, Modules.vector(1, types))
                .section(3, Modules.vector(1, new ByteWriter().u32(0)))
                .section(10, Modules.vector(1, new ByteWriter().sized(body)))
                .toByteArray();
    }

    private static void refuses(byte[] bytes, String reason) {
        assertThatThrownBy(() -> Modules.valid(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void deepNestingIsRefusedNotRecursedInto() {
        ByteWriter body = new ByteWriter().u32(0);
        for (int i = 0; i < 2_000_000; i++) {
            body.opcode(Opcode.BLOCK).u8(0x40);
        }
        refuses(withBody(body), "too many nested blocks");
    }

    @Test
    void deepNestingBelowTheLimitIsFine() {
        int depth = 50_000;
        ByteWriter body = new ByteWriter().u32(0);
        for (int i = 0; i < depth; i++) {
            body.opcode(Opcode.BLOCK).u8(0x40);
        }
        for (int i = 0; i <= depth; i++) {
            body.opcode(Opcode.END);
        }
        Modules.valid(withBody(body));
    }

    @Test
    void aStackOfMillionsIsRefused() {
        ByteWriter body = new ByteWriter().u32(0);
        for (int i = 0; i < 2_000_000; i++) {
            body.opcode(Opcode.I32_CONST).u8(0);
        }
        refuses(withBody(body), "too many operands");
    }

    @Test
    void countsAreNotTrusted() {
        for (int section = 1; section <= 13; section++) {
            byte[] bytes =
                    ByteWriter.module()
                            .section(section, new ByteWriter().u32(0x0FFF_FFFF))
                            .toByteArray();
            assertThatThrownBy(() -> Modules.valid(bytes)).isInstanceOf(WasmException.class);
        }
    }

    @Test
    void longChainsOfSupertypesAreRefused() {
        int count = 1000;
        ByteWriter types = new ByteWriter().u8(0x50).u32(0).u8(0x5F).u32(0);
        for (int i = 1; i < count; i++) {
            types.u8(0x50).u32(1).u32(i - 1).u8(0x5F).u32(0);
        }
        refuses(
                ByteWriter.module().section(1, Modules.vector(count, types)).toByteArray(),
                "too many supertypes");
    }
}
