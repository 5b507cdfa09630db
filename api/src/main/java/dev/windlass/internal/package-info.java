/// What our own tools need below the embedding API. Exported to them alone.
@org.jspecify.annotations.NullMarked
package dev.windlass.internal;
