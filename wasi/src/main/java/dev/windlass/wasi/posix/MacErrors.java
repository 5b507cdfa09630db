package dev.windlass.wasi.posix;

import dev.windlass.wasi.abi.Errno;

/// macOS's error numbers: the old ones are everybody's, the later ones its own.
final class MacErrors {
    private static final int LAST_COMMON = 34;

    private MacErrors() {}

    static Errno errno(int number) {
        if (number == 11) {
            return Errno.DEADLK;
        }
        if (number <= LAST_COMMON) {
            return LinuxErrors.errno(number);
        }
        // spotless:off
        return switch (number) {
            case 35      -> Errno.AGAIN;
            case 45, 102 -> Errno.NOTSUP;
            case 60      -> Errno.TIMEDOUT;
            case 62      -> Errno.LOOP;
            case 63      -> Errno.NAMETOOLONG;
            case 66      -> Errno.NOTEMPTY;
            case 69      -> Errno.DQUOT;
            case 70      -> Errno.STALE;
            case 77      -> Errno.NOLCK;
            case 78      -> Errno.NOSYS;
            case 84      -> Errno.OVERFLOW;
            case 89      -> Errno.CANCELED;
            case 92      -> Errno.ILSEQ;
            default      -> Errno.IO;
        };
        // spotless:on
    }
}
