package dev.windlass.cli;

import org.jspecify.annotations.Nullable;

/// The options of `run`: one row, one option. Both the parser ([RunParser]) and the help and shell
/// completion come from here.
enum RunOption {
    // spotless:off
    ENGINE("--engine", "NAME", "auto (the default), interpreter or llvm"),
    O0("-O0", null, "engine llvm: compile fast"),
    O1("-O1", null, "engine llvm: compile well (the default)"),
    O2("-O2", null, "engine llvm: take time for better code"),
    MEMORY_MODE("--memory-mode", "MODE", "engine llvm: guard (the hardware checks accesses), explicit or auto (the default)"),
    COMPILE_IN("--compile-in", "PLACE", "engine llvm: process (the default), or worker: another process, which may crash or hang and only leaves functions to the interpreter"),
    FORCE("--force", null, "engine llvm: also on systems where it has not been tested (macOS)"),
    TEST_MIX("--test-mix", "SEED", "engine llvm, for tests: leave half of the functions, chosen by SEED, to the interpreter"),
    PRECOMPILED("--precompiled", null, "MODULE is a library that 'windlass compile' made; run only what you trust"),
    DIR("--dir", "HOST[::GUEST]", "give the program a folder, under the same name or as GUEST; repeatable"),
    ENV("--env", "NAME[=VALUE]", "set an environment variable of the program; without a value: pass on ours; repeatable"),
    ARGV0("--argv0", "NAME", "the program's name in its arguments (default: the module's path as given)"),
    INVOKE("--invoke", "FUNCTION", "call this export; ARGS are its arguments (7 or i32:7), results go to standard output"),
    TIMEOUT("--timeout", "TIME", "stop the program after that time: 500ms, 10s, 2m"),
    FUEL("--fuel", "N", "stop the program after that many instructions"),
    MAX_MEMORY("--max-memory", "SIZE", "most that the program may make grow (memories, tables, references, stacks): 64M, 2G"),
    STACK_SIZE("--stack-size", "SIZE", "the program's own stack (default: 8M)"),
    STATS("--stats", null, "report engine, times, memory and fuel on standard error at the end"),
    TCPLISTEN("--tcplisten", "HOST:PORT", "give the program a listening socket; repeatable"),
    ENABLE("--enable", "FEATURE", "switch a feature of the language on; repeatable"),
    DISABLE("--disable", "FEATURE", "switch a feature of the language off; repeatable");
    // spotless:on

    private final String text;
    private final @Nullable String parameter;
    private final String help;

    RunOption(String text, @Nullable String parameter, String help) {
        this.text = text;
        this.parameter = parameter;
        this.help = help;
    }

    String text() {
        return text;
    }

    /// What its value is called in the help, or null if it has none.
    @Nullable String parameter() {
        return parameter;
    }

    String help() {
        return help;
    }

    static @Nullable RunOption of(String text) {
        for (RunOption option : values()) {
            if (option.text.equals(text)) {
                return option;
            }
        }
        return null;
    }
}
