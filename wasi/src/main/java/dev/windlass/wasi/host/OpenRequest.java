package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.Rights;

/// What a guest asks for when it opens a path.
///
/// @param openFlags `OFLAGS_` bits
/// @param rights of the new descriptor, at most
/// @param inheriting what it can pass on, at most
/// @param fdFlags `FDFLAGS_` bits
public record OpenRequest(int openFlags, long rights, long inheriting, int fdFlags) {
    boolean creates() {
        return (openFlags & Flags.OFLAGS_CREAT) != 0;
    }

    boolean exclusive() {
        return (openFlags & Flags.OFLAGS_EXCL) != 0;
    }

    boolean truncates() {
        return (openFlags & Flags.OFLAGS_TRUNC) != 0;
    }

    boolean directory() {
        return (openFlags & Flags.OFLAGS_DIRECTORY) != 0;
    }

    boolean reads() {
        return (rights & (Rights.FD_READ | Rights.FD_READDIR)) != 0;
    }

    boolean writes() {
        return (rights & (Rights.FD_WRITE | Rights.FD_ALLOCATE | Rights.FD_FILESTAT_SET_SIZE)) != 0;
    }

    boolean blocks() {
        return (fdFlags & Flags.FDFLAGS_NONBLOCK) == 0;
    }

    boolean appends() {
        return (fdFlags & Flags.FDFLAGS_APPEND) != 0;
    }

    /// The same, but for a directory only.
    OpenRequest asDirectory() {
        return new OpenRequest(openFlags | Flags.OFLAGS_DIRECTORY, rights, inheriting, fdFlags);
    }
}
