package dev.windlass.llvm.binding;

import static dev.windlass.llvm.binding.LlvmC.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// One LLVM module under construction, in a context of its own, and the builder for it. Types,
/// values, blocks and functions are LLVM's own pointers, valid until [#close()]. One thread at a
/// time.
///
/// Nothing here uses fast-math flags, `nsw`, `exact` or `inbounds`: a guest's arithmetic has no
/// undefined results.
public final class Ir implements AutoCloseable {
    // The values of LLVM-C's enumerations.

    /// Binary operators.
    public static final int ADD = 8,
            FADD = 9,
            SUB = 10,
            FSUB = 11,
            MUL = 12,
            FMUL = 13,
            UDIV = 14,
            SDIV = 15,
            FDIV = 16,
            UREM = 17,
            SREM = 18,
            SHL = 20,
            LSHR = 21,
            ASHR = 22,
            AND = 23,
            OR = 24,
            XOR = 25;

    /// Conversions.
    public static final int TRUNC = 30,
            ZEXT = 31,
            SEXT = 32,
            FPTOUI = 33,
            FPTOSI = 34,
            UITOFP = 35,
            SITOFP = 36,
            FPTRUNC = 37,
            FPEXT = 38,
            PTRTOINT = 39,
            INTTOPTR = 40,
            BITCAST = 41;

    /// Comparisons of integers.
    public static final int EQ = 32,
            NE = 33,
            UGT = 34,
            UGE = 35,
            ULT = 36,
            ULE = 37,
            SGT = 38,
            SGE = 39,
            SLT = 40,
            SLE = 41;

    /// Comparisons of floats: O is false and U true where one is NaN.
    public static final int OEQ = 1, OGT = 2, OGE = 3, OLT = 4, OLE = 5, ORD = 7, UNO = 8, UNE = 14;

    /// Read-modify-write operators.
    public static final int RMW_XCHG = 0,
            RMW_ADD = 1,
            RMW_SUB = 2,
            RMW_AND = 3,
            RMW_OR = 5,
            RMW_XOR = 6;

    /// Memory orderings.
    public static final int ACQUIRE = 4, SEQ_CST = 7;

    /// A kind of tail call.
    private static final int MUST_TAIL = 2;

    /// Arguments travel as in C; the callee saves what it changes, but for vectors, results, and one
    /// register that linkers use.
    private static final int PRESERVE_MOST = 14;

    /// A visibility.
    private static final int HIDDEN = 1;

    private static final int FUNCTION_INDEX = -1;

    private final Arena arena = Arena.ofConfined();
    private final Map<String, Long> strings = new HashMap<>();
    private final Map<String, Long> attributeKinds = new HashMap<>();
    private final Map<String, Intrinsic> intrinsics = new HashMap<>();
    private MemorySegment scratch = arena.allocate(64 * 8, 8);

    public final long context;
    public final long module;
    private final long builder;
    private long currentBlock;

    public final long i1;
    public final long i8;
    public final long i16;
    public final long i32;
    public final long i64;
    public final long i128;
    public final long f32;
    public final long f64;
    public final long ptr;
    public final long voidType;

    /// Sixteen bytes: the type of a v128 outside of vector operations.
    public final long v128;

    private final long tbaaKind;
    private final long invariantKind;
    private final long branchWeightsKind;
    private final long guestAccess;
    private final long contextAccess;
    private final long emptyNode;
    private final long unlikelyThen;

    /// Whether instructions say what only optimisation asks for.
    private boolean hasHints = true;

    /// The functions in which floats are compared.
    final Set<Long> comparingFloats = new HashSet<>();

    private record Intrinsic(long type, long function) {}

    public Ir(String name) {
        context = invoke(CONTEXT_CREATE);
        Diagnostics.install(context);
        module = invoke(MODULE_CREATE, string(name), context);
        builder = invoke(CREATE_BUILDER, context);
        i1 = integer(1);
        i8 = integer(8);
        i16 = integer(16);
        i32 = integer(32);
        i64 = integer(64);
        i128 = integer(128);
        f32 = invoke(FLOAT_TYPE, context);
        f64 = invoke(DOUBLE_TYPE, context);
        ptr = invoke(POINTER_TYPE, context, 0);
        voidType = invoke(VOID_TYPE, context);
        v128 = vector(i8, 16);
        tbaaKind = metadataKind("tbaa");
        invariantKind = metadataKind("invariant.load");
        branchWeightsKind = metadataKind("prof");
        long root = node(mdString("windlass"));
        guestAccess = asValue(access(root, "guest"));
        contextAccess = asValue(access(root, "context"));
        emptyNode = asValue(node());
        unlikelyThen =
                asValue(
                        node(
                                mdString("branch_weights"),
                                constantMetadata(1),
                                constantMetadata(100_000)));
    }

