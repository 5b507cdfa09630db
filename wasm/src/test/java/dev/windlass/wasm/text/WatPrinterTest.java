package dev.windlass.wasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ByteWriter;
import dev.windlass.wasm.binary.ModuleReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The look of printed modules, and what is easily lost.
final class WatPrinterTest {
    private static Module module(String text) {
        return WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
    }

    private static String printed(String text) {
        return WatPrinter.print(module(text));
    }

    @Test
    void indentsBlocksAndUsesNames() {
        assertThat(
                        printed(
                                """
                                (module $m
                                  (func $twice (export "twice") (param $x i32) (result i32)
                                    (local $y i64)
                                    (if $done (result i32) (local.get $x)
                                      (then (i32.mul (local.get $x) (i32.const 2)))
                                      (else (br $done (i32.const 0))))))
                                """))
                .isEqualTo(
                        """
                        (module $m
                          (type (;0;) (func (param i32) (result i32)))
                          (func $twice (;0;) (type 0) (param $x i32) (result i32)
                            (local $y i64)
                            local.get $x
                            if $done (result i32)
                              local.get $x
                              i32.const 2
                              i32.mul
                            else
                              i32.const 0
                              br $done
                            end
                          )
                          (export "twice" (func $twice)))
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(module (@name \"\") (func (@name \"a b\")) (func $x) (func $y (@name \"x\")))",
                "(func $\"a b\" call $\"a b\") (func $\"\\u{e4}\") (func $\"\\\"\\\\\")",
                "(func block $l block $l br $l br 1 end end)",
                "(func (param $a i32) (param i32 i64) (param $b f32) (local f64 f64) (local $c i32))",
                "(func (result f32 f64) f32.const nan:0x1 f64.const -nan:0xfffffffffffff)",
                "(func (result f32 f64) f32.const -0x0p+0 f64.const 0x1.fffffffffffffp+1023)",
                "(func (result f32 f64) f32.const 1e-45 f64.const 4.9e-324)",
                "(func (result f32 f64) f32.const inf f64.const -inf)",
                "(memory i64 1 2) (memory 1 1 shared) (memory 4 (pagesize 1))",
                "(memory 0) (memory 0) (func (memory.fill 1 (i32.const 0) (i32.const 0) (i32.const 0)))",
                "(memory 1) (data (i32.const 0) \"\\00\\ff\\\"\\\\\\n\\t ~\\7f\") (data \"\")",
                "(table 1 funcref) (table $t 2 externref) (elem (table 0) (i32.const 0) func)",
                "(func $f) (table 1 (ref func) (ref.func $f)) (elem declare func $f)",
                "(type $s (sub (struct (field $x (mut i8)) (field i64)))) (rec (type $a (array (ref $b)))"
                        + " (type $b (sub final $s (struct (field (mut i8)) (field i64)))))",
                "(@custom \"c\" (before first) \"x\") (@custom \"d\") (@custom \"e\" (after func) \"\\00\")"
                        + " (func) (@custom \"name\" \"not a name section\")",
                "(func (param i32) local.get 0 (@metadata.code.branch_hint \"\\01\") if nop end)",
                "(tag $e (param i32)) (func block (result i32) try_table (catch $e 0) end i32.const 1 end drop)"
            })
    void printsWhatComesBackByteForByte(String text) {
        byte[] bytes = WatParser.parse(text, Features.ALL);
        assertThat(WatParser.parse(printed(text), Features.ALL)).isEqualTo(bytes);
    }

    @Test
    void keepsADamagedNameSection() {
        byte[] bytes =
                ByteWriter.module().customSection("name", new byte[] {1, 99, 1}).toByteArray();
        Module module = ModuleReader.read(bytes, Features.ALL);
        assertThat(WatParser.parse(WatPrinter.print(module), Features.ALL)).isEqualTo(bytes);
    }

    @Test
    void makesDuplicateNamesUnique() {
        assertThat(printed("(func $f) (func (@name \"f\") call $f)"))
                .contains("(func $f (;0;)", "(func $f#1 (@name \"f\") (;1;)", "call $f\n");
    }

    @Test
    void doesNotIndentWithoutEnd() {
        int depth = 5000;
        String text = "(func " + "block ".repeat(depth) + "end ".repeat(depth) + ")";
        assertThat(printed(text).length()).isLessThan(depth * 250);
    }

    @Test
    void printsTextThatIsUtf8() {
        String text = printed("(func (export \"\\u{1F600} \\u{202E}ä\"))");
        assertThat(text).contains("\\u{1f600} \\u{202e}ä");
        assertThat(WatParser.parseModule(text.getBytes(StandardCharsets.UTF_8), Features.ALL))
                .isNotNull();
    }
}
