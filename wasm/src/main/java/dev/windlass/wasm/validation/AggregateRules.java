package dev.windlass.wasm.validation;

import dev.windlass.wasm.ArrayType;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FieldType;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.StructType;
import dev.windlass.wasm.Subtyping;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;
import java.util.List;

/// The rules of structures, arrays, unboxed integers and casts.
final class AggregateRules {
    private static final int I31REF = ValType.ref(true, ValType.HEAP_I31);
    private static final int ARRAYREF = ValType.ref(true, ValType.HEAP_ARRAY);

    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;
    private final BlockStack blocks;

    AggregateRules(ModuleContext context, Cursor cursor, TypeStack operands, BlockStack blocks) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
        this.blocks = blocks;
    }

    void validate(Opcode op) {
        if (!isCast(op)) {
            context.module.noteObjects(at());
        }
        switch (op) {
            case STRUCT_NEW -> structNew();
            case STRUCT_NEW_DEFAULT -> structNewDefault();
            case STRUCT_GET -> structGet(false);
            case STRUCT_GET_S, STRUCT_GET_U -> structGet(true);
            case STRUCT_SET -> structSet();
            case ARRAY_NEW -> arrayNew();
            case ARRAY_NEW_DEFAULT -> arrayNewDefault();
            case ARRAY_NEW_FIXED -> arrayNewFixed();
            case ARRAY_NEW_DATA -> arrayNewData();
            case ARRAY_NEW_ELEM -> arrayNewElem();
            case ARRAY_GET -> arrayGet(false);
            case ARRAY_GET_S, ARRAY_GET_U -> arrayGet(true);
            case ARRAY_SET -> arraySet();
            case ARRAY_LEN -> {
                operands.pop(ARRAYREF);
                operands.push(ValType.I32);
            }
            case ARRAY_FILL -> arrayFill();
            case ARRAY_COPY -> arrayCopy();
            case ARRAY_INIT_DATA -> arrayInitData();
            case ARRAY_INIT_ELEM -> arrayInitElem();
            case REF_TEST, REF_TEST_NULL -> test();
            case REF_CAST -> cast(false);
            case REF_CAST_NULL -> cast(true);
            case BR_ON_CAST -> branchOnCast();
            case BR_ON_CAST_FAIL -> branchOnCastFail();
            case ANY_CONVERT_EXTERN -> convert(ValType.HEAP_EXTERN, ValType.HEAP_ANY);
            case EXTERN_CONVERT_ANY -> convert(ValType.HEAP_ANY, ValType.HEAP_EXTERN);
            case REF_I31 -> {
                operands.pop(ValType.I32);
                operands.push(ValType.ref(false, ValType.HEAP_I31));
            }
            case I31_GET_S, I31_GET_U -> {
                operands.pop(I31REF);
                operands.push(ValType.I32);
            }
            default -> throw new AssertionError(op);
        }
    }

    /// Whether it works without objects: on references to functions, to the host's objects, null.
    private static boolean isCast(Opcode op) {
        return switch (op) {
            case REF_TEST,
                    REF_TEST_NULL,
                    REF_CAST,
                    REF_CAST_NULL,
                    BR_ON_CAST,
                    BR_ON_CAST_FAIL,
                    ANY_CONVERT_EXTERN,
                    EXTERN_CONVERT_ANY ->
                    true;
            default -> false;
        };
    }

    private int at() {
        return cursor.offset0;
    }

    // Structures.

    private StructType struct() {
        return context.structType(cursor.index, at());
    }

    private void structNew() {
        List<FieldType> fields = struct().fields();
        for (int i = fields.size() - 1; i >= 0; i--) {
            operands.pop(fields.get(i).unpacked());
        }
        operands.push(ValType.ref(false, cursor.index));
    }

    private void structNewDefault() {
        for (FieldType field : struct().fields()) {
            checkDefaultable(field);
        }
        operands.push(ValType.ref(false, cursor.index));
    }

    private FieldType field() {
        List<FieldType> fields = struct().fields();
        if (Integer.compareUnsigned(cursor.index2, fields.size()) >= 0) {
            throw Errors.unknown("field", cursor.index2, at());
        }
        return fields.get(cursor.index2);
    }

    private void structGet(boolean isExtending) {
        FieldType field = field();
        checkPacked(field, isExtending);
        operands.pop(ValType.ref(true, cursor.index));
        operands.push(field.unpacked());
    }

    private void structSet() {
        FieldType field = field();
        if (!field.mutable()) {
            throw Errors.immutableField(at());
        }
        operands.pop(field.unpacked());
        operands.pop(ValType.ref(true, cursor.index));
    }

    private void checkDefaultable(FieldType field) {
        if (!ValType.isDefaultable(field.storage())) {
            throw Errors.notDefaultable(ValType.text(field.storage()), at());
        }
    }

    /// Packed fields are read with a sign or without, others as they are.
    private void checkPacked(FieldType field, boolean isExtending) {
        if (field.isPacked() != isExtending) {
            throw Errors.packing(field.isPacked(), at());
        }
    }

    // Arrays.

    private FieldType element() {
        ArrayType type = context.arrayType(cursor.index, at());
        return type.element();
    }

    private FieldType mutableElement() {
        FieldType element = element();
        if (!element.mutable()) {
            throw Errors.immutableArray(at());
        }
        return element;
    }

    private void pushArray() {
        operands.push(ValType.ref(false, cursor.index));
    }

    private void popArray() {
        operands.pop(ValType.ref(true, cursor.index));
    }

    private void popInts(int count) {
        for (int i = 0; i < count; i++) {
            operands.pop(ValType.I32);
        }
    }

    private void arrayNew() {
        FieldType element = element();
        operands.pop(ValType.I32);
        operands.pop(element.unpacked());
        pushArray();
    }

    private void arrayNewDefault() {
        checkDefaultable(element());
        operands.pop(ValType.I32);
        pushArray();
    }

    private void arrayNewFixed() {
        int type = element().unpacked();
        int count = cursor.index2;
        if (count < 0 || count > ImplementationLimits.FIELDS) {
            throw Errors.tooMany(
                    "operands", count & 0xFFFF_FFFFL, ImplementationLimits.FIELDS, at());
        }
        for (int i = 0; i < count; i++) {
            operands.pop(type);
        }
        pushArray();
    }

    private void arrayNewData() {
        checkNumeric(element());
        context.checkData(cursor.index2, at());
        popInts(2);
        pushArray();
    }

    private void arrayNewElem() {
        checkElements(element());
        popInts(2);
        pushArray();
    }

    private void checkNumeric(FieldType element) {
        if (ValType.isRef(element.storage())) {
            throw Errors.notNumeric(at());
        }
    }

    private void checkElements(FieldType element) {
        int type = context.elementType(cursor.index2, at());
        if (!operands.matches(type, element.storage())) {
            throw Errors.unfit(
                    "elements of " + ValType.text(element.storage()),
                    "elements of " + ValType.text(type),
                    at());
        }
    }

    private void arrayGet(boolean isExtending) {
        FieldType element = element();
        checkPacked(element, isExtending);
        operands.pop(ValType.I32);
        popArray();
        operands.push(element.unpacked());
    }

    private void arraySet() {
        FieldType element = mutableElement();
        operands.pop(element.unpacked());
        operands.pop(ValType.I32);
        popArray();
    }

    private void arrayFill() {
        FieldType element = mutableElement();
        operands.pop(ValType.I32);
        operands.pop(element.unpacked());
        operands.pop(ValType.I32);
        popArray();
    }

    private void arrayCopy() {
        FieldType target = mutableElement();
        FieldType source = context.arrayType(cursor.index2, at()).element();
        if (!storageMatches(source.storage(), target.storage())) {
            throw Errors.arrayTypes(at());
        }
        popInts(2);
        operands.pop(ValType.ref(true, cursor.index2));
        operands.pop(ValType.I32);
        popArray();
    }

    private boolean storageMatches(int source, int target) {
        return source == target || Subtyping.matches(context.module, source, target);
    }

    private void arrayInitData() {
        checkNumeric(mutableElement());
        context.checkData(cursor.index2, at());
        popInts(3);
        popArray();
    }

    private void arrayInitElem() {
        checkElements(mutableElement());
        popInts(3);
        popArray();
    }

    // Casts.

    /// The type of all references that the target's hierarchy has.
    private int popForCast(int heapType) {
        context.checkHeapType(heapType, at());
        return operands.pop(ValType.ref(true, top(heapType)));
    }

    private int top(int heapType) {
        int kind =
                ValType.isAbstract(heapType) ? heapType : context.module.defType(heapType).kind();
        return Subtyping.topOf(kind);
    }

    private void test() {
        popForCast(cursor.heapType);
        operands.push(ValType.I32);
    }

    private void cast(boolean isNullable) {
        popForCast(cursor.heapType);
        operands.push(ValType.ref(isNullable, cursor.heapType));
    }

    private int source() {
        context.checkHeapType(cursor.heapType, at());
        return cursor.castSource();
    }

    private int target() {
        context.checkHeapType(cursor.heapType2, at());
        return cursor.castTarget();
    }

    /// What is left of the source type when the target type is taken away.
    private static int difference(int source, int target) {
        return ValType.isNullable(target) ? source & ~ValType.NULLABLE : source;
    }

    private void branchOnCast() {
        int source = source();
        int target = target();
        branch(source, target, target, difference(source, target));
    }

    private void branchOnCastFail() {
        int source = source();
        int target = target();
        branch(source, target, difference(source, target), target);
    }

    /// @param taken the reference's type where the branch is taken
    /// @param left its type where it is not
    private void branch(int source, int target, int taken, int left) {
        if (!operands.matches(target, source)) {
            throw Errors.unfit("a subtype of " + ValType.text(source), ValType.text(target), at());
        }
        int[] types = blocks.label(cursor.index);
        int last = types.length - 1;
        if (last < 0 || !operands.matches(taken, types[last])) {
            throw Errors.unfit(
                    "a label that takes " + ValType.text(taken), TypeStack.text(types), at());
        }
        operands.pop(source);
        for (int i = last - 1; i >= 0; i--) {
            operands.pop(types[i]);
        }
        for (int i = 0; i < last; i++) {
            operands.push(types[i]);
        }
        operands.push(left);
    }

    private void convert(int from, int to) {
        int operand = operands.pop(ValType.ref(true, from));
        boolean isNullable = operand != ValType.BOTTOM && ValType.isNullable(operand);
        operands.push(ValType.ref(isNullable, to));
    }
}
