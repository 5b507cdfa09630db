/// The meaning of pure operations, one static method an instruction: both engines' tests and the
/// interpreter call these, so that there is one place that says what `f32.min` does.
@org.jspecify.annotations.NullMarked
package dev.windlass.runtime.numeric;
