package dev.windlass.wasm;

import org.jspecify.annotations.Nullable;

/// The names that the custom section `name` gives, decoded when first asked for. A damaged section
/// gives no names rather than an error, as the specification asks.
///
/// @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Name section</a>
public final class Names {
    private final Module module;

    Names(Module module) {
        this.module = module;
    }

    /// The name of a function, or null.
    public @Nullable String function(int index) {
        throw new UnsupportedOperationException(module + " " + index);
    }
}
