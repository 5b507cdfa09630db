package dev.windlass.wasm.text;

import dev.windlass.wasm.ArrayType;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.FieldType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.StructType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.List;

/// Writes types in the binary format.
///
/// @see <a href="https://webassembly.github.io/spec/core/binary/types.html">Binary format: types</a>
final class TypeWriter {
    private TypeWriter() {}

    /// The type section's content.
    static void section(TypeSpace types, CodeBuffer out) {
        out.bytes.u32(types.groups.size());
        int index = 0;
        for (int length : types.groups) {
            if (length != TypeSpace.ALONE) {
                out.bytes.u8(0x4E).u32(length);
            }
            int end = index + (length == TypeSpace.ALONE ? 1 : length);
            for (; index < end; index++) {
                out.mark(types.textOffsets.get(index));
                subType(types.types.get(index), out.bytes);
            }
        }
    }

    private static void subType(SubType type, ByteWriter out) {
        List<Integer> supertypes = type.supertypes();
        if (!type.isFinal() || !supertypes.isEmpty()) {
            out.u8(type.isFinal() ? 0x4F : 0x50);
            out.u32(supertypes.size());
            supertypes.forEach(out::u32);
        }
        compositeType(type.composite(), out);
    }

    private static void compositeType(CompositeType type, ByteWriter out) {
        switch (type) {
            case FuncType f -> {
                out.u8(0x60);
                valTypes(f.params(), out);
                valTypes(f.results(), out);
            }
            case StructType s -> {
                out.u8(0x5F);
                out.u32(s.fields().size());
                s.fields().forEach(field -> fieldType(field, out));
            }
            case ArrayType a -> {
                out.u8(0x5E);
                fieldType(a.element(), out);
            }
        }
    }

    static void valTypes(int[] types, ByteWriter out) {
        out.u32(types.length);
        for (int type : types) {
            out.valType(type);
        }
    }

    private static void fieldType(FieldType field, ByteWriter out) {
        out.valType(field.storage());
        out.u8(field.mutable() ? 1 : 0);
    }

    static void globalType(GlobalType type, ByteWriter out) {
        out.valType(type.type());
        out.u8(type.mutable() ? 1 : 0);
    }

    static void tableType(TableType type, ByteWriter out) {
        out.valType(type.element());
        limits(type.limits(), type.is64() ? 4 : 0, out);
    }

    static void memoryType(MemoryType type, ByteWriter out) {
        boolean customPages = type.pageSizeLog2() != MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        int flags = (type.shared() ? 2 : 0) | (type.is64() ? 4 : 0) | (customPages ? 8 : 0);
        limits(type.limits(), flags, out);
        if (customPages) {
            out.u32(type.pageSizeLog2());
        }
    }

    private static void limits(Limits limits, int flags, ByteWriter out) {
        out.u8(flags | (limits.hasMax() ? 1 : 0));
        out.u64(limits.min());
        if (limits.hasMax()) {
            out.u64(limits.max());
        }
    }
}
