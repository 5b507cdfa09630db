package dev.windlass.llvm.worker;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;

/// Modules of which each function calls the one before.
final class Sample {
    static final int SMALL_FUNCTIONS = 40;

    /// One batch.
    static final Module SMALL = module(SMALL_FUNCTIONS);

    /// Several batches.
    static final Module LARGE = module(250);

    private Sample() {}

    private static Module module(int functions) {
        return WatParser.parseModule(text(functions), Features.ALL).validated(Features.ALL);
    }

    private static String text(int functions) {
        StringBuilder text = new StringBuilder("(module ");
        text.append("(func (param i32) (result i32) local.get 0)");
        for (int i = 1; i < functions; i++) {
            text.append("(func (param i32) (result i32) local.get 0 call ").append(i - 1);
            for (int k = 0; k < 30; k++) {
                text.append(" i32.const ").append(i * k).append(" i32.add local.get 0 i32.xor");
            }
            text.append(')');
        }
        return text + "(export \"last\" (func " + (functions - 1) + ")))";
    }
}
