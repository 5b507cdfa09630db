package dev.windlass.llvm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlatformTest {
    private static final Optional<String> GLIBC = Optional.of("2.36");

    @Test
    void knowsTheSystemsThatThereAreBuildsFor() {
        assertThat(Platform.of("Linux", "amd64", GLIBC).name()).isEqualTo("linux-x86_64");
        assertThat(Platform.of("Linux", "aarch64", GLIBC).name()).isEqualTo("linux-arm64");
        assertThat(Platform.of("Mac OS X", "aarch64", Optional.empty()).name())
                .isEqualTo("macosx-arm64");
    }

    @Test
    void saysInOneLineWhatIsMissing() {
        refuses("Linux", "amd64", Optional.empty(), "GNU C library");
        refuses("Linux", "amd64", Optional.of("2.31"), "2.34 or later, this system has 2.31");
        refuses("Windows 11", "amd64", Optional.empty(), "no build of LLVM for Windows 11");
        refuses("Linux", "riscv64", GLIBC, "riscv64");
        refuses("Mac OS X", "x86_64", Optional.empty(), "macOS on arm64");
    }

    @Test
    void triesUntestedSystemsOnlyWhenForced() {
        Platform.checkTested("Linux");
        assertThatThrownBy(() -> Platform.checkTested("Mac OS X"))
                .isInstanceOf(LlvmUnavailableException.class)
                .hasMessageContaining("--force");
        System.setProperty(LlvmLibrary.FORCE, "true");
        try {
            Platform.checkTested("Mac OS X");
        } finally {
            System.clearProperty(LlvmLibrary.FORCE);
        }
    }

    private static void refuses(
            String system, String machine, Optional<String> glibc, String text) {
        assertThatThrownBy(() -> Platform.of(system, machine, glibc))
                .isInstanceOf(LlvmUnavailableException.class)
                .hasMessageContaining(text)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
