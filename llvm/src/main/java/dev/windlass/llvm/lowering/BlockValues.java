package dev.windlass.llvm.lowering;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// What was computed from a value in the current block, to be used again as long as the block goes
/// on: guests use an index for several accesses in a row, and code that LLVM does not get need not be
/// optimised away.
final class BlockValues {
    private final Map<Long, Long> values = new HashMap<>();
    private @Nullable SsaBlock block;

    /// @param current the block that the builder is in
    long get(SsaBlock current, long value, LongUnaryOperator computation) {
        if (block != current) {
            values.clear();
            block = current;
        }
        Long known = values.get(value);
        if (known == null) {
            known = computation.applyAsLong(value);
            values.put(value, known);
        }
        return known;
    }
}
