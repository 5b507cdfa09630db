package dev.windlass.llvm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LlvmFolderTest {
    static final Platform PLATFORM = new Platform("linux-test", "libLLVM.so", "libLLVM.so.20.1");

    /// Random, so that it is as large in the jar, and takes a moment to write.
    private static final int LIBRARY_BYTES = 24 << 20;

    @TempDir Path temp = Path.of("");

    private LlvmFolder folder = new LlvmFolder(temp, PLATFORM);
    private Path jar = temp;

    @BeforeEach
    void makeJar() throws IOException {
        folder = new LlvmFolder(temp.resolve("cache"), PLATFORM);
        jar = temp.resolve("llvm-test.jar");
        byte[] library = new byte[LIBRARY_BYTES];
        new Random(1).nextBytes(library);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(0);
            put(out, "libLLVM.so", library);
            put(out, "lld", "linker".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(PLATFORM.entry(name)));
        out.write(content);
        out.closeEntry();
    }

    @Test
    void unpacksTheLibraryUnderTheNameThatTheLinkerWants() throws IOException {
        assertThat(folder.isComplete()).isFalse();
        folder.unpack(jar);
        assertThat(folder.isComplete()).isTrue();
        assertThat(folder.library()).hasSize(LIBRARY_BYTES);
        assertThat(folder.library().getFileName()).hasToString("libLLVM.so.20.1");
        assertThat(folder.lld()).isExecutable().hasContent("linker");
        assertNothingElse();
    }

    @Test
    void replacesADamagedFolder() throws IOException {
        folder.unpack(jar);
        Files.write(folder.library(), new byte[5]);
        assertThat(folder.isComplete()).isFalse();
        folder.unpack(jar);
        assertThat(folder.isComplete()).isTrue();
        assertThat(folder.library()).hasSize(LIBRARY_BYTES);
        assertNothingElse();
    }

    @Test
    void leavesNothingOfAJarThatIsDamaged() throws IOException {
        Path bad = temp.resolve("llvm-bad.jar");
        Files.write(bad, new byte[100]);
        assertThatThrownBy(() -> folder.unpack(bad)).isInstanceOf(IOException.class);
        assertThat(children()).isEmpty();
    }

    @Test
    void removesWhatAKilledProcessLeftLongAgo() throws IOException {
        folder.unpack(jar);
        Path old = Files.createDirectory(folder.path().resolveSibling(".new-old"));
        Path young = Files.createDirectory(folder.path().resolveSibling(".new-young"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        folder.unpack(jar);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void manyProcessesDoItAtTheSameTime() throws Exception {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(start(""));
        }
        for (Process process : all) {
            assertThat(output(process)).isEqualTo("done");
        }
        assertThat(folder.isComplete()).isTrue();
        assertNothingElse();
    }

    @Test
    void aFullDiskLeavesNothingHalfWritten() throws Exception {
        // A limit of the size of files stands for the disk: writing fails in the middle.
        assertThat(output(start("ulimit -f 8192; "))).startsWith("failed: ");
        assertThat(children()).isEmpty();
    }

    @Test
    void aKilledProcessLeavesNothingThatIsTakenForComplete() throws Exception {
        Process process = start("");
        while (process.isAlive() && children().isEmpty()) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
        assertThat(folder.isComplete() || !Files.exists(folder.path())).isTrue();
        folder.unpack(jar);
        assertThat(folder.isComplete()).isTrue();
    }

    private Process start(String before) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        before + "exec \"$0\" \"$@\"",
                        java,
                        "-Xmx64m",
                        "-cp",
                        classPath(),
                        UnpackMain.class.getName(),
                        temp.resolve("cache").toString(),
                        jar.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// The folders of this module's classes: the child needs no others.
    private static String classPath() {
        return Stream.of(UnpackMain.class, LlvmFolder.class)
                .map(c -> c.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .reduce((a, b) -> a + ":" + b)
                .orElseThrow();
    }

    private static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.strip();
    }

    private void assertNothingElse() throws IOException {
        assertThat(children()).containsExactly("linux-test");
    }

    private List<String> children() throws IOException {
        Path parent = temp.resolve("cache/llvm-" + Platform.LLVM);
        if (!Files.exists(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(p -> p.getFileName().toString()).toList();
        }
    }
}
