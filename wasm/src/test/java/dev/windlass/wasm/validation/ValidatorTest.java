package dev.windlass.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Modules;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.binary.ByteWriter;
import dev.windlass.wasm.binary.ModuleReader;
import org.junit.jupiter.api.Test;

/// What the specification's suite does not show: places, names, threads.
final class ValidatorTest {
    @Test
    void errorsNamePlaceAndFunction() {
        byte[] bytes =
                Modules.bytes(
                        "(module (func) (func $oops (drop (i32.add (i32.const 1) (i64.const 2)))))");
        assertThatThrownBy(() -> Modules.valid(bytes))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        e -> {
                            assertThat(e.reason())
                                    .isEqualTo(
                                            "type mismatch: instruction requires [i32] but stack has"
                                                    + " [i64] in function 1 (oops)");
                            assertThat(bytes[(int) e.offset()]).isEqualTo((byte) 0x6A);
                        });
    }

    /// A module with enough code for several threads; `nop` in a body becomes an error.
    private static byte[] large(int functions, int... broken) {
        ByteWriter types = new ByteWriter().u8(0x60).u32(0).u32(0);
        ByteWriter indices = new ByteWriter();
        ByteWriter bodies = new ByteWriter();
        for (int i = 0; i < functions; i++) {
            indices.u32(0);
            ByteWriter body = new ByteWriter().u32(0);
            for (int k = 0; k < 1000; k++) {
                body.opcode(Opcode.NOP);
            }
            for (int b : broken) {
                if (b == i) {
                    body.opcode(Opcode.I32_EQZ);
                }
            }
            bodies.sized(body.opcode(Opcode.END));
        }
        return ByteWriter.module()
                .section(1, Modules.vector(1, types))
                .section(3, Modules.vector(functions, indices))
                .section(10, Modules.vector(functions, bodies))
                .toByteArray();
    }

    @Test
    void theFirstErrorWinsOnManyThreads() {
        Modules.valid(large(3000));
        byte[] bytes = large(3000, 2900, 1500, 700, 701, 2000);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> Modules.valid(bytes)).hasMessageContaining("in function 700 ");
        }
    }

    @Test
    void aWrongLocalIsUnknownWhateverItsSize() {
        for (int index : new int[] {0, 5, 127, 128, 255, 256, 300, 65536, -1}) {
            ByteWriter code = new ByteWriter().opcode(Opcode.LOCAL_GET).u32(index);
            code.opcode(Opcode.DROP);
            for (int i = 0; i < 20; i++) {
                code.opcode(Opcode.NOP);
            }
            assertThatThrownBy(() -> Modules.valid(Modules.withCode(code)))
                    .isInstanceOf(InvalidException.class)
                    .hasMessageStartingWith("unknown local " + Integer.toUnsignedString(index));
        }
    }

    @Test
    void paddedNumbersMeanTheSame() {
        ByteWriter code = new ByteWriter().opcode(Opcode.GLOBAL_GET).paddedU32(0);
        code.opcode(Opcode.GLOBAL_SET).paddedU32(0).opcode(Opcode.CALL).paddedU32(0);
        code.opcode(Opcode.I32_CONST).paddedU32(7).opcode(Opcode.DROP);
        code.opcode(Opcode.I32_CONST).u8(0).opcode(Opcode.I32_LOAD).u8(2).paddedU32(9);
        code.opcode(Opcode.DROP);
        for (int i = 0; i < 20; i++) {
            code.opcode(Opcode.NOP);
        }
        Modules.valid(Modules.withCode(code));
        code.opcode(Opcode.CALL).paddedU32(1);
        for (int i = 0; i < 20; i++) {
            code.opcode(Opcode.NOP);
        }
        assertThatThrownBy(() -> Modules.valid(Modules.withCode(code)))
                .hasMessageStartingWith("unknown function 1");
    }

    @Test
    void localsBeyondTheFirstHundredsKeepTheirTypes() {
        StringBuilder text = new StringBuilder("(module (func (local");
        for (int i = 0; i < 1000; i++) {
            text.append(i % 3 == 0 ? " i32" : i % 3 == 1 ? " i64" : " f32");
        }
        text.append(")");
        for (int i = 0; i < 1000; i++) {
            String type = i % 3 == 0 ? "i32" : i % 3 == 1 ? "i64" : "f32";
            text.append("(drop (").append(type).append(i % 3 == 2 ? ".abs" : ".clz");
            text.append(" (local.get ").append(i).append(")))");
        }
        Modules.valid(text.append("))").toString());
    }

    @Test
    void localsWithoutDefaultMustBeSetFirst() {
        String set = "(local.set 0 (ref.func 0))";
        String get = "(drop (local.get 0))";
        accepts(set + get);
        accepts(set + "(block " + get + ")");
        refuses(get);
        refuses("(block " + set + ")" + get);
        refuses("(if (i32.const 1) (then " + set + ") (else " + get + "))");
    }

    private static String withLocal(String code) {
        return "(module (type $t (func)) (elem declare func 0) (func (type $t) (local (ref $t)) "
                + code
                + "))";
    }

    private static void accepts(String code) {
        Modules.valid(withLocal(code));
    }

    private static void refuses(String code) {
        byte[] bytes = Modules.bytes(withLocal(code));
        assertThatThrownBy(() -> Modules.valid(bytes))
                .isInstanceOf(InvalidException.class)
                .hasMessageStartingWith("uninitialized local");
    }

    @Test
    void anImportedGlobalOfNoTypeIsFoundBeforeItIsRead() {
        ByteWriter imports = new ByteWriter().name("a").name("b").u8(3);
        imports.valType(ValType.ref(true, 36)).u8(0);
        ByteWriter table = new ByteWriter().u8(0x40).u8(0).valType(ValType.ref(true, 0));
        table.u8(0).u32(1).opcode(Opcode.GLOBAL_GET).u32(0).opcode(Opcode.END);
        byte[] bytes =
                ByteWriter.module()
                        .section(1, Modules.vector(1, new ByteWriter().u8(0x60).u32(0).u32(0)))
                        .section(2, Modules.vector(1, imports))
                        .section(4, Modules.vector(1, table))
                        .toByteArray();
        assertThatThrownBy(() -> Modules.valid(bytes))
                .isInstanceOf(InvalidException.class)
                .hasMessageStartingWith("unknown type 36");
    }

    @Test
    void aModuleMayBeValidatedFromManyThreads() throws InterruptedException {
        Module module = ModuleReader.read(large(100), Features.ALL);
        Thread[] threads = new Thread[4];
        WasmException[] errors = new WasmException[threads.length];
        for (int i = 0; i < threads.length; i++) {
            int at = i;
            threads[i] =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    Validator.validate(module);
                                } catch (WasmException e) {
                                    errors[at] = e;
                                }
                            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(errors).containsOnlyNulls();
    }
}
