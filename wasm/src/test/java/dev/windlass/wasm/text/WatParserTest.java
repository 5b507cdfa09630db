package dev.windlass.wasm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.binary.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts as people write them, and as attackers do.
final class WatParserTest {
    private static final byte[] EMPTY = ByteWriter.module().toByteArray();

    private static byte[] parse(String text) {
        return WatParser.parse(text, Features.ALL);
    }

    private static WasmException refusal(String text) {
        try {
            WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
        } catch (WasmException e) {
            return e;
        }
        throw new AssertionError("accepted: " + text);
    }

    // Forms that mean the same.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(func i32.const 1 i32.const 2 i32.add drop)"
                        + "|(module (func (drop (i32.add (i32.const 1) (i32.const 2)))))",
                "(func (export \"f\"))|(func) (export \"f\" (func 0))",
                "(import \"m\" \"f\" (func (param i32)))|(func (import \"m\" \"f\") (param i32))",
                "(memory (data \"ab\"))|(memory 1 1) (data (i32.const 0) \"ab\")",
                "(table funcref (elem 0)) (func)"
                        + "|(table 1 1 funcref) (elem (i32.const 0) func 0) (func)",
                "(memory 1) (func (drop (i32.load (i32.const 0))))"
                        + "|(memory 1) (func (drop (i32.load offset=0 align=4 (i32.const 0))))",
                "(func (param i32 i32))|(type (func (param i32) (param i32))) (func (type 0))",
                "(func (block (result i32) (i32.const 1)) drop)"
                        + "|(func block (result i32) i32.const 1 end drop)",
                "(func (if (i32.const 1) (then nop) (else nop)))"
                        + "|(func i32.const 1 if nop else nop end)",
                "(module quote \"(func\" \" nop)\")|(func nop)",
                "(module binary \"\\00asm\" \"\\01\\00\\00\\00\")|(module)",
                "(data (offset (i32.const 0)) \"a\") (memory 1)"
                        + "|(data (memory 0) (i32.const 0) \"a\") (memory 1)"
            })
    void givesTheSameBytes(String one, String other) {
        assertThat(parse(one)).isEqualTo(parse(other));
    }

    @Test
    void takesNamesFromIdentifiers() {
        String names =
                new String(
                        parse("(module $m (func $f (param $p i32) (block $b)) (memory $q 0))"),
                        StandardCharsets.ISO_8859_1);
        assertThat(names)
                .endsWith(
                        "\u0001m\u0001\u0004\u0001\0\u0001f\u0002\u0006\u0001\0\u0001\0\u0001p"
                                + "\u0003\u0006\u0001\0\u0001\0\u0001b\u0006\u0004\u0001\0\u0001q");
    }

    @Test
    void readsEveryKeywordOfTheTable() {
        for (Opcode opcode : Opcode.values()) {
            assertThat(Keywords.opcode(opcode.text())).isNotNull();
            assertThat(Keywords.isKnown(opcode.text())).isTrue();
        }
        List<Opcode> second =
                Arrays.stream(Opcode.values())
                        .filter(op -> Keywords.opcode(op.text()) != op)
                        .toList();
        assertThat(second)
                .containsExactly(Opcode.SELECT_TYPED, Opcode.REF_TEST_NULL, Opcode.REF_CAST_NULL);
        assertThat(second).allMatch(op -> Keywords.twin(op) == op);
    }

    // Places of errors.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(func\\n  i32.cnst 1)|2|3|unknown operator i32.cnst",
                "(func (result i32)\\n  (i64.const 1))|2|16|type mismatch",
                "(func)\\n(func $f\\n  call 7)|3|3|unknown function",
                "(func $a)\\n  (func $a)|2|9|duplicate func $a",
                "(func (;ä;) foo)|1|13|unknown operator foo",
                "(memory 1)\\n(data (i32.const 0) \\\"\\\\zz\\\")|2|22|illegal escape",
                "(type $s (sub (struct)))\\n(type (sub final 5 (struct)))|2|1|unknown type 5",
                "(func\\n|2|1|unexpected token"
            })
    void saysWhere(String text, int line, int column, String reason) {
        String source = text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
        WasmException e = refusal(source);
        assertThat(e.reason()).startsWith(reason);
        assertThat(List.of(e.line(), e.column())).isEqualTo(List.of(line, column));
    }

    @Test
    void mapsOffsetsToPlaces() {
        WatModule module = WatParser.parseModule("(module\n  (func\n    nop))\n", Features.ALL);
        int nop = module.bytes().length - 2;
        assertThat(module.bytes()[nop]).isEqualTo((byte) 0x01);
        assertThat(module.sourceMap().line(nop)).isEqualTo(3);
        assertThat(module.sourceMap().column(nop)).isEqualTo(5);
        assertThat(module.sourceMap().line(0)).isEqualTo(1);
        assertThat(module.sourceMap().line(Long.MAX_VALUE)).isEqualTo(3);
    }

    // Hostile texts.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "(func (",
                "(func (block ",
                "(func (drop ",
                "(;",
                "(@a (",
                "(func (if ",
                "(func block ",
                "(func (try (do ",
                "(type ",
                "(rec (type (func (param (ref ",
                "(module ",
                "(func (i32.add (block ",
                "(elem (offset ",
                "\"",
                "(@name "
            })
    void survivesDeepNesting(String repeated) {
        String text = repeated.repeat(300_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThatThrownBy(() -> parse(text)).isInstanceOf(WasmException.class));
    }

    @Test
    void nestsAsDeepAsTheLimit() {
        int depth = ImplementationLimits.NESTING - 1;
        String flat = "(func " + "block ".repeat(depth) + "end ".repeat(depth) + ")";
        String folded = "(func " + "(block ".repeat(depth) + ")".repeat(depth) + ")";
        assertThat(parse(flat)).isEqualTo(parse(folded));
        String deeper = "(func " + "block ".repeat(depth + 2) + ")";
        assertThatThrownBy(() -> parse(deeper))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("nesting too deep");
    }

    @Test
    void findsLabelsFastHoweverDeep() {
        int depth = 50_000;
        String text =
                "(func block $out "
                        + "block $in ".repeat(depth)
                        + "br $out ".repeat(depth)
                        + "end ".repeat(depth)
                        + "br $out end)";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> parse(text));
    }

    @Test
    void findsTheLabelThatIsInScope() {
        assertThat(parse("(func block $a block $a br $a end br $a end)"))
                .isEqualTo(parse("(func block $a block $a br 0 end br 0 end)"));
        assertThatThrownBy(() -> parse("(func block $a end br $a)"))
                .hasMessageStartingWith("unknown label $a");
    }

    @Test
    void readsTextWithoutAnything() {
        assertThat(parse("")).isEqualTo(EMPTY);
        assertThat(parse("(module)")).isEqualTo(EMPTY);
        assertThat(parse(" ;; nothing\n(; at all ;)")).isEqualTo(EMPTY);
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertThatThrownBy(() -> parse("(func (export \"\ud800\"))"))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(module) (module)",
                "(func) x",
                "(memory 1) (data (i32.load offset= align=))",
                "(func i32.load offset=)",
                "(func i32.load align=0x)",
                "(func (then))",
                "(func else)",
                "(func end)",
                "(func (else))",
                "(func catch 0)",
                "(func (do))",
                "(func delegate 0)",
                "(func (if (then) (else) (else)))",
                "(func (if (else)))",
                "(func (try (catch 0)))",
                "(func (try (do) (catch_all) (catch_all)))",
                "(func (i32.add i32.const 1))",
                "(func (block end))",
                "(func block (end))",
                "(func (br_table))",
                "(elem declare)",
                "(func (local $x i32 i32))",
                "(func (param i32) (type 0))",
                "(start) (start)",
                "(import \"a\" \"b\" (what))",
                "(export \"a\" (what 0))",
                "(table)",
                "(global)",
                "(func (select (result $x)))",
                "(type (func (result i32) (param i32)))",
                "(func (call_indirect (param $x i32)))",
                "(memory 1 (pagesize 0))",
                "(rec (func))",
                "(func (v128.const i8x16 1 2))",
                "(func (table.init))",
                "(func (br_on_cast 0))",
                "(func (ref.null))",
                "(func (ref.test func))",
                "(func (struct.get 0 $f))"
            })
    void refusesWhatIsNoModule(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedException.class);
    }

    /// Cut, changed and mixed texts: nothing but the two kinds of errors may come out.
    @Test
    void survivesMutations() {
        Random random = new Random(20260);
        for (Path file : SpecScripts.all()) {
            byte[] script = SpecScripts.read(file);
            if (script.length > 60_000) {
                continue;
            }
            for (int i = 0; i < 8; i++) {
                attempt(mutated(script, random));
            }
        }
    }

    private static byte[] mutated(byte[] script, Random random) {
        int at = random.nextInt(script.length);
        byte[] bytes = random.nextBoolean() ? Arrays.copyOf(script, at) : script.clone();
        for (int i = 0; i < 3 && bytes.length > 0; i++) {
            byte[] pool = "()\"$;@ 0x1a{}\\\n_.-".getBytes(StandardCharsets.US_ASCII);
            bytes[random.nextInt(bytes.length)] = pool[random.nextInt(pool.length)];
        }
        return bytes;
    }

    private static void attempt(byte[] script) {
        try {
            List<Command> commands = ScriptParser.parse(script);
            for (ScriptModule module : SpecScripts.validModules(commands)) {
                attempt(module);
            }
        } catch (WasmException e) {
            assertThat(e.line()).isPositive();
        }
    }

    private static void attempt(ScriptModule module) {
        try {
            WatModule parsed = module.parse(Features.ALL);
            WatPrinter.print(parsed.validated(Features.ALL));
        } catch (WasmException e) {
            assertThat(e.line()).isPositive();
        }
    }
}
