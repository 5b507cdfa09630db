/// What an engine supplies.
@org.jspecify.annotations.NullMarked
package dev.windlass.runtime.spi;
