/// Nodes and blocks by operand kind, written by the node generator; not for hand edits.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.generated;
