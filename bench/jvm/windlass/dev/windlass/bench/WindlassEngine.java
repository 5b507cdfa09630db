package dev.windlass.bench;

import dev.windlass.Engine;
import dev.windlass.Linker;
import dev.windlass.Store;
import dev.windlass.Wasi;
import dev.windlass.WasmModule;
import dev.windlass.wasi.WasiConfig;
import dev.windlass.wasi.WasiOutput;
import java.io.IOException;
import java.nio.file.Path;

/// Windlass through its embedding API. `-Dwindlass.bench.execution=llvm` asks for compiled code.
public final class WindlassEngine implements GuestEngine {
    private final Engine engine =
            Engine.create().withExecution(System.getProperty("windlass.bench.execution", "interpreter"));
    private WasmModule module;

    @Override
    public void load(Path path) throws IOException {
        module = WasmModule.parse(engine, path);
    }

    @Override
    public int run(GuestRun run) throws IOException {
        WasiConfig config =
                WasiConfig.EMPTY
                        .withArgs(run.arguments())
                        .withEnv(run.environment())
                        .withStdout(new WasiOutput.Stream(run.out()));
        try (Wasi wasi = Wasi.open(config);
                Store store = new Store(engine)) {
            return wasi.run(new Linker().wasi(wasi).instantiate(store, module));
        }
    }
}
