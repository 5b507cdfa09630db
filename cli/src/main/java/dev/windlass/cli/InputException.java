package dev.windlass.cli;

/// An input that cannot be used; the message names it, the reason and the remedy.
final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InputException(String message) {
        super(message);
    }
}
