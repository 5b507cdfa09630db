/// What generated code and Java agree on: raw memory, slots, layouts of context and records, the
/// enumerated host calls. Every offset is written down here and nowhere else.
@org.jspecify.annotations.NullMarked
package dev.windlass.runtime.boundary;
