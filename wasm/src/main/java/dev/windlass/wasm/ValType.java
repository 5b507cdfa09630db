package dev.windlass.wasm;

/// A value type, or a packed storage type of a structure's field, as one `int`, so that the
/// validator and the engines compare types without touching objects.
///
/// Numeric, vector and packed types are their byte in the binary format (`0x7F` is i32). A
/// reference type has [#REF] set, [#NULLABLE] if null is in it, and a heap type in the low 28 bits:
/// with [#ABSTRACT] the byte of an abstract heap type, else a type index. The index counts in the
/// module's own type section ("open"); a *closed* type ([#CLOSED]) has the id of a canonical
/// [DefType] instead and means the same in every module. Decoder, validator and text format use
/// open types; the runtime uses closed ones ([Module#close(int)]).
///
/// Zero is no type at all: the validator's bottom.
///
/// @param bits the encoding above
public record ValType(int bits) {
    public static final int REF = 1 << 31;
    public static final int NULLABLE = 1 << 30;
    public static final int CLOSED = 1 << 29;
    public static final int ABSTRACT = 1 << 28;

    /// The part that holds a type index, a canonical id or an abstract heap type's byte.
    public static final int INDEX_MASK = ABSTRACT - 1;

    /// The part of a reference type that is its heap type.
    public static final int HEAP_MASK = CLOSED | ABSTRACT | INDEX_MASK;

    public static final int BOTTOM = 0;
    public static final int I32 = 0x7F;
    public static final int I64 = 0x7E;
    public static final int F32 = 0x7D;
    public static final int F64 = 0x7C;
    public static final int V128 = 0x7B;

    /// Packed storage types.
    public static final int I8 = 0x78;

    public static final int I16 = 0x77;

    // Abstract heap types: a heap type is ABSTRACT | the byte of the binary format.
    public static final int HEAP_NOEXN = ABSTRACT | 0x74;
    public static final int HEAP_NOFUNC = ABSTRACT | 0x73;
    public static final int HEAP_NOEXTERN = ABSTRACT | 0x72;
    public static final int HEAP_NONE = ABSTRACT | 0x71;
    public static final int HEAP_FUNC = ABSTRACT | 0x70;
    public static final int HEAP_EXTERN = ABSTRACT | 0x6F;
    public static final int HEAP_ANY = ABSTRACT | 0x6E;
    public static final int HEAP_EQ = ABSTRACT | 0x6D;
    public static final int HEAP_I31 = ABSTRACT | 0x6C;
    public static final int HEAP_STRUCT = ABSTRACT | 0x6B;
    public static final int HEAP_ARRAY = ABSTRACT | 0x6A;
    public static final int HEAP_EXN = ABSTRACT | 0x69;

    public static final int FUNCREF = REF | NULLABLE | HEAP_FUNC;
    public static final int EXTERNREF = REF | NULLABLE | HEAP_EXTERN;
    public static final int EXNREF = REF | NULLABLE | HEAP_EXN;
    public static final int ANYREF = REF | NULLABLE | HEAP_ANY;

    /// The reference type to that heap type.
    public static int ref(boolean nullable, int heapType) {
        return REF | (nullable ? NULLABLE : 0) | heapType;
    }

    public static boolean isRef(int type) {
        return type < 0;
    }

    public static boolean isNullable(int type) {
        return (type & NULLABLE) != 0;
    }

    public static int heapType(int type) {
        return type & HEAP_MASK;
    }

    public static boolean isAbstract(int heapType) {
        return (heapType & ABSTRACT) != 0;
    }

    /// The type index or canonical id of a concrete heap type.
    public static int index(int heapType) {
        return heapType & INDEX_MASK;
    }

    /// The number of 64-bit slots that a value of the type takes at the boundary: 1, or 2 for v128.
    public static int slots(int type) {
        return type == V128 ? 2 : 1;
    }

    /// Whether locals of the type start with a value.
    public static boolean isDefaultable(int type) {
        return !isRef(type) || isNullable(type);
    }

    /// The text format's name; concrete types as their number.
    public static String text(int type) {
        return switch (type) {
            case BOTTOM -> "bot";
            case I32 -> "i32";
            case I64 -> "i64";
            case F32 -> "f32";
            case F64 -> "f64";
            case V128 -> "v128";
            case I8 -> "i8";
            case I16 -> "i16";
            default -> refText(type);
        };
    }

    private static String refText(int type) {
        int heap = heapType(type);
        if (isNullable(type) && isAbstract(heap)) {
            return switch (heap) {
                case HEAP_NONE -> "nullref";
                case HEAP_NOFUNC -> "nullfuncref";
                case HEAP_NOEXTERN -> "nullexternref";
                case HEAP_NOEXN -> "nullexnref";
                default -> heapText(heap) + "ref";
            };
        }
        return "(ref " + (isNullable(type) ? "null " : "") + heapText(heap) + ")";
    }

    /// The text format's name of a heap type.
    public static String heapText(int heapType) {
        return switch (heapType) {
            case HEAP_NOEXN -> "noexn";
            case HEAP_NOFUNC -> "nofunc";
            case HEAP_NOEXTERN -> "noextern";
            case HEAP_NONE -> "none";
            case HEAP_FUNC -> "func";
            case HEAP_EXTERN -> "extern";
            case HEAP_ANY -> "any";
            case HEAP_EQ -> "eq";
            case HEAP_I31 -> "i31";
            case HEAP_STRUCT -> "struct";
            case HEAP_ARRAY -> "array";
            case HEAP_EXN -> "exn";
            default -> Integer.toString(index(heapType));
        };
    }

    @Override
    public String toString() {
        return text(bits);
    }
}
