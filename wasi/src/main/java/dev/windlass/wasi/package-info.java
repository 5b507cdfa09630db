/// What an embedder configures and starts: [WasiConfig] says what a guest may use, [WasiProcess] is
/// the running program that all its threads share.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasi;
