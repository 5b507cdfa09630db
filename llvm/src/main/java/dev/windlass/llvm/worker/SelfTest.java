package dev.windlass.llvm.worker;

import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.llvm.compile.TableObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whether a libLLVM that somebody named does what is needed: it compiles a small module, which then
/// runs, in a process of its own, because it may crash. What passed is remembered in the user's
/// cache until the library's file changes.
public final class SelfTest {
    /// What the process says at its end.
    static final String PASSED = "passed";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// Of this process: libraries do not change while they are loaded.
    private static @Nullable SelfTest done;

    private final @Nullable String obstacle;

    private SelfTest(@Nullable String obstacle) {
        this.obstacle = obstacle;
    }

    /// Why a library cannot be used, or null.
    ///
    /// @param interpreter a class of the interpreter, which the test needs beside the compiler
    public static @Nullable String obstacle(LlvmLibrary library, Class<?> interpreter) {
        return library.isPublished() ? null : of(library, interpreter).obstacle;
    }

    private static synchronized SelfTest of(LlvmLibrary library, Class<?> interpreter) {
        SelfTest known = done;
        if (known == null) {
            known = new SelfTest(remembered(library, interpreter));
            done = known;
        }
        return known;
    }

    private static @Nullable String remembered(LlvmLibrary library, Class<?> interpreter) {
        Path passed;
        try {
            passed = LlvmLibrary.cache().resolve("tested").resolve(identity(library.file()));
            if (Files.exists(passed)) {
                return null;
            }
        } catch (IOException e) {
            return library.file() + " cannot be read: " + e.getMessage();
        }
        String reason = run(library, interpreter);
        if (reason.isEmpty()) {
            remember(passed);
            return null;
        }
        return library.file() + " (LLVM " + library.version() + ") fails its self-test: " + reason;
    }

    /// Without a place to remember it, the test is run again each time.
    private static void remember(Path passed) {
        try {
            Files.createDirectories(passed.getParent());
            Files.writeString(passed, "");
        } catch (IOException e) {
            System.getLogger("dev.windlass.llvm")
                    .log(System.Logger.Level.DEBUG, "cannot write " + passed, e);
        }
    }

    /// A file's name for the library as it is now, and for what it was tested with.
    private static String identity(Path file) throws IOException {
        Path real = file.toRealPath();
        String text =
                String.join(
                        "\n",
                        real.toString(),
                        String.valueOf(Files.size(real)),
                        Files.getLastModifiedTime(real).toString(),
                        String.valueOf(TableObject.VERSION),
                        Runtime.version().toString());
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every JDK has it
        }
    }

    /// @return why it failed, or nothing
    private static String run(LlvmLibrary library, Class<?> interpreter) {
        try {
            List<String> words = WorkerCommand.selfTest(library, interpreter);
            ProcessBuilder builder = new ProcessBuilder(words);
            WorkerProcess.JAVA_OPTIONS.forEach(builder.environment()::remove);
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            LastWords said = LastWords.of(process.getInputStream());
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "it takes more than " + LIMIT.toSeconds() + " s";
            }
            int exit = process.exitValue();
            if (exit != 0) {
                return "it ended with exit code " + exit;
            }
            return said.text().equals(PASSED) ? "" : said.text();
        } catch (WorkerLostException | IOException e) {
            return "it cannot be run: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was interrupted";
        }
    }
}
