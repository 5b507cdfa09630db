/// The binary format: bytes to [dev.windlass.wasm.Module] and back. No validation lives here.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasm.binary;
