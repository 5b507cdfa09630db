/// Statements and expressions of the atomic instructions.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.atomic;
