/// The nouns of the language: types, the table of instructions, the module as written, the cursor
/// that walks over code. Reading and writing bytes, text and the rules of validation live in the
/// packages below; nothing here executes anything.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasm;
