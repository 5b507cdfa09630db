package dev.windlass.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the launcher lets the JDK watch when it makes the AOT cache: the classes that these runs load
/// and link, and the profiles of their methods, are what later starts begin with.
final class Training {
    private final Path folder;

    private Training(Path folder) {
        this.folder = folder;
    }

    /// @param folder an empty folder that may be filled
    static int run(Path folder) throws Throwable {
        Training training = new Training(folder);
        String hello = training.unpack("hello.wasm");
        String words = training.unpack("words.wasm");
        training.unpack("poem.txt");
        String sum = training.write("sum.wat", SelfTest.MODULE);
        for (int i = 0; i < 3; i++) {
            run(hello, "Ada");
            run("--dir", folder + "::/", "--env", "A=B", words, "/poem.txt");
            run("--invoke", "sum", "--timeout", "1m", sum, "1000");
            run("--invoke", "outside", sum);
        }
        return ExitCode.OK;
    }

    private static void run(String... words) throws Throwable {
        try {
            RunCommand.execute(words, 0);
        } catch (RuntimeException e) {
            Failure.report(e);
        }
    }

    private String unpack(String name) throws IOException {
        try (InputStream in = Training.class.getResourceAsStream("training/" + name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return file.toString();
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
