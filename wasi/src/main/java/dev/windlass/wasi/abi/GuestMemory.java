package dev.windlass.wasi.abi;

import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.boundary.Raw;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The guest's memory as host functions see it: every access is checked, and one outside is the
/// error FAULT. Pointers and lengths are unsigned 32-bit numbers in longs.
public final class GuestMemory {
    /// The longest path that is looked at.
    public static final int MAX_PATH = 4096;

    private final @Nullable MemoryInstance memory;

    /// @param memory null for a guest that exports none: every access fails
    public GuestMemory(@Nullable MemoryInstance memory) {
        this.memory = memory;
    }

    /// The address of a range. It stays valid until the guest runs again.
    public long address(long pointer, long bytes) {
        if (memory == null) {
            throw Errno.FAULT.failure();
        }
        long length = memory.byteLength();
        if (bytes < 0 || bytes > length || pointer < 0 || pointer > length - bytes) {
            throw Errno.FAULT.failure();
        }
        return memory.base() + pointer;
    }

    public int getByte(long pointer) {
        return Raw.getByte(address(pointer, 1)) & 0xFF;
    }

    public int getShort(long pointer) {
        return Raw.getShort(address(pointer, 2)) & 0xFFFF;
    }

    public int getInt(long pointer) {
        return Raw.getInt(address(pointer, 4));
    }

    public long getLong(long pointer) {
        return Raw.getLong(address(pointer, 8));
    }

    public void putByte(long pointer, int value) {
        Raw.putByte(address(pointer, 1), (byte) value);
    }

    public void putShort(long pointer, int value) {
        Raw.putShort(address(pointer, 2), (short) value);
    }

    public void putInt(long pointer, int value) {
        Raw.putInt(address(pointer, 4), value);
    }

    public void putLong(long pointer, long value) {
        Raw.putLong(address(pointer, 8), value);
    }

    public void putBytes(long pointer, byte[] bytes, int length) {
        Raw.copy(bytes, 0, address(pointer, length), length);
    }

    /// A path. NUL is not part of any name; names are UTF-8.
    public String path(long pointer, long length) {
        long address = address(pointer, length);
        if (length > MAX_PATH) {
            throw Errno.NAMETOOLONG.failure();
        }
        byte[] bytes = new byte[(int) length];
        Raw.copy(address, bytes, 0, bytes.length);
        for (byte b : bytes) {
            if (b == 0) {
                throw Errno.INVAL.failure();
            }
        }
        return utf8(bytes);
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Errno.ILSEQ.failure();
        }
    }
}
