package dev.windlass.wasi.posix;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.GuestBuffers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// A thread's room for what system calls point at: two names, a result, the error number. Freed with
/// the thread.
final class Scratch {
    /// Of a name or path, with its NUL.
    static final int NAME = 4200;

    /// Of whatever a call fills in.
    static final int RESULT = 1 << 15;

    private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

    private final MemorySegment capture;

    /// Kept so that the room lives as long as this: addresses do not keep it.
    @SuppressWarnings("UnusedVariable")
    private final MemorySegment room;

    private final long first;
    private final long second;
    private final long result;

    private Scratch() {
        Arena arena = Arena.ofAuto();
        capture = arena.allocate(16, 8);
        room = arena.allocate(2 * NAME + RESULT, 64);
        result = room.address();
        first = result + RESULT;
        second = first + NAME;
    }

    static Scratch current() {
        return CURRENT.get();
    }

    /// Where the call leaves its error number.
    MemorySegment capture() {
        return capture;
    }

    /// The address of a string that ends in NUL.
    long first(String name) {
        return put(name, first);
    }

    /// Another, together with the first.
    long second(String name) {
        return put(name, second);
    }

    private static long put(String name, long address) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= NAME) {
            throw Errno.NAMETOOLONG.failure();
        }
        Raw.copy(bytes, 0, address, bytes.length);
        Raw.putByte(address + bytes.length, (byte) 0);
        return address;
    }

    /// The address of an array of `iovec`, in the place of the result.
    long vectors(GuestBuffers buffers) {
        for (int i = 0; i < buffers.count(); i++) {
            Raw.putLong(result + 16L * i, buffers.address(i));
            Raw.putLong(result + 16L * i + 8, buffers.length(i));
        }
        return result;
    }

    /// The address of [#RESULT] bytes.
    long result() {
        return result;
    }
}
