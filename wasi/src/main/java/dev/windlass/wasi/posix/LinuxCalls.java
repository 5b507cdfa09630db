package dev.windlass.wasi.posix;

/// The numbers of Linux's system calls on one architecture.
record LinuxCalls(
        boolean isArm,
        int read,
        int write,
        int close,
        int lseek,
        int pread64,
        int pwrite64,
        int writev,
        int fcntl,
        int fsync,
        int fdatasync,
        int ftruncate,
        int getdents64,
        int fadvise64,
        int clockGettime,
        int openat,
        int mkdirat,
        int unlinkat,
        int linkat,
        int symlinkat,
        int readlinkat,
        int ppoll,
        int utimensat,
        int fallocate,
        int renameat2,
        int statx) {
    // spotless:off
    private static final LinuxCalls X86_64 = new LinuxCalls(
            false, 0, 1, 3, 8, 17, 18, 20, 72, 74, 75, 77, 217, 221, 228,
            257, 258, 263, 265, 266, 267, 271, 280, 285, 316, 332);
    /// The numbers that all newer architectures share.
    private static final LinuxCalls AARCH64 = new LinuxCalls(
            true, 63, 64, 57, 62, 67, 68, 66, 25, 82, 83, 46, 61, 223, 113,
            56, 34, 35, 37, 36, 78, 73, 88, 47, 276, 291);
    // spotless:on

    static boolean isKnown(String architecture) {
        return architecture.equals("amd64") || architecture.equals("aarch64");
    }

    static LinuxCalls ofThisMachine() {
        return System.getProperty("os.arch", "").equals("amd64") ? X86_64 : AARCH64;
    }
}
