package dev.windlass;

/// What a module offers.
public record ExportType(String name, ExternType type) {}
