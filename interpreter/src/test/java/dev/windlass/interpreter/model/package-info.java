/// Random code against a model that executes it one instruction after the other.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.model;
