/// What the packages of this module share and nobody else sees: the catalogue of error texts.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasm.internal;
