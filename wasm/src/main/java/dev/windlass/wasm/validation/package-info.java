/// The rules of validation. What is valid here is safe to execute without further checks of types.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasm.validation;
