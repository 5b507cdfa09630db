package dev.windlass.wasi;

import java.nio.file.Path;

/// A directory that a guest may use.
///
/// @param host where it is
/// @param guest the name that the guest knows it by
/// @param readOnly whether the guest may change nothing in it
public record WasiDirectory(Path host, String guest, boolean readOnly) {}
