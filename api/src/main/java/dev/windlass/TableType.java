package dev.windlass;

import java.util.OptionalLong;

/// The type of a table.
///
/// @param element a reference type
/// @param min elements at the start
/// @param max elements at most, if limited
/// @param is64 whether indices are i64
public record TableType(ValueType element, long min, OptionalLong max, boolean is64)
        implements ExternType {
    public TableType {
        if (!element.isReference()) {
            throw new IllegalArgumentException("not a reference type: " + element);
        }
    }

    /// A table of functions without a maximum.
    public static TableType functions(long min) {
        return new TableType(ValueType.FUNCREF, min, OptionalLong.empty(), false);
    }

    /// @param element closed
    static TableType of(ValueType element, dev.windlass.wasm.TableType type) {
        return new TableType(element, type.limits().min(), Bounds.max(type.limits()), type.is64());
    }

    dev.windlass.wasm.TableType lower() {
        return new dev.windlass.wasm.TableType(element.bits(), Bounds.limits(min, max), is64);
    }

    @Override
    public String toString() {
        return (is64 ? "i64 " : "") + Bounds.text(min, max) + " " + element;
    }
}
