package dev.windlass.spec;

import dev.windlass.Engine;
import dev.windlass.wasm.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Runs scripts: files, and all `.wast` files below folders.
public final class SuiteRunner {
    private final Engine engine;
    private final SuiteListener listener;

    /// @param listener is called on the thread that runs the scripts
    public SuiteRunner(Engine engine, SuiteListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /// Runs scripts one after the other, the files of a folder by name.
    ///
    /// @throws IOException if a file cannot be read
    public SuiteReport run(List<Path> filesAndFolders) throws IOException {
        List<ScriptReport> reports = new ArrayList<>();
        for (Path file : scripts(filesAndFolders)) {
            listener.started(file);
            ScriptReport report = run(file);
            listener.finished(report);
            reports.add(report);
        }
        return new SuiteReport(reports);
    }

    /// Runs one script.
    ///
    /// @throws IOException if it cannot be read
    public ScriptReport run(Path file) throws IOException {
        return new ScriptRun(engineFor(file), file).run(Files.readAllBytes(file));
    }

    /// The scripts among files and below folders, in the order of a run.
    ///
    /// @throws IOException if a folder cannot be read
    public static List<Path> scripts(List<Path> filesAndFolders) throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(SuiteRunner::isScript).sorted().forEach(scripts::add);
                }
            } else {
                scripts.add(path);
            }
        }
        return scripts;
    }

    private static boolean isScript(Path file) {
        return Files.isRegularFile(file) && file.toString().endsWith(".wast");
    }

    /// The scripts of a folder `threads-mvp` want the language as it was when threads were added to
    /// version 1: they assert that a second table and a second memory are refused, and that limits
    /// are 32-bit numbers.
    private Engine engineFor(Path file) {
        for (Path part : file.toAbsolutePath()) {
            if (part.toString().equals("threads-mvp")) {
                return engine.without(Feature.REFERENCE_TYPES)
                        .without(Feature.MULTI_MEMORY)
                        .without(Feature.MEMORY64);
            }
        }
        return engine;
    }
}
