package dev.windlass.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        nativeCode(hello);
        return ExitCode.OK;
    }

    /// There is no native code yet to run, nor LLVM to make some: what both need is loaded all the
    /// same.
    ///
    /// @param other a file that is no library: it is refused, but not at once
    private static void nativeCode(String other) throws Throwable {
        Optional<ResolvedModule> llvm =
                ModuleLayer.boot().configuration().findModule("dev.windlass.llvm");
        if (llvm.isPresent()) {
            loadClasses(llvm.get().reference());
            run("--precompiled", other);
            NativeEngine.rehearse();
        }
    }

    private static void loadClasses(ModuleReference module) throws IOException {
        Pattern file = Pattern.compile("(dev/windlass/.*)\\.class");
        try (ModuleReader reader = module.open();
                Stream<String> names = reader.list()) {
            names.map(file::matcher)
                    .filter(Matcher::matches)
                    .map(name -> name.group(1).replace('/', '.'))
                    .forEach(Training::load);
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, Training.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LinkageError(name, e);
        }
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
