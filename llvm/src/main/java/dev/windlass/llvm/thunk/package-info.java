/// The native side of the boundary: code that enters compiled functions, leaves them for the host,
/// and stands in for functions without compiled code. Part of every library.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.thunk;
