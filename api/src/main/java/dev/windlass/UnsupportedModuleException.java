package dev.windlass;

import org.jspecify.annotations.Nullable;

/// A valid module that uses what cannot be executed yet; the message says what.
public final class UnsupportedModuleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsupportedModuleException(@Nullable String message) {
        super(message);
    }
}
