package dev.windlass;

import dev.windlass.wasm.DefType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.TypeRegistry;
import dev.windlass.wasm.ValType;
import org.jspecify.annotations.Nullable;

/// The type of a value. Types of different modules can be compared: equal types are equal objects.
public final class ValueType {
    public static final ValueType I32 = new ValueType(ValType.I32, null);
    public static final ValueType I64 = new ValueType(ValType.I64, null);
    public static final ValueType F32 = new ValueType(ValType.F32, null);
    public static final ValueType F64 = new ValueType(ValType.F64, null);
    public static final ValueType V128 = new ValueType(ValType.V128, null);
    public static final ValueType FUNCREF = new ValueType(ValType.FUNCREF, null);
    public static final ValueType EXTERNREF = new ValueType(ValType.EXTERNREF, null);
    public static final ValueType EXNREF = new ValueType(ValType.EXNREF, null);

    private final int bits;

    /// Keeps the canonical type alive that `bits` names, if it names one.
    private final @Nullable DefType definition;

    private ValueType(int bits, @Nullable DefType definition) {
        this.bits = bits;
        this.definition = definition;
    }

    /// The type of a module's own (open) type.
    static ValueType of(Module module, int open) {
        return ofClosed(module.close(open));
    }

    static ValueType ofClosed(int bits) {
        return switch (bits) {
            case ValType.I32 -> I32;
            case ValType.I64 -> I64;
            case ValType.F32 -> F32;
            case ValType.F64 -> F64;
            case ValType.V128 -> V128;
            case ValType.FUNCREF -> FUNCREF;
            case ValType.EXTERNREF -> EXTERNREF;
            case ValType.EXNREF -> EXNREF;
            default -> reference(bits);
        };
    }

    private static ValueType reference(int bits) {
        int heap = ValType.heapType(bits);
        return new ValueType(
                bits, ValType.isAbstract(heap) ? null : TypeRegistry.byId(ValType.index(heap)));
    }

    /// Whether values are references: Java objects, functions, or null.
    public boolean isReference() {
        return ValType.isRef(bits);
    }

    /// Whether null is one of the values.
    public boolean isNullable() {
        return isReference() && ValType.isNullable(bits);
    }

    int bits() {
        return bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueType t && t.bits == bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    /// As in the text format: `i32`, `funcref`.
    @Override
    public String toString() {
        return definition == null
                ? ValType.text(bits)
                : "(ref " + (isNullable() ? "null " : "") + definition.composite() + ")";
    }
}
