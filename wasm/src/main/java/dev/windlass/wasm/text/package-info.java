/// The text format: modules, scripts, the printer. Text becomes a module by way of the binary
/// format, so that there is one reader and one validator.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasm.text;
