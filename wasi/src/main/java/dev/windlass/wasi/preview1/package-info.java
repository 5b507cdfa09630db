/// The handlers of preview 1's functions, a class a family: each takes its arguments from the guest,
/// calls the host's side, and stores the results.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasi.preview1;
