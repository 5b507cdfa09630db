package dev.windlass.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each part of the language can be switched off, and then what it brings is refused.
final class FeaturesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MUTABLE_GLOBALS | (global (export "g") (mut i32) (i32.const 0))
                    MUTABLE_GLOBALS | (import "a" "b" (global (mut i32)))
                    MULTI_VALUE | (func (result i32 i32) unreachable)
                    MULTI_VALUE | (func i32.const 0 (block (param i32) drop))
                    BULK_MEMORY | (memory 1) (data "x")
                    BULK_MEMORY | (memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))
                    REFERENCE_TYPES | (table 1 funcref) (table 1 funcref)
                    REFERENCE_TYPES | (table 1 externref)
                    REFERENCE_TYPES | (func (result externref) unreachable)
                    SIMD | (func (param v128))
                    SIMD | (func (drop (v128.const i64x2 0 0)))
                    RELAXED_SIMD | (func (param v128) (drop (i8x16.relaxed_swizzle (local.get 0) (local.get 0))))
                    TAIL_CALL | (func return_call 0)
                    EXTENDED_CONST | (global i32 (i32.add (i32.const 0) (i32.const 0)))
                    EXCEPTIONS | (func (result exnref) unreachable)
                    LEGACY_EXCEPTIONS | (func (try (do) (catch_all)))
                    MULTI_MEMORY | (memory 1) (memory 1)
                    MEMORY64 | (memory i64 1)
                    MEMORY64 | (table i64 1 funcref)
                    FUNCTION_REFERENCES | (type (func)) (func (param (ref null 0)))
                    FUNCTION_REFERENCES | (table 1 funcref (ref.null func))
                    GC | (type (struct))
                    GC | (rec (type (func)) (type (func)))
                    GC | (func (param anyref))
                    GC | (type (sub (func)))
                    THREADS | (memory 1 1 shared)
                    THREADS | (func atomic.fence)
                    CUSTOM_PAGE_SIZES | (memory 1 (pagesize 1))
                    WIDE_ARITHMETIC | (func (param i64 i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 1)))
                    SIGN_EXTENSION | (func (drop (i32.extend8_s (i32.const 0))))
                    SATURATING_FLOAT_TO_INT | (func (drop (i32.trunc_sat_f32_s (f32.const 0))))
                    """)
    void isRefusedWhenOff(Feature feature, String fields) {
        byte[] bytes = Modules.bytes("(module " + fields + ")");
        Modules.valid(bytes);
        assertThatThrownBy(() -> Modules.valid(bytes, Features.ALL.without(feature)))
                .isInstanceOf(WasmException.class);
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void theFirstLanguageNeedsNone(Feature feature) {
        Features features = Features.ALL;
        for (Feature f : Feature.values()) {
            features = f == Feature.CORE ? features : features.without(f);
        }
        byte[] bytes =
                Modules.bytes(
                        "(module (memory 1) (table 1 funcref) (elem (i32.const 0) 0)"
                                + "(global i32 (i32.const 1)) (data (i32.const 0) \"x\")"
                                + "(func (export \"f\") (param i32) (result i32)"
                                + "(call_indirect (param i32) (result i32) (local.get 0)"
                                + " (i32.load (i32.const 4)))))");
        assertThat(Modules.valid(bytes, features.with(feature)).functionCount()).isEqualTo(1);
    }

    @Test
    void coreStaysOn() {
        assertThatThrownBy(() -> Features.ALL.without(Feature.CORE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Feature.RELAXED_SIMD.text())
                .isEqualTo("RELAXED_SIMD".toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
