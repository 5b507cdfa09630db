package dev.windlass.llvm.lowering;

import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.ElementSegment;
import dev.windlass.wasm.Export;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.SegmentMode;
import dev.windlass.wasm.TableType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tables of a module that are the same in all its instances, for as long as they live: defined
/// here, exported to nobody, written by no instruction, and filled with functions at places that the
/// module itself tells, before anything can fail: an instantiation that fails leaves functions in
/// imported tables, where they can be called. Calls through frozen tables need no look at them.
public final class FrozenTables {
    /// A longer table is not worth its copy in the library.
    private static final long MOST_ELEMENTS = 1 << 20;

    /// Stands for null among function indices, and among type numbers.
    static final int NULL = -1;

    private final Module module;

    /// The first active segment that may not fit: what comes after it may never happen.
    private final int firstUncertain;

    private final Map<Integer, int[]> functions = new TreeMap<>();

    /// By canonical id, the first index of a type.
    private final Map<Integer, Integer> firstIndices = new HashMap<>();

    private FrozenTables(Module module) {
        this.module = module;
        for (int i = 0; i < module.types().size(); i++) {
            firstIndices.putIfAbsent(module.defType(i).id(), i);
        }
        firstUncertain = firstUncertain();
    }

    /// @param written the tables that instructions change
    static FrozenTables of(Module module, BitSet written) {
        FrozenTables frozen = new FrozenTables(module);
        int imported = module.importedCount(ExternKind.TABLE);
        for (int i = imported; i < module.tables().size(); i++) {
            boolean isOpen = written.get(i) || frozen.isExported(i);
            int[] elements = isOpen ? null : frozen.elements(i);
            if (elements != null) {
                frozen.functions.put(i, elements);
            }
        }
        return frozen;
    }

    /// Their indices.
    public Set<Integer> tables() {
        return functions.keySet();
    }

    boolean contains(int table) {
        return functions.containsKey(table);
    }

    /// The function indices of a frozen table, -1 for null.
    int[] functions(int table) {
        return Objects.requireNonNull(functions.get(table));
    }

    /// A number that two type indices share if they are the same type; -1 is no type's.
    int typeNumber(int typeIndex) {
        DefType type = module.defType(typeIndex);
        return Objects.requireNonNull(firstIndices.get(type.id()));
    }

    /// The type number of an element, -1 for null.
    int typeNumberOf(int function) {
        return function == NULL ? NULL : typeNumber(module.functionTypeIndex(function));
    }

    private boolean isExported(int table) {
        for (Export export : module.exports()) {
            if (export.kind() == ExternKind.TABLE && export.index() == table) {
                return true;
            }
        }
        return false;
    }

    // What the module says of the contents.

    private int @Nullable [] elements(int table) {
        TableType type = module.tables().get(table);
        if (Long.compareUnsigned(type.limits().min(), MOST_ELEMENTS) > 0) {
            return null;
        }
        ConstExpr init = module.tableInit(table);
        Long first = init == null ? Long.valueOf(NULL) : function(init);
        if (first == null) {
            return null;
        }
        int[] elements = new int[(int) type.limits().min()];
        Arrays.fill(elements, first.intValue());
        for (int i = 0; i < module.elements().size(); i++) {
            ElementSegment segment = module.elements().get(i);
            boolean isHere = segment.mode() == SegmentMode.ACTIVE && segment.table() == table;
            if (isHere && (i >= firstUncertain || !fill(elements, segment))) {
                return null;
            }
        }
        return elements;
    }

    private int firstUncertain() {
        List<ElementSegment> segments = module.elements();
        int i = 0;
        while (i < segments.size()
                && (segments.get(i).mode() != SegmentMode.ACTIVE || fits(segments.get(i)))) {
            i++;
        }
        return i;
    }

    /// Whether an active segment fits into its table, however small that may be.
    private boolean fits(ElementSegment segment) {
        Long offset = place(segment);
        long least = module.tables().get(segment.table()).limits().min();
        return offset != null
                && offset >= 0
                && Long.compareUnsigned(offset + segment.length(), least) <= 0;
    }

    /// Where an active segment goes, if the module alone tells that.
    private @Nullable Long place(ElementSegment segment) {
        return constant(Objects.requireNonNull(segment.offset()));
    }

    /// @param segment that fits
    /// @return false if the module alone does not tell what is where
    private boolean fill(int[] elements, ElementSegment segment) {
        int at = Math.toIntExact(Objects.requireNonNull(place(segment)));
        int[] listed = segment.functions();
        if (listed != null) {
            System.arraycopy(listed, 0, elements, at, listed.length);
            return true;
        }
        List<ConstExpr> expressions = segment.expressions();
        for (int i = 0; i < expressions.size(); i++) {
            Long function = function(expressions.get(i));
            if (function == null) {
                return false;
            }
            elements[at + i] = function.intValue();
        }
        return true;
    }

    private Cursor first(ConstExpr expression) {
        Cursor cursor =
                new Cursor(module.bytes(), expression.start(), expression.end(), module.features());
        cursor.next();
        return cursor;
    }

    /// The value of an expression that is one integer.
    private @Nullable Long constant(ConstExpr expression) {
        Cursor cursor = first(expression);
        Long value =
                switch (cursor.opcode) {
                    case I32_CONST -> cursor.bitsLow & 0xFFFF_FFFFL;
                    case I64_CONST -> cursor.bitsLow;
                    default -> null;
                };
        return isLast(cursor) ? value : null;
    }

    /// The function index that an expression is, -1 for null.
    private @Nullable Long function(ConstExpr expression) {
        Cursor cursor = first(expression);
        Long value =
                switch (cursor.opcode) {
                    case REF_FUNC -> (long) cursor.index;
                    case REF_NULL -> (long) NULL;
                    default -> null;
                };
        return isLast(cursor) ? value : null;
    }

    /// Whether nothing but the `end` of an expression follows.
    private static boolean isLast(Cursor cursor) {
        cursor.next();
        return cursor.opcode == Opcode.END;
    }
}
