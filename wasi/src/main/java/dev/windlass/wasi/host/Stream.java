package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Rights;

/// A standard stream, in either direction: has no position.
abstract class Stream extends Descriptor {
    private final FileType type;
    private volatile int flags;

    /// @param rights besides what all streams have
    Stream(FileType type, long rights) {
        super(Rights.STREAM | rights, Rights.NONE);
        this.type = type;
    }

    @Override
    public final FileType type() {
        return type;
    }

    @Override
    protected final Errno missing(long needed) {
        boolean position = (needed & ~(Rights.FD_SEEK | Rights.FD_TELL)) == 0;
        return position ? Errno.SPIPE : super.missing(needed);
    }

    @Override
    public final int flags() {
        return flags;
    }

    @Override
    public final void setFlags(int newFlags) {
        flags = newFlags;
    }
}
