package dev.windlass.wasi.posix;

/// The C library's functions that [MacPosix] calls.
enum MacFunction {
    // spotless:off name | parameters before the variable ones, 0 for none
    OPENAT("openat", 3),
    MKDIRAT("mkdirat", 0),
    UNLINKAT("unlinkat", 0),
    RENAMEAT("renameat", 0),
    LINKAT("linkat", 0),
    SYMLINKAT("symlinkat", 0),
    READLINKAT("readlinkat", 0),
    FSTATAT("fstatat", 0),
    FSTAT("fstat", 0),
    UTIMENSAT("utimensat", 0),
    FUTIMENS("futimens", 0),
    FDOPENDIR("fdopendir", 0),
    READDIR("readdir", 0),
    CLOSEDIR("closedir", 0),
    READ("read", 0),
    WRITE("write", 0),
    PREAD("pread", 0),
    PWRITE("pwrite", 0),
    WRITEV("writev", 0),
    LSEEK("lseek", 0),
    FTRUNCATE("ftruncate", 0),
    FSYNC("fsync", 0),
    FCNTL("fcntl", 2),
    CLOSE("close", 0),
    POLL("poll", 0),
    CLOCK_GETTIME("clock_gettime", 0);
    // spotless:on

    private final String text;
    private final int fixed;

    MacFunction(String text, int fixed) {
        this.text = text;
        this.fixed = fixed;
    }

    /// The symbol's name; on Intel those with structures of the older kind have another.
    String symbol(boolean intel) {
        return switch (this) {
            case FSTATAT, FSTAT, FDOPENDIR, READDIR -> intel ? text + "$INODE64" : text;
            default -> text;
        };
    }

    /// How many parameters come before the variable ones; 0 if none are variable.
    int fixed() {
        return fixed;
    }
}
