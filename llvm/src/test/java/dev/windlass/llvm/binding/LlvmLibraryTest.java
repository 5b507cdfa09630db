package dev.windlass.llvm.binding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LlvmLibraryTest {
    @Test
    void findsThePublishedBuildAndUnpacksIt() {
        LlvmLibrary library = LlvmLibrary.open();
        assertThat(library.version()).startsWith("20.1.");
        assertThat(library.lld()).isExecutable();
        assertThat(library.symbols().find("LLVMContextCreate")).isPresent();
    }

    @Test
    void reportsWhatLlvmKnowsOfThisMachine() {
        assertThat(TargetMachine.hostTriple()).isNotEmpty();
        assertThat(TargetMachine.hostCpu()).isNotEmpty();
    }
}
