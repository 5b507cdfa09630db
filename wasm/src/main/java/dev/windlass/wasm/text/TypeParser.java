package dev.windlass.wasm.text;

import dev.windlass.wasm.ArrayType;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.FieldType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.StructType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses types.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/types.html">Text format: types</a>
final class TypeParser {
    private final TokenReader in;
    private final TypeSpace types;
    private final Features features;

    /// The parameters of the last type that was parsed, as long as they were written out.
    private final IntList params = new IntList();

    private final IntList results = new IntList();

    TypeParser(TokenReader in, TypeSpace types, Features features) {
        this.in = in;
        this.features = features;
        this.types = types;
    }

    // Value types.

    int valType() {
        if (in.kind() == Token.KEYWORD) {
            int number = numeric(in.tokens.text(in.at));
            if (number != ValType.BOTTOM) {
                in.at++;
                return number;
            }
        }
        return refType();
    }

    private static int numeric(String keyword) {
        return switch (keyword) {
            case "i32" -> ValType.I32;
            case "i64" -> ValType.I64;
            case "f32" -> ValType.F32;
            case "f64" -> ValType.F64;
            case "v128" -> ValType.V128;
            default -> ValType.BOTTOM;
        };
    }

    boolean isRefType() {
        boolean isShort = in.kind() == Token.KEYWORD && shortRefType(in.tokens.text(in.at)) != 0;
        return isShort || in.isLeft("ref");
    }

    int refType() {
        if (in.takeLeft("ref")) {
            boolean nullable = in.takeKeyword("null");
            int type = ValType.ref(nullable, heapType());
            in.right();
            return type;
        }
        int type = in.kind() == Token.KEYWORD ? shortRefType(in.tokens.text(in.at)) : 0;
        if (type == 0) {
            throw in.unexpected();
        }
        in.at++;
        return type;
    }

    private static int shortRefType(String keyword) {
        if (!keyword.endsWith("ref")) {
            return 0;
        }
        String heap = keyword.substring(0, keyword.length() - 3);
        int type =
                switch (heap) {
                    case "null" -> ValType.HEAP_NONE;
                    case "nullfunc" -> ValType.HEAP_NOFUNC;
                    case "nullextern" -> ValType.HEAP_NOEXTERN;
                    case "nullexn" -> ValType.HEAP_NOEXN;
                    case "none", "nofunc", "noextern", "noexn" -> 0;
                    default -> abstractHeapType(heap);
                };
        return type == 0 ? 0 : ValType.ref(true, type);
    }

    /// An abstract heap type, or a type's index.
    int heapType() {
        if (in.kind() != Token.KEYWORD) {
            return concreteHeapType();
        }
        int type = abstractHeapType(in.tokens.text(in.at));
        if (type == 0) {
            throw in.unexpected();
        }
        in.at++;
        return type;
    }

    private static int abstractHeapType(String keyword) {
        return switch (keyword) {
            case "noexn" -> ValType.HEAP_NOEXN;
            case "nofunc" -> ValType.HEAP_NOFUNC;
            case "noextern" -> ValType.HEAP_NOEXTERN;
            case "none" -> ValType.HEAP_NONE;
            case "func" -> ValType.HEAP_FUNC;
            case "extern" -> ValType.HEAP_EXTERN;
            case "any" -> ValType.HEAP_ANY;
            case "eq" -> ValType.HEAP_EQ;
            case "i31" -> ValType.HEAP_I31;
            case "struct" -> ValType.HEAP_STRUCT;
            case "array" -> ValType.HEAP_ARRAY;
            case "exn" -> ValType.HEAP_EXN;
            default -> 0;
        };
    }

    /// A type's index as part of a heap type.
    private int concreteHeapType() {
        int token = in.at;
        int index = typeIndex();
        if (index < 0 || index > ValType.INDEX_MASK) {
            throw Place.of(in.tokens.source, in.tokens.start(token)).invalid(unknownType(index));
        }
        return index;
    }

    private static String unknownType(int index) {
        return "unknown type " + Integer.toUnsignedString(index);
    }

    int typeIndex() {
        if (!in.isIndex()) {
            throw in.unexpected();
        }
        return types.space.index(in);
    }

    // Type definitions.

    /// After the identifier: a `sub` form or a composite type.
    ///
    /// @param index the index that the type gets
    SubType subType(int index) {
        if (!in.takeLeft("sub")) {
            return new SubType(true, List.of(), compositeType(index));
        }
        boolean isFinal = in.takeKeyword("final");
        List<Integer> supertypes = new ArrayList<>();
        while (in.isIndex()) {
            supertypes.add(typeIndex());
        }
        SubType type = new SubType(isFinal, supertypes, compositeType(index));
        in.right();
        return type;
    }

    private CompositeType compositeType(int index) {
        CompositeType type =
                switch (in.keywordAfterLeft()) {
                    case "func" -> functionType();
                    case "struct" -> structType(index);
                    case "array" -> arrayType();
                    default -> throw unexpectedAfterLeft();
                };
        in.right();
        return type;
    }

    /// The next token, or if that is a parenthesis the one after it, fits no rule.
    MalformedException unexpectedAfterLeft() {
        return in.unexpected(in.kind() == Token.LEFT ? in.at + 1 : in.at);
    }

    private FuncType functionType() {
        in.left("func");
        paramsAndResults(new IndexSpace("local"));
        return new FuncType(params.toArray(), results.toArray());
    }

