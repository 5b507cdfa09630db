package dev.windlass.spec;

import dev.windlass.Engine;
import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.text.Command;
import dev.windlass.wasm.text.ScriptParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One run of one script.
final class ScriptRun {
    private final Engine engine;
    private final Path file;
    private final Tally tally = new Tally();

    ScriptRun(Engine engine, Path file) {
        this.engine = engine;
        this.file = file;
    }

    ScriptReport run(byte[] script) {
        try {
            List<Command> commands = ScriptParser.parse(script);
            try (ScriptThread main = new ScriptThread(engine, tally, Map.of())) {
                main.run(commands);
            }
        } catch (WasmException e) {
            tally.failed(e.line(), "the script itself is refused: " + e.getMessage());
        }
        return tally.report(file);
    }
}
