package dev.windlass.runtime;

import org.jspecify.annotations.Nullable;

/// One frame of a guest's backtrace.
///
/// @param module the module's name, or null
/// @param function the function's index
/// @param name the function's name, or null
/// @param offset the byte offset of the instruction in the module, or -1 where unknown
public record GuestFrame(
        @Nullable String module, int function, @Nullable String name, int offset) {}