    /// Leaves out what only optimisation asks for: for code that is not optimised.
    public void omitHints() {
        hasHints = false;
    }

    /// Whether what is built will be optimised.
    public boolean hasHints() {
        return hasHints;
    }

    /// Forgets the names of blocks: for code that nobody reads.
    public void omitNames() {
        invoke(DISCARD_VALUE_NAMES, context, 1);
    }

    // Types.

    public long integer(int bits) {
        return invoke(INT_TYPE, context, bits);
    }

    public long vector(long element, int count) {
        return invoke(VECTOR_TYPE, element, count);
    }

    public long array(long element, long count) {
        return invoke(ARRAY_TYPE, element, count);
    }

    public long functionType(long result, long... params) {
        return invoke(FUNCTION_TYPE, result, longs(params), params.length, 0);
    }

    public long typeOf(long value) {
        return invoke(TYPE_OF, value);
    }

    // Constants.

    public long i32(int value) {
        return invoke(CONST_INT, i32, value & 0xFFFF_FFFFL, 0);
    }

    public long i64(long value) {
        return invoke(CONST_INT, i64, value, 0);
    }

    public long i1(boolean value) {
        return invoke(CONST_INT, i1, value ? 1 : 0, 0);
    }

    /// An integer constant of any type up to 64 bits.
    public long constant(long type, long value) {
        return invoke(CONST_INT, type, value, 0);
    }

    /// A float by its bits.
    public long f32Bits(int bits) {
        return invoke(CONST_BIT_CAST, i32(bits), f32);
    }

    /// A double by its bits.
    public long f64Bits(long bits) {
        return invoke(CONST_BIT_CAST, i64(bits), f64);
    }

    public long f32(float value) {
        return f32Bits(Float.floatToRawIntBits(value));
    }

    public long f64(double value) {
        return f64Bits(Double.doubleToRawLongBits(value));
    }

    /// A v128 of sixteen bytes.
    public long v128Bits(long low, long high) {
        long[] bytes = new long[16];
        for (int i = 0; i < 16; i++) {
            bytes[i] = invoke(CONST_INT, i8, (i < 8 ? low : high) >>> (8 * (i & 7)) & 0xFF, 0);
        }
        return constantVector(bytes);
    }

    public long constantVector(long... elements) {
        return invoke(CONST_VECTOR, longs(elements), elements.length);
    }

    /// All lanes the same.
    public long splatConstant(long element, int count) {
        long[] elements = new long[count];
        java.util.Arrays.fill(elements, element);
        return constantVector(elements);
    }

    public long zero(long type) {
        return invoke(CONST_NULL, type);
    }

    /// Only for operands that are never looked at: the second vector of a one-operand shuffle.
    public long poison(long type) {
        return invoke(GET_POISON, type);
    }

    public boolean isConstant(long value) {
        return (int) invoke(IS_CONSTANT, value) != 0;
    }

    /// Whether a value was computed by that instruction (LLVM-C's opcode numbers, as above).
    public boolean isInstruction(long value, int opcode) {
        return invoke(IS_A_INSTRUCTION, value) != 0
                && (int) invoke(GET_INSTRUCTION_OPCODE, value) == opcode;
    }

    /// An operand of an instruction.
    public long operand(long instruction, int index) {
        return invoke(GET_OPERAND, instruction, index);
    }

    /// The distance of a function or global from another as a constant of 32 bits.
    public long distance(long to, long from) {
        long difference =
                invoke(
                        CONST_SUB,
                        invoke(CONST_PTR_TO_INT, to, i64),
                        invoke(CONST_PTR_TO_INT, from, i64));
        return invoke(CONST_TRUNC, difference, i32);
    }

    // Functions and globals.

