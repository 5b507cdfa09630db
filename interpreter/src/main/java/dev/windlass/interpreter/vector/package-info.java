/// Statements and expressions of the vector instructions. Vectors are not values of nodes: each lies
/// in two slots of the frame, and every instruction that makes one is a statement.
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.vector;
