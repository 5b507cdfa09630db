/// What executes: nodes, blocks, and the thread state that they work on. How code becomes nodes is
/// not here.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.machine;
