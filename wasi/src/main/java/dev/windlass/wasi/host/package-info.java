/// The host's side: descriptors, files and directories, standard streams, sockets, clocks, waiting.
/// Speaks in Java types and [dev.windlass.wasi.abi.Errno]; how a guest passes arguments is not its
/// business.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasi.host;
