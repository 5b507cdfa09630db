package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.Rights;
import java.io.IOException;
import java.io.OutputStream;

/// Standard output or error: every write of the guest is one write, nothing is kept back.
public final class OutputStreamDescriptor extends Stream {
    private static final int CHUNK = 1 << 20;

    private final OutputStream out;

    /// @param rights besides what every stream has
    public OutputStreamDescriptor(FileType type, long rights, OutputStream out) {
        super(type, Rights.FD_WRITE | rights);
        this.out = out;
    }

    @Override
    public long write(GuestBuffers from, Interrupts interrupts) {
        byte[] bytes = new byte[(int) Math.min(from.total(), CHUNK)];
        int n = from.gather(0, bytes, bytes.length);
        try {
            synchronized (out) {
                out.write(bytes, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
        return n;
    }
}
