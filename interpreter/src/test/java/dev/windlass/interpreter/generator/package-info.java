/// The generator of nodes, and the test that its output is committed.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.generator;
