package dev.windlass.wasm.text;

import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Features;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The scripts of the specification's test suite, if they are there.
final class SpecScripts {
    private static final List<String> FOLDERS =
            List.of(
                    "core",
                    "custom",
                    "legacy",
                    "proposals/threads",
                    "proposals/threads-mvp",
                    "proposals/custom-page-sizes",
                    "proposals/wide-arithmetic");

    private SpecScripts() {}

    /// All scripts; the calling test is skipped where there are none.
    static List<Path> all() {
        Path root = testdata().resolve("spec");
        Assumptions.assumeTrue(
                Files.isDirectory(root), "no specification tests at " + root + ": skipped");
        return FOLDERS.stream().map(root::resolve).flatMap(SpecScripts::scripts).sorted().toList();
    }

    static Path testdata() {
        String set = System.getenv("WINDLASS_TESTDATA");
        return set != null
                ? Path.of(set)
                : Path.of(System.getProperty("windlass.root", ".")).resolve("../shared/testdata");
    }

    private static Stream<Path> scripts(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wast")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The modules of a script that are expected to be valid.
    static List<ScriptModule> validModules(List<Command> commands) {
        List<ScriptModule> modules = new ArrayList<>();
        for (Command command : commands) {
            switch (command) {
                case Command.DefineModule c -> modules.add(c.module());
                case Command.DefineOnly c -> modules.add(c.module());
                case Command.AssertModuleTrap c -> modules.add(c.module());
                case Command.RunThread c -> modules.addAll(validModules(c.commands()));
                case Command.AssertRefused c when c.refusal() == Command.Refusal.UNLINKABLE ->
                        modules.add(c.module());
                case Command.AssertRefused _,
                        Command.Instantiate _,
                        Command.Register _,
                        Command.Perform _,
                        Command.AssertReturn _,
                        Command.AssertTrap _,
                        Command.AssertExhaustion _,
                        Command.AssertException _,
                        Command.Wait _ -> {}
            }
        }
        return modules;
    }

    /// The features that a folder's scripts expect.
    static Features features(Path file) {
        return file.toString().contains("threads-mvp")
                ? Features.ALL
                        .without(Feature.REFERENCE_TYPES)
                        .without(Feature.MULTI_MEMORY)
                        .without(Feature.MEMORY64)
                : Features.ALL;
    }
}