    /// Declares a function; hidden, so that it never becomes a dynamic symbol.
    public long function(String name, long type) {
        long function = invoke(ADD_FUNCTION, module, string(name), type);
        invoke(SET_VISIBILITY, function, HIDDEN);
        return function;
    }

    /// The function of that name, declared if it is not there.
    public long functionOnce(String name, long type) {
        long known = invoke(GET_NAMED_FUNCTION, module, string(name));
        return known != 0 ? known : function(name, type);
    }

    public void section(long global, String name) {
        invoke(SET_SECTION, global, string(name));
    }

    public long param(long function, int index) {
        return invoke(GET_PARAM, function, index);
    }

    public void delete(long function) {
        comparingFloats.remove(function);
        invoke(DELETE_FUNCTION, function);
    }

    /// A global variable or constant.
    public long global(String name, long type) {
        return invoke(ADD_GLOBAL, module, type, string(name));
    }

    /// The global of a name, declared when it is first asked for; hidden.
    public long globalOnce(String name, long type) {
        long known = invoke(GET_NAMED_GLOBAL, module, string(name));
        if (known != 0) {
            return known;
        }
        long global = global(name, type);
        invoke(SET_VISIBILITY, global, HIDDEN);
        invoke(SET_GLOBAL_CONSTANT, global, 1);
        return global;
    }

    public void initializer(long global, long value, boolean isConstant) {
        invoke(SET_INITIALIZER, global, value);
        invoke(SET_GLOBAL_CONSTANT, global, isConstant ? 1 : 0);
    }

    public long constantArray(long elementType, long... elements) {
        return invoke(CONST_ARRAY, elementType, longs(elements), elements.length);
    }

    /// An attribute of a function: `nounwind`, `cold`, ...
    public void attribute(long function, String name) {
        invoke(ADD_ATTRIBUTE, function, FUNCTION_INDEX & 0xFFFF_FFFFL, enumAttribute(name));
    }

    /// A target-dependent attribute of a function.
    public void attribute(long function, String name, String value) {
        long attribute =
                stringAttribute(string(name), name.length(), string(value), value.length());
        invoke(ADD_ATTRIBUTE, function, FUNCTION_INDEX & 0xFFFF_FFFFL, attribute);
    }

    private long stringAttribute(long name, int nameLength, long value, int valueLength) {
        return invoke(CREATE_STRING_ATTRIBUTE, context, name, nameLength, value, valueLength);
    }

    /// An attribute of a parameter, counted from 0.
    public void parameterAttribute(long function, int param, String name) {
        invoke(ADD_ATTRIBUTE, function, param + 1, enumAttribute(name));
    }

    /// An attribute of an argument at a call.
    public void argumentAttribute(long callSite, int param, String name) {
        invoke(ADD_CALL_SITE_ATTRIBUTE, callSite, param + 1, enumAttribute(name));
    }

    /// Keeps a call apart from others like it, so that each has its own place.
    ///
    /// @return the call
    public long noMerge(long callSite) {
        invoke(
                ADD_CALL_SITE_ATTRIBUTE,
                callSite,
                FUNCTION_INDEX & 0xFFFF_FFFFL,
                enumAttribute("nomerge"));
        return callSite;
    }

    private long enumAttribute(String name) {
        long kind =
                attributeKinds.computeIfAbsent(
                        name, n -> invoke(ATTRIBUTE_KIND, string(n), n.length()) & 0xFFFF_FFFFL);
        return invoke(CREATE_ENUM_ATTRIBUTE, context, kind, 0);
    }

    /// Assembly text of the module.
    public void assembly(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        invoke(SET_MODULE_INLINE_ASM, module, string(text), bytes.length);
    }

    /// A piece of assembly to call.
    ///
    /// @param type a function type
    public long inlineAssembly(long type, String text, String constraints) {
        return invokeMany(
                GET_INLINE_ASM,
                type,
                string(text),
                (long) text.length(),
                string(constraints),
                (long) constraints.length(),
                1L,
                0L,
                0L,
                0L);
    }

    // Blocks.

    public long block(long function, String name) {
        return invoke(APPEND_BASIC_BLOCK, context, function, string(name));
    }

    public void at(long block) {
        invoke(POSITION_AT_END, builder, block);
        currentBlock = block;
        if (hasNoPlace) {
            hasNoPlace = false;
            invoke(SET_CURRENT_DEBUG_LOCATION, builder, debugLocation);
        }
    }

