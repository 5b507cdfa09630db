package dev.windlass.bench;

import java.nio.file.Path;
import run.endive.runtime.Store;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/// Endive's interpreter.
public class EndiveEngine implements GuestEngine {
    protected WasmModule module;

    @Override
    public void load(Path path) {
        module = Parser.parse(path);
    }

    @Override
    public int run(GuestRun run) {
        var options =
                WasiOptions.builder()
                        .withStdin(run.in())
                        .withStdout(run.out())
                        .withStderr(System.err)
                        .withArguments(run.arguments());
        run.environment().forEach(options::withEnvironment);
        run.directories().forEach((guest, host) -> options.withDirectory(guest, Path.of(host)));
        try (var wasi = WasiPreview1.builder().withOptions(options.build()).build()) {
            start(new Store().addFunction(wasi.toHostFunctions()));
            return 0;
        } catch (WasiExitException e) {
            return e.exitCode();
        }
    }

    /// Makes an instance, which calls `_start`.
    protected void start(Store store) {
        store.instantiate("main", module);
    }
}
