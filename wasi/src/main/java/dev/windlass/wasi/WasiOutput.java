package dev.windlass.wasi;

import java.io.OutputStream;

/// Where a guest's standard output or error goes.
public sealed interface WasiOutput {
    /// Nowhere.
    WasiOutput DISCARD = new Stream(OutputStream.nullOutputStream());

    /// This process's own stream of that kind.
    WasiOutput INHERIT = new Inherit();

    /// This process's own stream of that kind.
    record Inherit() implements WasiOutput {}

    /// A stream; flushed after every write of the guest.
    record Stream(OutputStream out) implements WasiOutput {}
}
