package dev.windlass.spec;

/// Something to say about one command of a script.
///
/// @param line of the script, from 1
/// @param text why it failed or was skipped, or how its wording differs
public record Finding(int line, String text) {
    @Override
    public String toString() {
        return "line " + line + ": " + text;
    }
}
