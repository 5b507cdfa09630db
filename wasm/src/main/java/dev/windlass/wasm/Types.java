package dev.windlass.wasm;

import dev.windlass.wasm.internal.Errors;

/// Reads types in the binary format.
///
/// @see <a href="https://webassembly.github.io/spec/core/binary/types.html">Binary format: types</a>
public final class Types {
    private Types() {}

    /// A value type, as [ValType] bits with open type indices.
    public static int readValType(ByteReader in, Features features) {
        int at = in.position();
        int b = in.peek();
        switch (b) {
            case ValType.I32, ValType.I64, ValType.F32, ValType.F64 -> {
                in.skip(1);
                return b;
            }
            case ValType.V128 -> {
                in.skip(1);
                require(features, Feature.SIMD, "value type", at);
                return b;
            }
            case 0x63, 0x64 -> {
                in.skip(1);
                require(features, Feature.FUNCTION_REFERENCES, "reference type", at);
                return ValType.ref(b == 0x63, readHeapType(in, features));
            }
            default -> {
                in.skip(1);
                return ValType.ref(true, abstractHeapType(b, features, "value type", at));
            }
        }
    }

    /// A reference type.
    public static int readRefType(ByteReader in, Features features) {
        int at = in.position();
        int b = in.peek();
        if (b == 0x63 || b == 0x64) {
            return readValType(in, features);
        }
        in.skip(1);
        return ValType.ref(true, abstractHeapType(b, features, "reference type", at));
    }

    /// A heap type: abstract, or an open type index.
    public static int readHeapType(ByteReader in, Features features) {
        int at = in.position();
        int b = in.peek();
        if ((b & 0xC0) == 0x40) {
            in.skip(1);
            return abstractHeapType(b, features, "heap type", at);
        }
        long value = in.s33();
        if (value < 0 || value > ValType.INDEX_MASK) {
            throw Errors.malformed("heap type", at);
        }
        require(features, Feature.FUNCTION_REFERENCES, "heap type", at);
        return (int) value;
    }

    private static int abstractHeapType(int b, Features features, String what, int at) {
        Feature needed =
                switch (ValType.ABSTRACT | b) {
                    case ValType.HEAP_FUNC, ValType.HEAP_EXTERN -> Feature.REFERENCE_TYPES;
                    case ValType.HEAP_EXN, ValType.HEAP_NOEXN -> Feature.EXCEPTIONS;
                    case ValType.HEAP_ANY,
                            ValType.HEAP_EQ,
                            ValType.HEAP_I31,
                            ValType.HEAP_STRUCT,
                            ValType.HEAP_ARRAY,
                            ValType.HEAP_NONE,
                            ValType.HEAP_NOFUNC,
                            ValType.HEAP_NOEXTERN ->
                            Feature.GC;
                    default -> throw Errors.malformed(what, at);
                };
        // Tables of functions are older than reference types.
        if (needed != Feature.REFERENCE_TYPES || (ValType.ABSTRACT | b) != ValType.HEAP_FUNC) {
            require(features, needed, what, at);
        }
        return ValType.ABSTRACT | b;
    }

    private static void require(Features features, Feature feature, String what, int at) {
        if (!features.has(feature)) {
            throw Errors.needs(feature, "malformed " + what, at);
        }
    }
}
