/// The store and what lives in it: instances of modules, functions, memories, tables, globals, tags,
/// exceptions; instantiation; traps and limits. How code is executed is the engines' business.
@org.jspecify.annotations.NullMarked
package dev.windlass.runtime;
