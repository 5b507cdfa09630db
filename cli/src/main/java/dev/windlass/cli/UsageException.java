package dev.windlass.cli;

/// A command line that makes no sense; the message says what and how to do better.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
