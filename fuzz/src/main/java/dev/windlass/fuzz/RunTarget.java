package dev.windlass.fuzz;

import dev.windlass.Engine;
import dev.windlass.GuestException;
import dev.windlass.LinkException;
import dev.windlass.ResourceLimits;
import dev.windlass.Trap;
import dev.windlass.UnsupportedModuleException;
import dev.windlass.WasmModule;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import java.util.List;

/// Instantiates a module and calls all that it exports, with little fuel and memory.
///
/// Input that looks like a module (binary or text) is taken as one; anything else drives the generator, whose module
/// must be valid.
public final class RunTarget {
    private static final long MEMORY = 16L << 20;

    /// Without threads: a wait without end is no finding, and fuel cannot end it.
    private static final Engine ENGINE =
            Engine.create()
                    .without(Feature.THREADS)
                    .withLimits(
                            ResourceLimits.DEFAULT.withMaxMemory(MEMORY).withMaxCallDepth(1000));

    private RunTarget() {}

    /// The fuzzer's entry.
    public static void fuzzerTestOneInput(byte[] input) {
        if (!looksLikeModule(input)) {
            new GuestRun(WasmModule.parse(ENGINE, new ModuleGenerator(input).module())).run();
            return;
        }
        try {
            new GuestRun(WasmModule.parse(ENGINE, input)).run();
        } catch (MalformedException | InvalidException expected) {
            // What a bad module gets.
        }
    }

    private static boolean looksLikeModule(byte[] input) {
        return input.length > 0 && List.of((byte) 0, (byte) '(', (byte) ';').contains(input[0]);
    }

    /// Whether an exception is one of those that a running guest may cause.
    static boolean isExpected(RuntimeException e) {
        return e instanceof Trap
                || e instanceof GuestException
                || e instanceof LinkException
                || e instanceof UnsupportedModuleException;
    }
}
