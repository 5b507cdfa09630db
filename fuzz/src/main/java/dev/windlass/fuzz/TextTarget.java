package dev.windlass.fuzz;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.ScriptParser;
import dev.windlass.wasm.text.WatParser;
import dev.windlass.wasm.validation.Validator;
import java.nio.charset.StandardCharsets;

/// Parses the input as a module in the text format, and as a test script.
public final class TextTarget {
    private TextTarget() {}

    /// The fuzzer's entry.
    public static void fuzzerTestOneInput(byte[] input) {
        module(new String(input, StandardCharsets.UTF_8));
        script(input);
    }

    private static void module(String text) {
        try {
            Validator.validate(
                    ModuleReader.read(WatParser.parse(text, Features.ALL), Features.ALL));
        } catch (MalformedException | InvalidException expected) {
            // What a bad module gets.
        }
    }

    private static void script(byte[] text) {
        try {
            ScriptParser.parse(text);
        } catch (MalformedException | InvalidException expected) {
            // What a bad script gets.
        }
    }
}
