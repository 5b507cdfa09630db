package dev.windlass.wasi.abi;

/// The small sets of flags and the plain enumerations of preview 1.
public final class Flags {
    // spotless:off
    public static final int FDFLAGS_APPEND   = 1;
    public static final int FDFLAGS_DSYNC    = 1 << 1;
    public static final int FDFLAGS_NONBLOCK = 1 << 2;
    public static final int FDFLAGS_RSYNC    = 1 << 3;
    public static final int FDFLAGS_SYNC     = 1 << 4;
    public static final int FDFLAGS_ALL      = (1 << 5) - 1;

    public static final int OFLAGS_CREAT     = 1;
    public static final int OFLAGS_DIRECTORY = 1 << 1;
    public static final int OFLAGS_EXCL      = 1 << 2;
    public static final int OFLAGS_TRUNC     = 1 << 3;
    public static final int OFLAGS_ALL       = (1 << 4) - 1;

    public static final int LOOKUP_SYMLINK_FOLLOW = 1;

    public static final int FST_ATIM     = 1;
    public static final int FST_ATIM_NOW = 1 << 1;
    public static final int FST_MTIM     = 1 << 2;
    public static final int FST_MTIM_NOW = 1 << 3;
    public static final int FST_ALL      = (1 << 4) - 1;

    public static final int WHENCE_SET = 0;
    public static final int WHENCE_CUR = 1;
    public static final int WHENCE_END = 2;

    public static final int ADVICE_LAST = 5;

    public static final int CLOCK_REALTIME           = 0;
    public static final int CLOCK_MONOTONIC          = 1;
    public static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    public static final int CLOCK_THREAD_CPUTIME_ID  = 3;

    public static final int EVENT_CLOCK    = 0;
    public static final int EVENT_FD_READ  = 1;
    public static final int EVENT_FD_WRITE = 2;
    public static final int EVENT_HANGUP   = 1;
    public static final int CLOCK_ABSTIME  = 1;

    public static final int RI_RECV_PEEK      = 1;
    public static final int RI_RECV_WAITALL   = 1 << 1;
    public static final int RO_DATA_TRUNCATED = 1;
    public static final int SD_RD = 1;
    public static final int SD_WR = 1 << 1;
    // spotless:on

    private Flags() {}
}
