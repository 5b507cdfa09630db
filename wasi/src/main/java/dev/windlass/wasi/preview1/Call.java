package dev.windlass.wasi.preview1;

import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.GuestMemory;
import dev.windlass.wasi.host.Descriptor;
import dev.windlass.wasi.host.GuestProcess;
import dev.windlass.wasi.host.Interrupts;
import org.jspecify.annotations.Nullable;

/// One call of a guest: its arguments, and what they refer to.
///
/// @param slots the address of the arguments
/// @param subject the descriptor among them, in use until the call ends; null if there is none
record Call(
        GuestProcess process,
        GuestMemory memory,
        Interrupts interrupts,
        long slots,
        @Nullable Descriptor subject) {
    int i32(int parameter) {
        return Slots.getI32(slots, parameter);
    }

    /// An i32 as an unsigned number: pointers, lengths.
    long u32(int parameter) {
        return Slots.getI32(slots, parameter) & 0xFFFF_FFFFL;
    }

    long i64(int parameter) {
        return Slots.getI64(slots, parameter);
    }

    /// The list of buffers whose pointer and length are two parameters.
    GuestBuffers buffers(int parameter) {
        return GuestBuffers.read(memory, u32(parameter), u32(parameter + 1));
    }

    /// The path whose pointer and length are two parameters.
    String path(int parameter) {
        return memory.path(u32(parameter), u32(parameter + 1));
    }

    /// The descriptor of the functions that have one.
    Descriptor descriptor() {
        if (subject == null) {
            throw new IllegalStateException("the function has no descriptor");
        }
        return subject;
    }
}