    /// Builds before an instruction, whose place the builder would take: what is built there has none.
    void before(long instruction, long block) {
        invoke(POSITION_BEFORE, builder, instruction);
        currentBlock = block;
        invoke(SET_CURRENT_DEBUG_LOCATION, builder, 0L);
        hasNoPlace = true;
    }

    /// Builds before the last instruction of a block from now on, or at its end if it has none.
    public void atTerminator(long block) {
        long terminator = invoke(GET_BASIC_BLOCK_TERMINATOR, block);
        if (terminator != 0) {
            before(terminator, block);
        } else {
            at(block);
        }
    }

    /// Builds before the first instruction of a block from now on: for phis.
    public void atStart(long block) {
        long first = invoke(GET_FIRST_INSTRUCTION, block);
        if (first != 0) {
            before(first, block);
        } else {
            at(block);
        }
    }

    public long currentBlock() {
        return currentBlock;
    }

    // Instructions.

    public long binary(int operator, long left, long right) {
        return invoke(BUILD_BIN_OP, builder, operator, left, right, EMPTY);
    }

    public long add(long left, long right) {
        return binary(ADD, left, right);
    }

    public long sub(long left, long right) {
        return binary(SUB, left, right);
    }

    public long and(long left, long right) {
        return binary(AND, left, right);
    }

    public long or(long left, long right) {
        return binary(OR, left, right);
    }

    public long xor(long left, long right) {
        return binary(XOR, left, right);
    }

    public long cast(int operator, long value, long type) {
        return invoke(BUILD_CAST, builder, operator, value, type, EMPTY);
    }

    public long bitcast(long value, long type) {
        return cast(BITCAST, value, type);
    }

    public long fneg(long value) {
        return invoke(BUILD_FNEG, builder, value, EMPTY);
    }

    public long icmp(int predicate, long left, long right) {
        return invoke(BUILD_ICMP, builder, predicate, left, right, EMPTY);
    }

    public long fcmp(int predicate, long left, long right) {
        comparingFloats.add(invoke(GET_BASIC_BLOCK_PARENT, currentBlock));
        return invoke(BUILD_FCMP, builder, predicate, left, right, EMPTY);
    }

    public long select(long condition, long then, long otherwise) {
        return invoke(BUILD_SELECT, builder, condition, then, otherwise, EMPTY);
    }

    /// @param alignment in bytes; 1 for guest memory
    public long load(long type, long address, int alignment) {
        long load = invoke(BUILD_LOAD, builder, type, address, EMPTY);
        invoke(SET_ALIGNMENT, load, alignment);
        return load;
    }

    public long store(long value, long address, int alignment) {
        long store = invoke(BUILD_STORE, builder, value, address);
        invoke(SET_ALIGNMENT, store, alignment);
        return store;
    }

    /// An address some bytes further.
    public long offset(long address, long bytes) {
        return invoke(BUILD_GEP, builder, i8, address, longs(bytes), 1, EMPTY);
    }

    public long offset(long address, int bytes) {
        return bytes == 0 ? address : offset(address, i64(bytes));
    }

    /// A stack slot; only to be used in a function's first block.
    public long alloca(long type) {
        return invoke(BUILD_ALLOCA, builder, type, EMPTY);
    }

    public void br(long block) {
        invoke(BUILD_BR, builder, block);
    }

    public long condBr(long condition, long then, long otherwise) {
        return invoke(BUILD_COND_BR, builder, condition, then, otherwise);
    }

    /// A branch whose first target is hardly ever taken.
    public void unlikely(long condition, long then, long otherwise) {
        hint(condBr(condition, then, otherwise), branchWeightsKind, unlikelyThen);
    }

    public long switchOn(long value, long otherwise, int cases) {
        return invoke(BUILD_SWITCH, builder, value, otherwise, cases);
    }

    public void addCase(long switchInstruction, long value, long block) {
        invoke(ADD_CASE, switchInstruction, value, block);
    }

    public void unreachable() {
        invoke(BUILD_UNREACHABLE, builder);
    }

    public void ret(long value) {
        invoke(BUILD_RET, builder, value);
    }

    public void retVoid() {
        invoke(BUILD_RET_VOID, builder);
    }

