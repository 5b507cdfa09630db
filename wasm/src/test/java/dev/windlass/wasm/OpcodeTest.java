package dev.windlass.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasm.binary.ByteWriter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every row of the instruction table survives encoding and decoding, and no two are confused.
final class OpcodeTest {
    @ParameterizedTest
    @EnumSource(Opcode.class)
    void comesBackFromItsCode(Opcode op) {
        byte[] bytes = Instructions.write(new ByteWriter(), op).toByteArray();
        Cursor cursor = new Cursor(bytes, 0, bytes.length, Features.ALL);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.opcode).isEqualTo(op);
        assertThat(cursor.position()).isEqualTo(bytes.length);
        assertThat(cursor.next()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Opcode.class)
    void isRefusedWhenCutShort(Opcode op) {
        byte[] bytes = Instructions.write(new ByteWriter(), op).toByteArray();
        for (int end = 1; end < bytes.length; end++) {
            Cursor cursor = new Cursor(bytes, 0, end, Features.ALL);
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(MalformedException.class)
                    .hasMessageMatching("(unexpected end|length out of bounds).*");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Opcode.class)
    void isRefusedWithoutItsFeature(Opcode op) {
        if (op.feature() == Feature.CORE) {
            return;
        }
        byte[] bytes = Instructions.write(new ByteWriter(), op).toByteArray();
        Cursor cursor = new Cursor(bytes, 0, bytes.length, Features.ALL.without(op.feature()));
        assertThatThrownBy(cursor::next)
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("illegal opcode")
                .hasMessageContaining(op.feature().text());
    }

    @Test
    void codesAreDistinct() {
        Set<Integer> codes = new HashSet<>();
        for (Opcode op : Opcode.values()) {
            assertThat(codes.add(op.code())).as(op.text()).isTrue();
            assertThat(Opcode.of(op.prefix(), op.subCode())).isEqualTo(op);
        }
    }

    @Test
    void unknownCodesAreRefused() {
        for (int b = 0; b < 256; b++) {
            if (Opcode.of(0, b) == null && (b < 0xFB || b > 0xFE)) {
                Cursor cursor = new Cursor(new byte[] {(byte) b}, 0, 1, Features.ALL);
                assertThatThrownBy(cursor::next)
                        .hasMessageStartingWith("illegal opcode " + Integer.toHexString(b));
            }
        }
    }
}
