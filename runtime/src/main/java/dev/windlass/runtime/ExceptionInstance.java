package dev.windlass.runtime;

/// An exception instance: a tag and its arguments.
///
/// @param tag what was thrown
/// @param slots the arguments as slots; owned by this object, not to be written to
public record ExceptionInstance(TagInstance tag, long[] slots) {}
