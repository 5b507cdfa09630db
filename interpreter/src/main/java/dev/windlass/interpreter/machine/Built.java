package dev.windlass.interpreter.machine;

/// What factories return: nodes and blocks. An interface, because HotSpot's verifier loads the class
/// of each object that a method returns as a class type, but not as an interface type; so a factory
/// with many products loads only what it makes.
public sealed interface Built permits Node, Block {}
