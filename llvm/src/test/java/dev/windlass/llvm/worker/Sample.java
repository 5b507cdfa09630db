package dev.windlass.llvm.worker;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;

/// A module of several batches: each function calls the one before.
final class Sample {
    static final int FUNCTIONS = 400;

    static final Module MODULE =
            WatParser.parseModule(text(), Features.ALL).validated(Features.ALL);

    private Sample() {}

    private static String text() {
        StringBuilder text = new StringBuilder("(module ");
        text.append("(func (param i32) (result i32) local.get 0)");
        for (int i = 1; i < FUNCTIONS; i++) {
            text.append("(func (param i32) (result i32) local.get 0 call ").append(i - 1);
            for (int k = 0; k < 30; k++) {
                text.append(" i32.const ").append(i * k).append(" i32.add local.get 0 i32.xor");
            }
            text.append(')');
        }
        return text + "(export \"last\" (func " + (FUNCTIONS - 1) + ")))";
    }
}
