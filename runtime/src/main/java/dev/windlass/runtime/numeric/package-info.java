/// What the pure instructions mean: scalar, vector and atomic operations as plain static methods,
/// the one place that interpreter, constant folding and tests ask. Bounds of memory are checked by
/// the callers, not here.
@org.jspecify.annotations.NullMarked
package dev.windlass.runtime.numeric;
