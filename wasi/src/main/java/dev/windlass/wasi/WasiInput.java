package dev.windlass.wasi;

import java.io.InputStream;

/// Where a guest's standard input comes from.
public sealed interface WasiInput {
    /// Nothing: at its end from the start.
    WasiInput EMPTY = new Bytes(new byte[0]);

    /// This process's own standard input.
    WasiInput INHERIT = new Inherit();

    /// This process's own standard input.
    record Inherit() implements WasiInput {}

    /// A stream. It may block; a guest that waits for it can still be interrupted.
    record Stream(InputStream in) implements WasiInput {}

    /// Some bytes.
    record Bytes(byte[] bytes) implements WasiInput {}
}
