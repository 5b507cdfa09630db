package dev.windlass.spec;

/// A command depends on a module that needs what is not supported yet.
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    Unsupported(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
