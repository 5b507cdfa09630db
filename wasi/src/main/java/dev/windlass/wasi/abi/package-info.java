/// What a guest sees: error numbers, rights, flags, layouts, and the table of functions. Nothing in
/// here knows how the host does its part.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasi.abi;
