/// What a fuzzer calls: each target takes bytes and returns, or lets an exception out that no input may cause. Nothing
/// here knows a fuzzer.
@NullMarked
package dev.windlass.fuzz;

import org.jspecify.annotations.NullMarked;
