package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeAccessTest {
    /// Prints what an embedder is told.
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            try (RuntimeStore store = new FakeEngine().store()) {
                System.out.println("allowed " + store.isOpen());
            } catch (NativeAccessException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String run(String option) throws IOException, InterruptedException {
        List<String> path =
                List.of(
                        place(RuntimeStore.class),
                        place(Program.class),
                        place(dev.windlass.wasm.Module.class));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                option,
                                "-cp",
                                String.join(System.getProperty("path.separator"), path),
                                Program.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.strip();
    }

    private static String place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    @Test
    void saysInOneLineWhatToAddWhereAccessIsDenied() throws Exception {
        assertThat(run("--illegal-native-access=deny"))
                .isEqualTo(
                        "native access is denied: add --enable-native-access=ALL-UNNAMED to the"
                                + " java command, or Enable-Native-Access: ALL-UNNAMED to the"
                                + " manifest of the runnable jar");
    }

    @Test
    void worksWithoutAnyOption() throws Exception {
        assertThat(run("-Xshare:auto")).isEqualTo("allowed true");
    }
}
