/// Runs test scripts (`.wast`): whole folders, with a report for each file. How scripts are parsed
/// lies in [dev.windlass.wasm.text.ScriptParser].
@org.jspecify.annotations.NullMarked
package dev.windlass.spec;
