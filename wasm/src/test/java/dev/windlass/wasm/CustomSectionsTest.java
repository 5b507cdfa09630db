package dev.windlass.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasm.binary.ByteWriter;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.validation.CustomSections;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Names, producers, branch hints and debug sections; damaged ones do no harm.
final class CustomSectionsTest {
    private static Module with(String name, byte[] content) {
        return ModuleReader.read(
                ByteWriter.module().customSection(name, content).toByteArray(), Features.ALL);
    }

    @Test
    void namesComeFromTheNameSection() {
        Module module =
                Modules.valid(
                        "(module $m (type $t (func)) (table $tab 1 funcref) (memory $mem 1)"
                                + "(global $g i32 (i32.const 0)) (tag $tag)"
                                + "(func $f (param $p i32) (local $l i64)) (func) (func $\"λ\"))");
        Names names = module.names();
        assertThat(names.module()).isEqualTo("m");
        assertThat(names.function(0)).isEqualTo("f");
        assertThat(names.function(1)).isNull();
        assertThat(names.function(2)).isEqualTo("λ");
        assertThat(names.function(99)).isNull();
        assertThat(names.local(0, 0)).isEqualTo("p");
        assertThat(names.local(0, 1)).isEqualTo("l");
        assertThat(names.local(1, 0)).isNull();
        assertThat(names.type(0)).isEqualTo("t");
        assertThat(names.table(0)).isEqualTo("tab");
        assertThat(names.memory(0)).isEqualTo("mem");
        assertThat(names.of(ExternKind.GLOBAL, 0)).isEqualTo("g");
        assertThat(names.tag(0)).isEqualTo("tag");
    }

    @Test
    void aDamagedNameSectionGivesNoNames() {
        byte[] good = new byte[] {1, 5, 1, 0, 2, 'a', 'b'};
        assertThat(with("name", good).names().function(0)).isEqualTo("ab");
        for (int i = 0; i < good.length; i++) {
            for (int b = 0; b < 256; b++) {
                byte[] bad = good.clone();
                bad[i] = (byte) b;
                Names names = with("name", bad).names();
                names.function(0);
                names.local(0, 0);
                names.module();
            }
        }
        assertThat(with("name", new byte[] {1, 5, 1, 0, 2, 'a'}).names().function(0)).isNull();
        byte[] badUtf8 = new byte[] {1, 4, 1, 0, 1, (byte) 0xFF};
        assertThat(with("name", badUtf8).names().function(0)).isNull();
    }

    @Test
    void producersAreListed() {
        ByteWriter out = new ByteWriter().u32(1).name("processed-by").u32(2);
        out.name("clang").name("19").name("lld").name("");
        Producers producers = Producers.of(with("producers", out.toByteArray()));
        assertThat(producers.fields()).hasSize(1);
        assertThat(producers.fields().get(0).tools())
                .containsExactly(new Producers.Tool("clang", "19"), new Producers.Tool("lld", ""));
        assertThat(Producers.of(with("producers", new byte[] {-1, -1, -1, -1, 15})).fields())
                .isEmpty();
    }

    @Test
    void debugSectionsAreSlices() {
        byte[] bytes =
                ByteWriter.module()
                        .section(10, new ByteWriter().u32(0))
                        .customSection(".debug_info", new byte[] {1, 2, 3})
                        .customSection("other", new byte[0])
                        .toByteArray();
        DebugSections debug = DebugSections.of(ModuleReader.read(bytes, Features.ALL));
        assertThat(debug.sections()).hasSize(1);
        CustomSection info = debug.sections().get(0);
        assertThat(info.end() - info.start()).isEqualTo(3);
        assertThat(debug.codeStart()).isEqualTo(10);
        assertThat(debug.address(12)).isEqualTo(2);
    }

    private static final String HINTED =
            "(module (func (param i32) (local i64)"
                    + "(block (@metadata.code.branch_hint \"\\01\") (br_if 0 (local.get 0)))"
                    + "(@metadata.code.branch_hint \"\\00\") (if (local.get 0) (then))))";

    @Test
    void branchHintsAreFoundByTheirInstruction() {
        Module module = Modules.valid(HINTED);
        CustomSections.validate(module);
        BranchHints hints = BranchHints.of(module);
        assertThat(hints.size()).isEqualTo(2);
        assertThat(hints.isLikely(hints.find(0, hints.offset(0)))).isTrue();
        assertThat(hints.isLikely(1)).isFalse();
        assertThat(hints.find(0, 1)).isNegative();
        Module without = Modules.valid(module.bytes(), Features.ALL.without(Feature.BRANCH_HINTS));
        assertThat(BranchHints.of(without).size()).isZero();
    }

    @Test
    void branchHintsForOtherInstructionsAreInvalid() {
        Module module = Modules.valid(HINTED);
        CustomSection section = Objects.requireNonNull(module.customSection(BranchHints.SECTION));
        byte[] moved = module.bytes().clone();
        // Function count, function, hint count: then comes the first offset.
        moved[section.start() + 3]++;
        assertThatThrownBy(() -> CustomSections.validate(Modules.valid(moved)))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("invalid target");
        byte[] notAHint = module.bytes().clone();
        notAHint[section.start() + 5] = 2;
        assertThatThrownBy(() -> CustomSections.validate(Modules.valid(notAHint)))
                .isInstanceOf(MalformedException.class);
        assertThat(BranchHints.of(Modules.valid(notAHint)).size()).isZero();
    }
}
