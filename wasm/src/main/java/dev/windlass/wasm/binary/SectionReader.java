package dev.windlass.wasm.binary;

import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.Types;
import dev.windlass.wasm.internal.Errors;

/// What the sections have in common: counts, types of external things, constant expressions, read
/// from the section that the cursor stands in.
final class SectionReader {
    private static final int HAS_MAX = 1;
    private static final int SHARED = 2;
    private static final int IS_64 = 4;
    private static final int HAS_PAGE_SIZE = 8;

    final Cursor in;
    final Features features;

    SectionReader(Cursor in, Features features) {
        this.in = in;
        this.features = features;
    }

    /// The number of entries of a list. Nothing may be allocated for a list before its count passed
    /// here.
    ///
    /// @param limit see [dev.windlass.wasm.ImplementationLimits]
    int count(String what, int limit) {
        int at = in.position();
        int count = in.u32();
        if (Integer.compareUnsigned(count, in.remaining()) > 0) {
            // Every entry takes a byte at least, so the entries run over the section's end.
            throw Errors.unexpectedEnd(in.end());
        }
        if (count > limit) {
            throw Errors.tooMany(what, count, limit, at);
        }
        return count;
    }

    boolean has(Feature feature) {
        return features.has(feature);
    }

    void require(Feature feature, String reason, int at) {
        if (!has(feature)) {
            throw Errors.needs(feature, reason, at);
        }
    }

    TableType tableType() {
        int element = Types.readRefType(in, features);
        int at = in.position();
        int flags = in.u8();
        if ((flags & ~(HAS_MAX | IS_64)) != 0) {
            throw Errors.malformed("limits flags", at);
        }
        return new TableType(element, limits(flags, at), (flags & IS_64) != 0);
    }

    MemoryType memoryType() {
        int at = in.position();
        int flags = in.u8();
        if ((flags & ~(HAS_MAX | SHARED | IS_64 | HAS_PAGE_SIZE)) != 0) {
            throw Errors.malformed("limits flags", at);
        }
        if ((flags & SHARED) != 0) {
            require(Feature.THREADS, "malformed limits flags", at);
        }
        Limits limits = limits(flags, at);
        return new MemoryType(
                limits, (flags & IS_64) != 0, (flags & SHARED) != 0, pageSizeLog2(flags, at));
    }

    private int pageSizeLog2(int flags, int at) {
        if ((flags & HAS_PAGE_SIZE) == 0) {
            return MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        }
        require(Feature.CUSTOM_PAGE_SIZES, "malformed limits flags", at);
        int log2 = in.u32();
        if (log2 < 0 || log2 > 63) {
            throw Errors.pageSize(at);
        }
        return log2;
    }

    private Limits limits(int flags, int at) {
        if ((flags & IS_64) != 0) {
            require(Feature.MEMORY64, "malformed limits flags", at);
        }
        long min = bound();
        return (flags & HAS_MAX) != 0 ? Limits.of(min, bound()) : Limits.atLeast(min);
    }

    /// With 64-bit memories and tables in the language, bounds of 32-bit ones are written as 64-bit
    /// numbers too, and validation says what is too large.
    private long bound() {
        return has(Feature.MEMORY64) ? in.u64() : in.u32() & 0xFFFF_FFFFL;
    }

    GlobalType globalType() {
        int type = Types.readValType(in, features);
        return new GlobalType(type, mutability());
    }

    boolean mutability() {
        int at = in.position();
        int flag = in.u8();
        if (flag > 1) {
            throw Errors.malformed("mutability", at);
        }
        return flag == 1;
    }

    /// The type index of a tag.
    int tagType() {
        int at = in.position();
        if (in.u8() != 0) {
            throw Errors.malformed("tag attribute", at);
        }
        return in.u32();
    }

    /// A constant expression: skips to behind its `end`.
    ConstExpr constExpr() {
        int start = in.position();
        int depth = 0;
        while (in.next()) {
            switch (in.opcode) {
                case BLOCK, LOOP, IF, TRY, TRY_TABLE -> depth++;
                case END, DELEGATE -> depth--;
                default -> {}
            }
            if (depth < 0 && in.opcode == Opcode.END) {
                return new ConstExpr(start, in.position());
            }
        }
        throw Errors.unexpectedEnd(in.end());
    }
}
