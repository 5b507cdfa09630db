/// The command line: one class a command, the options of `run` as a table, error messages, exit
/// codes. What it does to modules is the embedding API's business.
@org.jspecify.annotations.NullMarked
package dev.windlass.cli;
