package dev.windlass.wasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.WasmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every module of the specification's suite that is to be refused is refused, by the kind of error
/// that the suite says, and nearly always in its words.
final class SpecRefusalsTest {
    /// Where a section's or body's length is wrong, the reference interpreter reads on and reports
    /// what it then trips over.
    private static final int OTHER_WORDS = 15;

    private final List<String> failures = new ArrayList<>();
    private final List<String> otherWords = new ArrayList<>();
    private int refused;

    @Test
    void refusesWhatTheSuiteSays() {
        for (Path file : SpecScripts.all()) {
            for (Command command : ScriptParser.parse(SpecScripts.read(file))) {
                if (command instanceof Command.AssertRefused c) {
                    check(file, c);
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(otherWords).hasSizeLessThanOrEqualTo(OTHER_WORDS);
        assertThat(refused).isGreaterThan(5000);
    }

    private void check(Path file, Command.AssertRefused command) {
        switch (command.refusal()) {
            case MALFORMED, MALFORMED_CUSTOM -> check(file, command, MalformedException.class);
            case INVALID, INVALID_CUSTOM -> check(file, command, InvalidException.class);
            case UNLINKABLE -> {}
        }
    }

    private void check(
            Path file, Command.AssertRefused command, Class<? extends WasmException> kind) {
        Features features = SpecScripts.features(file);
        String place = file + ":" + command.line() + ": ";
        try {
            command.module().parse(features).validated(features);
            failures.add(place + "accepted, wanted " + command.text());
        } catch (WasmException e) {
            refused++;
            if (!kind.isInstance(e)) {
                failures.add(place + e + ", wanted " + kind.getSimpleName());
            } else if (!e.reason().startsWith(command.text())) {
                otherWords.add(place + e + ", wanted " + command.text());
            }
        }
    }
}
