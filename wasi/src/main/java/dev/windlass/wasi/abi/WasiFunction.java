package dev.windlass.wasi.abi;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The 46 functions of preview 1: the only list of them. A row's name in lower case is the
/// function's; its handler is the line of that name in `Preview1`, which the compiler demands.
public enum WasiFunction {
    // spotless:off parameters | rights that the descriptor among them needs
    ARGS_GET                ("ii",        Rights.NONE),
    ARGS_SIZES_GET          ("ii",        Rights.NONE),
    ENVIRON_GET             ("ii",        Rights.NONE),
    ENVIRON_SIZES_GET       ("ii",        Rights.NONE),
    CLOCK_RES_GET           ("ii",        Rights.NONE),
    CLOCK_TIME_GET          ("ili",       Rights.NONE),
    FD_ADVISE               ("flli",      Rights.FD_ADVISE),
    FD_ALLOCATE             ("fll",       Rights.FD_ALLOCATE),
    FD_CLOSE                ("i",         Rights.NONE),
    FD_DATASYNC             ("f",         Rights.FD_DATASYNC),
    FD_FDSTAT_GET           ("fi",        Rights.NONE),
    FD_FDSTAT_SET_FLAGS     ("fi",        Rights.FD_FDSTAT_SET_FLAGS),
    FD_FDSTAT_SET_RIGHTS    ("fll",       Rights.NONE),
    FD_FILESTAT_GET         ("fi",        Rights.FD_FILESTAT_GET),
    FD_FILESTAT_SET_SIZE    ("fl",        Rights.FD_FILESTAT_SET_SIZE),
    FD_FILESTAT_SET_TIMES   ("flli",      Rights.FD_FILESTAT_SET_TIMES),
    FD_PREAD                ("fiili",     Rights.FD_READ | Rights.FD_SEEK),
    FD_PRESTAT_GET          ("fi",        Rights.NONE),
    FD_PRESTAT_DIR_NAME     ("fii",       Rights.NONE),
    FD_PWRITE               ("fiili",     Rights.FD_WRITE | Rights.FD_SEEK),
    FD_READ                 ("fiii",      Rights.FD_READ),
    FD_READDIR              ("fiili",     Rights.FD_READDIR),
    FD_RENUMBER             ("ii",        Rights.NONE),
    FD_SEEK                 ("flii",      Rights.FD_TELL),
    FD_SYNC                 ("f",         Rights.FD_SYNC),
    FD_TELL                 ("fi",        Rights.FD_TELL),
    FD_WRITE                ("fiii",      Rights.FD_WRITE),
    PATH_CREATE_DIRECTORY   ("fii",       Rights.PATH_CREATE_DIRECTORY),
    PATH_FILESTAT_GET       ("fiiii",     Rights.PATH_FILESTAT_GET),
    PATH_FILESTAT_SET_TIMES ("fiiilli",   Rights.PATH_FILESTAT_SET_TIMES),
    PATH_LINK               ("fiiiiii",   Rights.PATH_LINK_SOURCE),
    PATH_OPEN               ("fiiiillii", Rights.PATH_OPEN),
    PATH_READLINK           ("fiiiii",    Rights.PATH_READLINK),
    PATH_REMOVE_DIRECTORY   ("fii",       Rights.PATH_REMOVE_DIRECTORY),
    PATH_RENAME             ("fiiiii",    Rights.PATH_RENAME_SOURCE),
    PATH_SYMLINK            ("iifii",     Rights.PATH_SYMLINK),
    PATH_UNLINK_FILE        ("fii",       Rights.PATH_UNLINK_FILE),
    POLL_ONEOFF             ("iiii",      Rights.NONE),
    PROC_EXIT               ("i",         Rights.NONE),
    PROC_RAISE              ("i",         Rights.NONE),
    RANDOM_GET              ("ii",        Rights.NONE),
    SCHED_YIELD             ("",          Rights.NONE),
    SOCK_ACCEPT             ("fii",       Rights.SOCK_ACCEPT),
    SOCK_RECV               ("fiiiii",    Rights.NONE),
    SOCK_SEND               ("fiiii",     Rights.NONE),
    SOCK_SHUTDOWN           ("fi",        Rights.SOCK_SHUTDOWN);
    // spotless:on

    /// The module that guests import them from.
    public static final String MODULE = "wasi_snapshot_preview1";

    private static final Map<String, WasiFunction> BY_TEXT = byText();

    private final String text = name().toLowerCase(Locale.ROOT);
    private final String params;
    private final long rights;

    WasiFunction(String params, long rights) {
        this.params = params;
        this.rights = rights;
    }

    private static Map<String, WasiFunction> byText() {
        Map<String, WasiFunction> all = new HashMap<>();
        for (WasiFunction function : values()) {
            all.put(function.text, function);
        }
        return all;
    }

    /// The function of that name, or null.
    public static @Nullable WasiFunction of(String text) {
        return BY_TEXT.get(text);
    }

    /// The name that guests import.
    public String text() {
        return text;
    }

    /// The parameters' types: `i` i32, `l` i64, `f` an i32 that is a descriptor.
    public String params() {
        return params;
    }

    /// Whether it gives an error number: all but one, which does not return.
    public boolean hasResult() {
        return this != PROC_EXIT;
    }

    /// Which parameter is a descriptor that the call uses, or -1.
    public int descriptor() {
        return params.indexOf('f');
    }

    /// What that descriptor must have the right to.
    public long rights() {
        return rights;
    }
}
