package dev.windlass.wasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.wasm.WasmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every text of the specification's suite is parsed or refused as the suite says, in its words.
final class SpecScriptsTest {
    private final List<String> failures = new ArrayList<>();
    private int parsed;
    private int refused;

    @Test
    void parsesAndRefusesWhatTheSuiteSays() {
        for (Path file : SpecScripts.all()) {
            check(file, ScriptParser.parse(SpecScripts.read(file)));
        }
        assertThat(failures).isEmpty();
        assertThat(parsed).isGreaterThan(5000);
        assertThat(refused).isGreaterThan(1200);
    }

    private void check(Path file, List<Command> commands) {
        for (Command command : commands) {
            switch (command) {
                case Command.DefineModule c -> parses(file, c.line(), c.module());
                case Command.DefineOnly c -> parses(file, c.line(), c.module());
                case Command.AssertModuleTrap c -> parses(file, c.line(), c.module());
                case Command.RunThread c -> check(file, c.commands());
                case Command.AssertRefused c -> check(file, c);
                case Command.Instantiate _,
                        Command.Register _,
                        Command.Perform _,
                        Command.AssertReturn _,
                        Command.AssertTrap _,
                        Command.AssertExhaustion _,
                        Command.AssertException _,
                        Command.Wait _ -> {}
            }
        }
    }

    private void check(Path file, Command.AssertRefused command) {
        switch (command.refusal()) {
            case INVALID, UNLINKABLE -> parses(file, command.line(), command.module());
            case MALFORMED, MALFORMED_CUSTOM, INVALID_CUSTOM -> {
                if (!command.module().isBinary()) {
                    isRefused(file, command);
                }
            }
        }
    }

    private void parses(Path file, int line, ScriptModule module) {
        try {
            module.parse(SpecScripts.features(file));
            parsed++;
        } catch (WasmException e) {
            failures.add(file + ":" + line + ": " + e.getMessage());
        }
    }

    private void isRefused(Path file, Command.AssertRefused command) {
        try {
            command.module().parse(SpecScripts.features(file));
            failures.add(file + ":" + command.line() + ": accepted, wanted " + command.text());
        } catch (WasmException e) {
            refused++;
            if (!e.reason().startsWith(command.text())) {
                failures.add(file + ":" + command.line() + ": " + e + ", wanted " + command.text());
            }
        }
    }
}
