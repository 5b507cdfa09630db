package dev.windlass.wasm.binary;

import dev.windlass.wasm.ArrayType;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.FieldType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.StructType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TypeRegistry;
import dev.windlass.wasm.Types;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the type section.
///
/// An index of a type that does not exist breaks a rule of validation, not the grammar; but without
/// its types a module cannot be made. So the first such error is kept until the rest of the module
/// has turned out to be well formed.
final class TypeSection {
    private static final int REC = 0x4E;
    private static final int SUB = 0x50;
    private static final int SUB_FINAL = 0x4F;
    private static final int FUNC = 0x60;
    private static final int STRUCT = 0x5F;
    private static final int ARRAY = 0x5E;

    private final SectionReader reader;
    private final Cursor in;
    private final List<SubType> types = new ArrayList<>();
    private int[] groups = new int[16];

    /// For each type the length of the chain of its supertypes.
    private byte[] depths = new byte[16];

    /// The index after the group that is being read: what its members may name.
    private int groupEnd;

    private @Nullable InvalidException error;

    TypeSection(SectionReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    void read() {
        int count = reader.count("types", ImplementationLimits.TYPES);
        for (int i = 0; i < count; i++) {
            if (in.peek() == REC) {
                group();
            } else {
                beginGroup(1);
                types.add(subType());
            }
        }
    }

    /// The first rule that a type breaks by naming one that does not exist.
    @Nullable InvalidException error() {
        return error;
    }

    void into(Module.Builder builder) {
        builder.types = types;
        builder.recursionGroups = Arrays.copyOf(groups, types.size());
        builder.defTypes =
                error == null
                        ? TypeRegistry.canonical(types, builder.recursionGroups)
                        : new DefType[0];
    }

    private void group() {
        int at = in.position();
        reader.require(Feature.GC, "malformed type definition", at);
        in.skip(1);
        int size = reader.count("types", ImplementationLimits.TYPES - types.size());
        beginGroup(size);
        for (int i = 0; i < size; i++) {
            types.add(subType());
        }
    }

    private void beginGroup(int size) {
        int start = types.size();
        groupEnd = start + size;
        if (groupEnd > ImplementationLimits.TYPES) {
            throw Errors.tooMany("types", groupEnd, ImplementationLimits.TYPES, in.position());
        }
        if (groupEnd > groups.length) {
            groups = Arrays.copyOf(groups, Math.max(groupEnd, 2 * groups.length));
            depths = Arrays.copyOf(depths, groups.length);
        }
        Arrays.fill(groups, start, groupEnd, start);
    }

    private SubType subType() {
        int at = in.position();
        int form = in.peek();
        if (form != SUB && form != SUB_FINAL) {
            return new SubType(true, List.of(), composite());
        }
        reader.require(Feature.GC, "malformed type definition", at);
        in.skip(1);
        return new SubType(form == SUB_FINAL, supertypes(), composite());
    }

    private List<Integer> supertypes() {
        int at = in.position();
        int count = reader.count("supertypes", ImplementationLimits.TYPES);
        List<Integer> supertypes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int supertype = in.u32();
            if (supertype < 0 || supertype >= types.size()) {
                invalid(Errors.unknown("type", supertype, at));
            } else {
                deepen(depths[supertype] + 1, at);
            }
            supertypes.add(supertype);
        }
        if (count > 1) {
            invalid(Errors.supertypes(count, at));
        }
        return supertypes;
    }

    /// Notes the length of the chain above the type that is being read: a canonical type lists all
    /// its supertypes, so a long one must not be made.
    private void deepen(int depth, int at) {
        if (depth > ImplementationLimits.SUBTYPE_DEPTH) {
            throw Errors.tooMany("supertypes", depth, ImplementationLimits.SUBTYPE_DEPTH, at);
        }
        depths[types.size()] = (byte) depth;
    }

    private CompositeType composite() {
        int at = in.position();
        int form = in.u8();
        switch (form) {
            case FUNC -> {
                return new FuncType(valTypes("parameters"), valTypes("results"));
            }
            case STRUCT, ARRAY -> {
                reader.require(Feature.GC, "malformed type definition", at);
                return form == ARRAY ? new ArrayType(field()) : struct();
            }
            default -> throw Errors.malformed("type definition", at);
        }
    }

    private StructType struct() {
        int count = reader.count("fields", ImplementationLimits.FIELDS);
        List<FieldType> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(field());
        }
        return new StructType(fields);
    }

    private FieldType field() {
        int b = in.peek();
        if (b == ValType.I8 || b == ValType.I16) {
            in.skip(1);
            return FieldType.of(b, reader.mutability());
        }
        return FieldType.of(valType(), reader.mutability());
    }

    private int[] valTypes(String what) {
        int count = reader.count(what, ImplementationLimits.VALUES);
        int[] result = new int[count];
        for (int i = 0; i < count; i++) {
            result[i] = valType();
        }
        return result;
    }

    private int valType() {
        int at = in.position();
        int type = Types.readValType(in, reader.features);
        int heap = ValType.heapType(type);
        if (ValType.isRef(type) && !ValType.isAbstract(heap) && heap >= groupEnd) {
            invalid(Errors.unknown("type", heap, at));
        }
        return type;
    }

    private void invalid(InvalidException e) {
        if (error == null) {
            error = e;
        }
    }
}
