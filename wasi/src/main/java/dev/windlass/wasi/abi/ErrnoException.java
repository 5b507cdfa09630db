package dev.windlass.wasi.abi;

/// A call's failure, on its way to the guest as an error number. One object per number, without a
/// stack trace: [Errno#failure()].
public final class ErrnoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
