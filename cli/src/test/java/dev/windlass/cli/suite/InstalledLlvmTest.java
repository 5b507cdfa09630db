package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A libLLVM that the user names is tried before it is used.
class InstalledLlvmTest {
    private static final Path LLVM_19 = Path.of("/usr/lib/llvm-19/lib");
    private static final Path COMPILER = Path.of("/usr/bin/clang-19");

    @TempDir Path folder;

    private String doctor(Path llvm) throws IOException, InterruptedException {
        Result result =
                new WindlassProcess("doctor")
                        .withEnvironment("WINDLASS_LLVM", llvm.toString())
                        .withEnvironment("XDG_CACHE_HOME", folder.resolve("cache").toString())
                        .run();
        assertThat(result.err()).isEmpty();
        List<String> lines =
                result.text().lines().filter(l -> l.startsWith("engine llvm")).toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst().replaceFirst("engine llvm *", "");
    }

    @Test
    void oneThatPassesItsSelfTestIsUsed() throws Exception {
        assumeTrue(Files.exists(LLVM_19.resolve("libLLVM.so")), "LLVM 19 is not installed");
        assertThat(doctor(LLVM_19))
                .startsWith("available: LLVM 19.1.")
                .endsWith("(installed; passed its self-test)");
        assertThat(folder.resolve("cache/windlass/tested").toFile().list()).hasSize(1);
        Path library = folder.resolve("m.so");
        Result compiled =
                new WindlassProcess("compile", "-o", library.toString())
                        .with(
                                Testdata.projectRoot()
                                        .resolve("examples/hello/hello.wasm")
                                        .toString())
                        .withEnvironment("WINDLASS_LLVM", LLVM_19.toString())
                        .withEnvironment("XDG_CACHE_HOME", folder.resolve("cache").toString())
                        .run();
        assertThat(compiled.err()).isEmpty();
        assertThat(new WindlassProcess("run", "--precompiled", library.toString()).run().exit())
                .isZero();
    }

    @Test
    void oneOfAnotherVersionIsRefused() throws Exception {
        assertThat(doctor(made(22, 1, "")))
                .isEqualTo(
                        "not available: "
                                + folder.resolve("libLLVM.so")
                                + " is LLVM 22.1.0: LLVM 20.1 or 19.1 is needed");
    }

    @Test
    void oneThatLacksFunctionsIsRefused() throws Exception {
        assertThat(doctor(made(20, 1, "")))
                .startsWith("not available: ")
                .contains("libLLVM.so (LLVM 20.1.0) fails its self-test: ")
                .contains("LLVM");
    }

    @Test
    void oneThatCrashesCostsNothing() throws Exception {
        String crash = "long LLVMContextCreate(void) { return *(volatile long *)8; }";
        assertThat(doctor(made(20, 1, crash))).contains("fails its self-test: ");
    }

    @Test
    void whatIsNoLlvmIsRefused() throws Exception {
        assertThat(doctor(made("int nothing;"))).contains("is an old LLVM, or none");
    }

    /// A library of that version with hardly any function.
    private Path made(int major, int minor, String more) throws Exception {
        return made(
                "void LLVMGetVersion(unsigned *a, unsigned *b, unsigned *c) { *a = "
                        + major
                        + "; *b = "
                        + minor
                        + "; *c = 0; }"
                        + more);
    }

    private Path made(String code) throws Exception {
        assumeTrue(Files.isExecutable(COMPILER), COMPILER + " is not installed");
        Path source = Files.writeString(folder.resolve("m.c"), code);
        Path library = folder.resolve("libLLVM.so");
        Process compiler =
                new ProcessBuilder(
                                COMPILER.toString(),
                                "-shared",
                                "-fPIC",
                                "-nostdlib",
                                source.toString(),
                                "-o",
                                library.toString())
                        .inheritIO()
                        .start();
        assertThat(compiler.waitFor()).isZero();
        Files.writeString(folder.resolve("lld"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(
                folder.resolve("lld"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }
}
