package dev.windlass;

import dev.windlass.wasm.Limits;
import java.util.OptionalLong;

/// Limits of the module layer to the API's optional maximum and back.
final class Bounds {
    private Bounds() {}

    static OptionalLong max(Limits limits) {
        return limits.hasMax() ? OptionalLong.of(limits.max()) : OptionalLong.empty();
    }

    static Limits limits(long min, OptionalLong max) {
        return max.isPresent() ? Limits.of(min, max.getAsLong()) : Limits.atLeast(min);
    }

    static String text(long min, OptionalLong max) {
        String text = Long.toUnsignedString(min);
        return max.isPresent() ? text + " " + Long.toUnsignedString(max.getAsLong()) : text;
    }
}
