package dev.windlass.cli;

/// The commands, by name. What is not one of them is a program: `windlass app.wasm` means
/// `windlass run app.wasm`.
enum Verb {
    RUN("run"),
    COMPILE("compile"),
    EXPLORE("explore"),
    VALIDATE("validate"),
    WAT2WASM("wat2wasm"),
    WASM2WAT("wasm2wat"),
    WAST("wast"),
    INSPECT("inspect"),
    DOCTOR("doctor"),
    COMPLETION("completion"),
    HELP("help"),
    VERSION("--version"),
    /// The launcher's: see [Training].
    TRAIN("--train");

    private final String text;

    Verb(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// The command that the first word of a command line means.
    static Verb of(String word) {
        if (word.equals("-h") || word.equals("--help")) {
            return HELP;
        }
        if (word.equals("-V")) {
            return VERSION;
        }
        for (Verb verb : values()) {
            if (verb.text.equals(word)) {
                return verb;
            }
        }
        return RUN;
    }
}
