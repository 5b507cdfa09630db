/// How the bytes of a function become blocks of nodes.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.translation;
