package dev.windlass.spec;

/// A command of a script that did not do what it should.
final class ScriptFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    ScriptFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
