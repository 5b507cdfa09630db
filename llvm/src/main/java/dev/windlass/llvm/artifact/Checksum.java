package dev.windlass.llvm.artifact;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Shows damage: two cyclic redundancy checks of 32 bits. The processor computes them at a start's
/// very beginning as fast as later, when a digest would still be interpreted.
final class Checksum {
    /// Of the value in bytes.
    static final int BYTES = Long.BYTES;

    private final CRC32 first = new CRC32();
    private final CRC32C second = new CRC32C();

    static long of(byte[] bytes) {
        return new Checksum().add(bytes, 0, bytes.length).value();
    }

    Checksum add(byte[] bytes, int offset, int length) {
        first.update(bytes, offset, length);
        second.update(bytes, offset, length);
        return this;
    }

    long value() {
        return first.getValue() << Integer.SIZE | second.getValue();
    }
}
