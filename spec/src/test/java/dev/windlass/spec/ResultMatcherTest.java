package dev.windlass.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.V128;
import dev.windlass.wasm.text.Command;
import dev.windlass.wasm.text.ScriptParser;
import dev.windlass.wasm.text.ScriptValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A result that only looks like the right one must never pass.
final class ResultMatcherTest {
    private static boolean matches(String patterns, Object... results) {
        String script = "(assert_return (invoke \"f\") " + patterns + ")";
        Command command = ScriptParser.parse(script.getBytes(StandardCharsets.UTF_8)).getFirst();
        assertThat(command).isInstanceOf(Command.AssertReturn.class);
        return ResultMatcher.matches(results, ((Command.AssertReturn) command).results());
    }

    @Test
    void comparesNumbersByTypeAndBits() {
        assertThat(matches("(i32.const -1)", -1)).isTrue();
        assertThat(matches("(i32.const 1)", 1L)).isFalse();
        assertThat(matches("(i64.const 1)", 1)).isFalse();
        assertThat(matches("(f32.const 0)", -0.0f)).isFalse();
        assertThat(matches("(f64.const -0)", 0.0)).isFalse();
        assertThat(matches("(i32.const 1)")).isFalse();
        assertThat(matches("", 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "7fc00000, true, true",
        "ffc00000, true, true",
        "7fc00001, false, true",
        "7f800001, false, false",
        "7fa00000, false, false",
        "7f800000, false, false",
        "00000000, false, false"
    })
    void tellsNansOf32BitsApart(String bits, boolean canonical, boolean arithmetic) {
        Float value = Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
        assertThat(matches("(f32.const nan:canonical)", value)).isEqualTo(canonical);
        assertThat(matches("(f32.const nan:arithmetic)", value)).isEqualTo(arithmetic);
        assertThat(matches("(f64.const nan:arithmetic)", value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "7ff8000000000000, true, true",
        "fff8000000000000, true, true",
        "7ff8000000000001, false, true",
        "7ff0000000000001, false, false",
        "7ff4000000000000, false, false",
        "3ff0000000000000, false, false"
    })
    void tellsNansOf64BitsApart(String bits, boolean canonical, boolean arithmetic) {
        Double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(matches("(f64.const nan:canonical)", value)).isEqualTo(canonical);
        assertThat(matches("(f64.const nan:arithmetic)", value)).isEqualTo(arithmetic);
    }

    @Test
    void comparesVectorsLaneByLane() {
        V128 ones = new V128(0x3F80_0000_3F80_0000L, 0x7FC0_0000_3F80_0000L);
        assertThat(matches("(v128.const f32x4 1 1 1 nan:canonical)", ones)).isTrue();
        assertThat(matches("(v128.const f32x4 1 1 nan:canonical 1)", ones)).isFalse();
        assertThat(matches("(v128.const i64x2 0x3F8000003F800000 0x7FC000003F800000)", ones))
                .isTrue();
        assertThat(matches("(v128.const i8x16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0)", ones)).isFalse();
    }

    @Test
    void comparesReferences() {
        Object[] none = {null};
        assertThat(matches("(ref.null)", none)).isTrue();
        assertThat(matches("(ref.null extern)", none)).isTrue();
        assertThat(matches("(ref.null)", 0)).isFalse();
        assertThat(matches("(ref.extern)", none)).isFalse();
        assertThat(matches("(ref.extern 1)", new ScriptValue.RefExtern(1))).isTrue();
        assertThat(matches("(ref.extern 1)", new ScriptValue.RefExtern(2))).isFalse();
        assertThat(matches("(ref.func)", 1)).isFalse();
        assertThat(matches("(ref.struct)", "anything")).isFalse();
    }

    @Test
    void takesOneOfSeveral() {
        assertThat(matches("(either (i32.const 1) (i32.const 2))", 2)).isTrue();
        assertThat(matches("(either (i32.const 1) (i32.const 2))", 3)).isFalse();
    }
}