    /// A phi; to be built before all other instructions of its block.
    public long phi(long type) {
        return invoke(BUILD_PHI, builder, type, EMPTY);
    }

    public void addIncoming(long phi, long value, long block) {
        longs(value, block);
        invoke(ADD_INCOMING, phi, scratch.address(), scratch.address() + 8, 1);
    }

    /// @param type the callee's function type
    public long call(long type, long callee, long... arguments) {
        return LlvmC.invoke(
                BUILD_CALL, builder, type, callee, longs(arguments), arguments.length, EMPTY);
    }

    /// Makes a call a jump. Its value, or nothing, must be returned by the next instruction, and its
    /// function's parameters must be those of the caller.
    public void mustTail(long call) {
        LlvmC.invoke(SET_TAIL_CALL_KIND, call, MUST_TAIL);
    }

    /// Has a function save what it changes, so that rare calls of it cost their callers nothing.
    public void preserveRegisters(long function) {
        invoke(SET_FUNCTION_CALL_CONV, function, PRESERVE_MOST);
    }

    /// A call of a function whose definition preserves registers. Where nothing is optimised it is
    /// one as in C, because callers save their values anyway and LLVM is faster with it.
    public long rareCall(String name, long type, long... arguments) {
        long function = functionOnce(name, type);
        attribute(function, "cold");
        attribute(function, "nounwind");
        long call = call(type, function, arguments);
        if (hasHints) {
            invoke(SET_FUNCTION_CALL_CONV, function, PRESERVE_MOST);
            invoke(SET_INSTRUCTION_CALL_CONV, call, PRESERVE_MOST);
        }
        return call;
    }

    /// A call of an intrinsic.
    ///
    /// @param name without its type suffixes
    /// @param overloads the types that select it
    public long intrinsic(String name, long[] overloads, long... arguments) {
        Intrinsic known = intrinsics.get(key(name, overloads));
        if (known == null) {
            known = declare(name, overloads);
            intrinsics.put(key(name, overloads), known);
        }
        return call(known.type, known.function, arguments);
    }

    /// As above, overloaded on one type.
    public long intrinsic(String name, long overload, long... arguments) {
        return intrinsic(name, new long[] {overload}, arguments);
    }

    /// A float or vector of floats, its origin hidden from LLVM's passes. Emits nothing.
    public long hidden(long value) {
        return intrinsic("llvm.arithmetic.fence", typeOf(value), value);
    }

    private static String key(String name, long[] overloads) {
        StringBuilder key = new StringBuilder(name);
        for (long overload : overloads) {
            key.append(' ').append(overload);
        }
        return key.toString();
    }

    private Intrinsic declare(String name, long[] overloads) {
        long id = LlvmC.invoke(LOOKUP_INTRINSIC_ID, string(name), name.length()) & 0xFFFF_FFFFL;
        if (id == 0) {
            throw new AssertionError("no intrinsic " + name);
        }
        int count = overloads.length;
        long function =
                LlvmC.invoke(GET_INTRINSIC_DECLARATION, module, id, longs(overloads), count);
        return new Intrinsic(
                LlvmC.invoke(INTRINSIC_GET_TYPE, context, id, longs(overloads), count), function);
    }

    public long extractElement(long vector, long index) {
        return LlvmC.invoke(BUILD_EXTRACT_ELEMENT, builder, vector, index, EMPTY);
    }

    public long insertElement(long vector, long element, long index) {
        return LlvmC.invoke(BUILD_INSERT_ELEMENT, builder, vector, element, index, EMPTY);
    }

    /// @param mask lanes of the two vectors, constant
    public long shuffle(long left, long right, int... mask) {
        long[] lanes = new long[mask.length];
        for (int i = 0; i < mask.length; i++) {
            lanes[i] = i32(mask[i]);
        }
        return LlvmC.invoke(
                BUILD_SHUFFLE_VECTOR, builder, left, right, constantVector(lanes), EMPTY);
    }

    public long extractValue(long aggregate, int index) {
        return LlvmC.invoke(BUILD_EXTRACT_VALUE, builder, aggregate, index, EMPTY);
    }

    /// Sequentially consistent.
    public long atomicRmw(int operator, long address, long value) {
        return LlvmC.invoke(BUILD_ATOMIC_RMW, builder, operator, address, value, SEQ_CST, 0);
    }

