package dev.windlass.fuzz;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.ScriptParser;
import dev.windlass.wasm.text.WatParser;
import dev.windlass.wasm.text.WatPrinter;
import dev.windlass.wasm.validation.Validator;
import java.nio.charset.StandardCharsets;

/// Parses the input as a module in the text format, and as a test script; prints what is valid and parses it again.
public final class TextTarget {
    private TextTarget() {}

    /// The fuzzer's entry.
    public static void fuzzerTestOneInput(byte[] input) {
        module(new String(input, StandardCharsets.UTF_8));
        script(input);
    }

    private static void module(String text) {
        Module module;
        try {
            module = read(text);
            Validator.validate(module);
        } catch (MalformedException | InvalidException expected) {
            return;
        }
        comesBack(WatPrinter.print(module));
    }

    private static Module read(String text) {
        return ModuleReader.read(WatParser.parse(text, Features.ALL), Features.ALL);
    }

    /// What the printer writes must be a module's text, and printed again the same text.
    private static void comesBack(String printed) {
        String again;
        try {
            again = WatPrinter.print(read(printed));
        } catch (MalformedException | InvalidException e) {
            throw new AssertionError("the printer's text is refused: " + printed, e);
        }
        if (!again.equals(printed)) {
            throw new AssertionError("printed differently:\n" + printed + "\n" + again);
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
