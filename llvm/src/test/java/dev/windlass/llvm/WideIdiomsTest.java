package dev.windlass.llvm;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.llvm.compile.Output;
import dev.windlass.runtime.ModuleInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Arithmetic of 128 bits written out with 64, as Go's `math/bits` does, and what only looks like it.
final class WideIdiomsTest {
    /// With `$t` the product of one factor's upper and the other's lower half, and what that of the
    /// lower halves carries.
    private static final String PRODUCT =
            """
            (module (func (export "f") (param $x i64) (param $y i64) (result i64) (local $t i64)
              (local.set $t (i64.add
                (i64.mul (i64.shr_u (local.get $x) (i64.const 32))
                         (i64.and (local.get $y) (i64.const 0xffffffff)))
                (i64.shr_u (i64.mul (i64.and (local.get $x) (i64.const 0xffffffff))
                                    (i64.and (local.get $y) (i64.const 0xffffffff)))
                           (i64.const 32))))
              (i64.add
                (i64.add
                  (i64.mul (i64.shr_u (local.get $x) (i64.const 32))
                           (i64.shr_u (local.get $y) (i64.const 32)))
                  (i64.shr_u (local.get $t) (i64.const 32)))
                (i64.shr_u
                  (i64.add (i64.mul (i64.and (local.get $x) (i64.const 0xffffffff))
                                    (i64.shr_u (local.get $y) (i64.const 32)))
                           (i64.and (local.get $t) (i64.const 0xffffffff)))
                  (i64.const 32)))))
            """;

    /// The same, every sum and product the other way round, and the factors too.
    private static final String TURNED =
            """
            (module (func (export "f") (param $x i64) (param $y i64) (result i64)
                (local $t i64) (local $low i64)
              (local.set $low (i64.and (i64.const 0xffffffff) (local.get $y)))
              (local.set $t (i64.add
                (i64.shr_u (i64.mul (local.get $low)
                                    (i64.and (local.get $x) (i64.const 0xffffffff)))
                           (i64.const 96))
                (i64.mul (i64.and (local.get $x) (i64.const 0xffffffff))
                         (i64.shr_u (local.get $y) (i64.const 32)))))
              (i64.add
                (i64.shr_u
                  (i64.add (i64.and (i64.const 0xffffffff) (local.get $t))
                           (i64.mul (local.get $low) (i64.shr_u (local.get $x) (i64.const 32))))
                  (i64.const 32))
                (i64.add
                  (i64.shr_u (local.get $t) (i64.const 32))
                  (i64.mul (i64.shr_u (local.get $y) (i64.const 32))
                           (i64.shr_u (local.get $x) (i64.const 32)))))))
            """;

    private static final String CARRY =
            """
            (module (func (export "f") (param $x i64) (param $y i64) (result i64)
              (i64.shr_u
                (i64.or
                  (i64.and (local.get $x) (local.get $y))
                  (i64.and (i64.or (local.get $x) (local.get $y))
                           (i64.xor (i64.add (local.get $x) (local.get $y)) (i64.const -1))))
                (i64.const 63))))
            """;

    private static final long[] VALUES = {
        0,
        1,
        2,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        0x1_0000_0001L,
        0x9E37_79B9_7F4A_7C15L,
        0x7FFF_FFFF_FFFF_FFFFL,
        0x8000_0000_0000_0000L,
        0xFFFF_FFFF_0000_0000L,
        0xFFFF_FFFF_0000_0001L,
        -2,
        -1
    };

    /// What each thing is changed to.
    private static final Map<String, String> OTHERS =
            Map.ofEntries(
                    entry("get $x", "get $y"),
                    entry("get $y", "get $x"),
                    entry("get $t", "get $x"),
                    entry("0xffffffff", "0x7fffffff"),
                    entry("const 32", "const 31"),
                    entry("const 63", "const 62"),
                    entry("const -1", "const 1"),
                    entry("i64.add", "i64.sub"),
                    entry("i64.mul", "i64.or"),
                    entry("i64.and", "i64.xor"),
                    entry("i64.or", "i64.xor"));

    @TempDir Path folder;

    private interface Operation {
        long of(long x, long y);
    }

    private static void assertComputes(CompileOptions way, String text, Operation expected) {
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(text);
            for (long x : VALUES) {
                for (long y : VALUES) {
                    assertThat(program.call(instance, "f", x, y))
                            .as("%x, %x", x, y)
                            .isEqualTo(expected.of(x, y));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void upperHalvesOfProducts(CompileOptions way) {
        assertComputes(way, PRODUCT, Math::unsignedMultiplyHigh);
        assertComputes(way, TURNED, Math::unsignedMultiplyHigh);
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void carriesOfSums(CompileOptions way) {
        assertComputes(way, CARRY, WideIdiomsTest::carry);
    }

    /// LLVM's code before its passes.
    private String code(String text) throws IOException {
        Compiler compiler =
                new Compiler(CompileOptions.forThisMachine().atLevel(0), Compiler.Progress.NONE);
        Path file = folder.resolve("code.ll");
        compiler.emit(Program.module(text), Output.IR, file);
        return Files.readString(file);
    }

    @Test
    void theyAreRecognised() throws IOException {
        assertThat(code(PRODUCT)).contains("mul i128");
        assertThat(code(TURNED)).contains("mul i128");
        assertThat(code(CARRY)).contains("icmp ult i64").doesNotContain("lshr");
    }

    /// One thing is another at a time: a factor, a constant, an operator.
    @Test
    void whatOnlyLooksLikeThemIsLeftAsItIs() throws IOException {
        List<String> products = variants(PRODUCT);
        assertThat(products).hasSizeGreaterThan(25);
        for (String text : products) {
            assertThat(code(text)).as(text).doesNotContain("mul i128");
        }
        for (String text : variants(CARRY)) {
            assertThat(code(text)).as(text).doesNotContain("icmp ult i64");
        }
    }

    private static List<String> variants(String text) {
        String things = OTHERS.keySet().stream().map(Pattern::quote).collect(joining("|"));
        return Pattern.compile(things)
                .matcher(text)
                .results()
                .map(place ->
                        text.substring(0, place.start())
                                + OTHERS.get(place.group())
                                + text.substring(place.end()))
                .toList();
    }

    private static long carry(long x, long y) {
        return Long.compareUnsigned(x + y, x) < 0 ? 1 : 0;
    }
}