    /// Sequentially consistent; a pair of the old value and whether it was the expected one.
    public long atomicCmpxchg(long address, long expected, long replacement) {
        return LlvmC.invoke(
                BUILD_ATOMIC_CMPXCHG, builder, address, expected, replacement, SEQ_CST, SEQ_CST, 0);
    }

    public void fence() {
        LlvmC.invoke(BUILD_FENCE, builder, SEQ_CST, 0, EMPTY);
    }

    public void ordering(long access, int ordering) {
        LlvmC.invoke(SET_ORDERING, access, ordering);
    }

    public long makeVolatile(long access) {
        LlvmC.invoke(SET_VOLATILE, access, 1);
        return access;
    }

    // What memory an access touches.

    /// Marks an access to guest memory: it touches nothing of the context.
    public long guest(long access) {
        hint(access, tbaaKind, guestAccess);
        return access;
    }

    /// Marks an access to context, records and store state: it touches no guest memory.
    public long context(long access) {
        hint(access, tbaaKind, contextAccess);
        return access;
    }

    /// Marks a load of what never changes while a function runs.
    public long invariant(long load) {
        hint(load, invariantKind, emptyNode);
        return load;
    }

    private void hint(long instruction, long kind, long node) {
        if (hasHints) {
            LlvmC.invoke(SET_METADATA, instruction, kind, node);
        }
    }

    private long asValue(long node) {
        return LlvmC.invoke(METADATA_AS_VALUE, context, node);
    }

    private long metadataKind(String name) {
        return LlvmC.invoke(MD_KIND_ID, context, string(name), name.length()) & 0xFFFF_FFFFL;
    }

    long mdString(String text) {
        return LlvmC.invoke(MD_STRING, context, string(text), text.length());
    }

    long node(long... operands) {
        return LlvmC.invoke(MD_NODE, context, longs(operands), operands.length);
    }

    /// A metadata operand as a value: what `llvm.read_register` takes.
    public long metadataValue(String text) {
        return asValue(node(mdString(text)));
    }

    private long constantMetadata(int value) {
        return LlvmC.invoke(VALUE_AS_METADATA, i32(value));
    }

    private long access(long root, String name) {
        long zero = LlvmC.invoke(VALUE_AS_METADATA, i64(0));
        long type = node(mdString(name), root, zero);
        return node(type, type, zero);
    }

    // Places in the guest.

    private long debugLocation = 0;

    /// Whether the builder is before an instruction.
    private boolean hasNoPlace;

    /// The place that the next instructions stand for, or 0 for none; made by [DebugInfo].
    public void location(long location) {
        if (location != debugLocation) {
            debugLocation = location;
            LlvmC.invoke(SET_CURRENT_DEBUG_LOCATION, builder, location);
        }
    }

    // Whole modules.

    /// The text of the module.
    public String text() {
        return takeMessage(LlvmC.invoke(PRINT_MODULE_TO_STRING, module));
    }

    /// @throws LlvmException with LLVM's words, if the module is not well-formed
    public void verify() {
        MemorySegment message = arena.allocate(ValueLayout.JAVA_LONG);
        boolean isBroken = (int) LlvmC.invoke(VERIFY_MODULE, module, 2, message.address()) != 0;
        String text = takeMessage(message.get(ValueLayout.JAVA_LONG, 0));
        if (isBroken) {
            throw new LlvmException("LLVM found the code malformed: " + text);
        }
    }

    @Override
    public void close() {
        LlvmC.invoke(DISPOSE_BUILDER, builder);
        LlvmC.invoke(DISPOSE_MODULE, module);
        LlvmC.invoke(CONTEXT_DISPOSE, context);
        arena.close();
    }

    // Arguments.

    /// A C string that lives as long as this.
    long string(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        return strings.computeIfAbsent(text, t -> arena.allocateFrom(t).address());
    }

    /// The address of an array that is valid until the next call of this method.
    private long longs(long... values) {
        if (scratch.byteSize() < 8L * values.length) {
            scratch = arena.allocate(16L * values.length, 8);
        }
        MemorySegment.copy(values, 0, scratch, ValueLayout.JAVA_LONG, 0, values.length);
        return scratch.address();
    }
}
