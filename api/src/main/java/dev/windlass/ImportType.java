package dev.windlass;

/// What a module asks for.
///
/// @param module the first name
/// @param name the second name
public record ImportType(String module, String name, ExternType type) {}
