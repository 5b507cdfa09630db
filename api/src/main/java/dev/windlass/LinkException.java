package dev.windlass;

import org.jspecify.annotations.Nullable;

/// An import that is missing ("unknown import") or does not match ("incompatible import type").
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LinkException(@Nullable String message) {
        super(message);
    }
}
