/// The interpreter's front: the engine. Translation and execution have packages of their own.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter;
