package dev.windlass.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.io.IOAccess;

/// GraalWasm on a stock JDK: without Graal's compiler, its interpreter runs everything.
public final class GraalWasmEngine implements GuestEngine {
    private final Engine engine =
            Engine.newBuilder("wasm").option("engine.WarnInterpreterOnly", "false").build();
    private Source source;

    @Override
    public void load(Path path) throws Exception {
        source = Source.newBuilder("wasm", ByteSequence.create(Files.readAllBytes(path)), "main").build();
    }

    @Override
    public int run(GuestRun run) {
        List<String> arguments = run.arguments();
        var builder =
                Context.newBuilder("wasm")
                        .engine(engine)
                        .option("wasm.Builtins", "wasi_snapshot_preview1")
                        .arguments("wasm", arguments.toArray(new String[0]))
                        .environment(run.environment())
                        .allowIO(IOAccess.ALL)
                        .in(run.in())
                        .out(run.out());
        if (!run.directories().isEmpty()) {
            builder.option("wasm.WasiMapDirs", mapped(run));
        }
        try (Context context = builder.build()) {
            context.eval(source).newInstance().getMember("exports").getMember("_start").execute();
            return 0;
        } catch (PolyglotException e) {
            if (e.isExit()) {
                return e.getExitStatus();
            }
            throw e;
        }
    }

    private static String mapped(GuestRun run) {
        return run.directories().entrySet().stream()
                .map(e -> e.getKey() + "::" + e.getValue())
                .collect(Collectors.joining(","));
    }
}