    private StructType structType(int index) {
        in.left("struct");
        IndexSpace names = new IndexSpace("field");
        List<FieldType> fields = new ArrayList<>();
        while (in.takeLeft("field")) {
            if (in.kind() == Token.IDENTIFIER || in.kind() == Token.ANNOTATION) {
                names.define(in);
                fields.add(fieldType());
            } else {
                while (!in.isRight()) {
                    names.add();
                    fields.add(fieldType());
                }
            }
            in.right();
        }
        types.fields.put(index, names);
        return new StructType(List.copyOf(fields));
    }

    private ArrayType arrayType() {
        in.left("array");
        return new ArrayType(fieldType());
    }

    private FieldType fieldType() {
        if (!in.takeLeft("mut")) {
            return new FieldType(storageType(), false);
        }
        FieldType type = new FieldType(storageType(), true);
        in.right();
        return type;
    }

    private int storageType() {
        if (in.takeKeyword("i8")) {
            return ValType.I8;
        }
        return in.takeKeyword("i16") ? ValType.I16 : valType();
    }

    // Uses of function types.

    /// The index of a function type: `(type x)`, or parameters and results, or both.
    ///
    /// @param locals takes the parameters' names, or null where they may have none
    int typeUse(@Nullable IndexSpace locals) {
        int token = in.at;
        boolean isNamed = in.isLeft("type");
        int explicit = isNamed ? explicitType() : 0;
        boolean inline = paramsAndResults(locals);
        FuncType written = new FuncType(params.toArray(), results.toArray());
        if (!isNamed) {
            return types.indexOf(written, in.tokens.start(token));
        }
        FuncType named = types.function(explicit);
        if (inline && named == null) {
            throw in.tokens.error(token, unknownType(explicit));
        }
        if (inline && !written.equals(named)) {
            throw in.tokens.error(token, "inline function type differs from the type named");
        }
        if (!inline && locals != null && named != null) {
            for (int i = 0; i < named.params().length; i++) {
                locals.add();
            }
        }
        return explicit;
    }

    /// The index in `(type x)`, unsigned.
    private int explicitType() {
        in.left("type");
        int index = typeIndex();
        in.right();
        return index;
    }

    /// The type of a block in binary form: a type index where needed, else the short form.
    void blockType(ByteWriter out) {
        boolean named = in.isLeft("type");
        int start = in.at;
        if (!named) {
            paramsAndResults(null);
            if (params.size() == 0 && results.size() < 2) {
                if (results.size() == 0) {
                    out.u8(0x40);
                } else {
                    out.valType(results.get(0));
                }
                return;
            }
            in.at = start;
        }
        out.signed(typeUse(null) & 0xFFFF_FFFFL);
    }

    /// Reads parameters and results, perhaps none, into the lists.
    ///
    /// @return whether there were any
    private boolean paramsAndResults(@Nullable IndexSpace locals) {
        params.clear();
        results.clear();
        int start = in.at;
        while (in.takeLeft("param")) {
            params(locals);
        }
        while (in.takeLeft("result")) {
            valTypes(results);
        }
        if (in.isLeft("param") || in.isLeft("type")) {
            throw in.unexpected(in.at + 1);
        }
        return in.at != start;
    }

    private void params(@Nullable IndexSpace locals) {
        if (locals == null) {
            valTypes(params);
        } else {
            declarations(locals, params);
        }
    }

    /// After `param` or `local`: one named declaration, or any number without names.
    void declarations(IndexSpace locals, IntList types) {
        if (in.kind() == Token.IDENTIFIER || in.kind() == Token.ANNOTATION) {
            locals.define(in);
            types.add(valType());
            in.right();
            return;
        }
        int before = types.size();
        valTypes(types);
        for (int i = before; i < types.size(); i++) {
            locals.add();
        }
    }

    /// Value types up to the closing parenthesis.
    void valTypes(IntList into) {
        while (!in.isRight()) {
            into.add(valType());
        }
        in.right();
    }

    // Types of what a module imports and defines.

    boolean addressType64() {
        return !in.takeKeyword("i32") && in.takeKeyword("i64");
    }

    MemoryType memoryType() {
        boolean is64 = addressType64();
        Limits limits = limits();
        boolean shared = in.takeKeyword("shared");
        return new MemoryType(limits, is64, shared, pageSize());
    }

    /// The logarithm of the page size, if one is given.
    int pageSize() {
        if (!in.takeLeft("pagesize")) {
            return MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        }
        int token = in.at;
        int size = in.u32();
        in.right();
        if (Integer.bitCount(size) != 1) {
            throw in.tokens.error(token, "invalid custom page size");
        }
        return Integer.numberOfTrailingZeros(size);
    }

    TableType tableType() {
        boolean is64 = addressType64();
        Limits limits = limits();
        return new TableType(refType(), limits, is64);
    }

    /// Limits that the address type does not allow are invalid, not malformed.
    private Limits limits() {
        int bits = features.has(Feature.MEMORY64) ? 64 : 32;
        long min = in.natural(bits);
        return in.kind() == Token.NATURAL ? Limits.of(min, in.natural(bits)) : Limits.atLeast(min);
    }

    GlobalType globalType() {
        if (!in.takeLeft("mut")) {
            return new GlobalType(valType(), false);
        }
        GlobalType type = new GlobalType(valType(), true);
        in.right();
        return type;
    }
}
