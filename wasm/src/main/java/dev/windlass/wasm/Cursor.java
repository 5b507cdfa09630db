package dev.windlass.wasm;

import dev.windlass.wasm.internal.Errors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Walks over instructions in the binary format, one at a time, without allocation: [#next()]
/// decodes the opcode and all immediates into fields. The validator, the interpreter's translation,
/// the compiler and the printer walk with it. Mutable, one owner; fields are read-only by agreement.
///
/// Which fields an instruction sets is said at its [Immediates] constant; the others keep stale
/// values.
public final class Cursor extends ByteReader {
    /// A block type that is empty, a single [ValType] (`bits`), or a type index: see
    /// [#blockTypeIsIndex()].
    public static final int EMPTY_BLOCK = 0;

    private final Features features;

    /// The instructions of one byte that the features allow.
    private final @Nullable Opcode[] oneByte;

    /// Offset of the current instruction's first byte.
    public int offset0;

    public Opcode opcode = Opcode.NOP;
    public int index;
    public int index2;

    /// As encoded: the exponent of two.
    public int align;

    /// A memory access's static offset, unsigned.
    public long offset;

    public int lane;
    public long bitsLow;
    public long bitsHigh;
    public int heapType;
    public int heapType2;

    /// Bits of the flags of a cast branch.
    public static final int SOURCE_NULLABLE = 1;

    public static final int TARGET_NULLABLE = 2;

    /// See [#castSource()] and [#castTarget()].
    private int castFlags;

    /// [#EMPTY_BLOCK], [ValType] bits, or a type index.
    public int blockType;

    private boolean blockTypeIsIndex;
    public int[] labels = new int[16];

    /// Labels in [#labels], the default one included.
    public int labelCount;

    public int[] types = new int[4];
    public int typeCount;

    /// Catch clauses of a `try_table`: kind (0 catch, 1 catch_ref, 2 catch_all, 3 catch_all_ref; see
    /// [#catchesTag] and [#catchesReference]), tag (0 for the last two), label; three ints a clause.
    public int[] catches = new int[12];

    public int catchCount;

    /// @param start offset of the first instruction
    /// @param end offset after the last one
    public Cursor(byte[] bytes, int start, int end, Features features) {
        super(bytes, start, end);
        this.features = features;
        oneByte = features.oneByteOpcodes();
    }

    /// Starts again on another slice of the same bytes.
    public void reset(int start, int end) {
        this.position = start;
        this.end = end;
    }

    /// Decodes the next instruction.
    ///
    /// @return false if the slice is used up
    /// @throws MalformedException for an unknown opcode or one whose feature is off, and for
    ///     malformed immediates
    public boolean next() {
        if (position >= end) {
            return false;
        }
        offset0 = position;
        int b = bytes[position++] & 0xFF;
        Opcode op = oneByte[b];
        if (op == null) {
            op = otherOpcode(b);
        }
        opcode = op;
        immediates(op.immediates());
        return true;
    }

    /// Whether [#blockType] is a type index rather than empty or a value type.
    public boolean blockTypeIsIndex() {
        return blockTypeIsIndex;
    }

    /// The type from which a cast branch casts.
    public int castSource() {
        return ValType.ref((castFlags & SOURCE_NULLABLE) != 0, heapType);
    }

    /// The type to which a cast branch casts.
    public int castTarget() {
        return ValType.ref((castFlags & TARGET_NULLABLE) != 0, heapType2);
    }

    /// Whether a catch clause of a kind is for one tag, not for all.
    public static boolean catchesTag(int kind) {
        return kind < 2;
    }

    /// Whether a catch clause of a kind hands over a reference to the exception.
    public static boolean catchesReference(int kind) {
        return (kind & 1) != 0;
    }

    /// An instruction with a prefix.
    private Opcode otherOpcode(int b) {
        Opcode op = b >= 0xFB && b <= 0xFE ? Opcode.of(b, u32()) : Opcode.of(0, b);
        if (op == null || !features.has(op.feature())) {
            throw Errors.illegalOpcode(bytes[offset0] & 0xFF, op, offset0);
        }
        return op;
    }

    /// One case a kind of immediates: long because it is a table.
    private void immediates(Immediates kind) {
        switch (kind) {
            case NONE -> {}
            case BLOCK_TYPE -> readBlockType();
            case BLOCK_TYPE_CATCHES -> {
                readBlockType();
                readCatches();
            }
            case LABEL_IDX,
                    FUNC_IDX,
                    TYPE_IDX,
                    LOCAL_IDX,
                    GLOBAL_IDX,
                    TAG_IDX,
                    TABLE_IDX,
                    ELEM_IDX,
                    DATA_IDX ->
                    index = u32();
            case MEMORY_IDX -> index = memoryIndex();
            case LABELS -> readLabels();
            case TYPE_TABLE -> {
                index = u32();
                index2 = tableIndex();
            }
            case ELEM_TABLE,
                    TABLE_TABLE,
                    TYPE_FIELD,
                    TYPE_COUNT,
                    TYPE_DATA,
                    TYPE_ELEM,
                    TYPE_TYPE -> {
                index = u32();
                index2 = u32();
            }
            case DATA_MEMORY -> {
                index = u32();
                index2 = memoryIndex();
            }
            case MEMORY_MEMORY -> {
                index = memoryIndex();
                index2 = memoryIndex();
            }
            case MEMARG -> readMemArg();
            case MEMARG_LANE -> {
                readMemArg();
                lane = u8();
            }
            case LANE -> lane = u8();
            case I32 -> bitsLow = s32();
            case I64 -> bitsLow = s64();
            case F32 -> bitsLow = fixed32() & 0xFFFF_FFFFL;
            case F64 -> bitsLow = fixed64();
            case V128, SHUFFLE -> {
                bitsLow = fixed64();
                bitsHigh = fixed64();
            }
            case HEAP_TYPE -> heapType = Types.readHeapType(this, features);
            case TYPES -> readTypes();
            case CAST_BRANCH -> {
                castFlags = u8();
                if (castFlags > (SOURCE_NULLABLE | TARGET_NULLABLE)) {
                    throw Errors.malformed("br_on_cast flags", position - 1);
                }
                index = u32();
                heapType = Types.readHeapType(this, features);
                heapType2 = Types.readHeapType(this, features);
            }
            case FENCE -> {
                if (u8() != 0) {
                    throw Errors.zeroByte(position - 1);
                }
            }
        }
    }

    /// The table of an indirect call: a zero byte in the first version of the language.
    private int tableIndex() {
        return features.has(Feature.REFERENCE_TYPES) ? u32() : zeroByte();
    }

    private int memoryIndex() {
        return features.has(Feature.MULTI_MEMORY) ? u32() : zeroByte();
    }

    private int zeroByte() {
        if (u8() != 0) {
            throw Errors.zeroByte(position - 1);
        }
        return 0;
    }

    private void readMemArg() {
        int at = position;
        int flags = u32();
        boolean hasMemory = (flags & 0x40) != 0 && features.has(Feature.MULTI_MEMORY);
        align = hasMemory ? flags & ~0x40 : flags;
        if (align >>> 6 != 0) {
            throw Errors.malformed("memop flags", at);
        }
        index = hasMemory ? u32() : 0;
        offset = features.has(Feature.MEMORY64) ? u64() : u32() & 0xFFFF_FFFFL;
    }

    private void readBlockType() {
        int at = position;
        int b = peek();
        blockTypeIsIndex = false;
        if (b == 0x40) {
            position++;
            blockType = EMPTY_BLOCK;
            return;
        }
        if ((b & 0xC0) == 0x40) {
            blockType = Types.readValType(this, features);
            return;
        }
        long value = s33();
        if (value < 0 || !features.has(Feature.MULTI_VALUE)) {
            throw Errors.malformed("block type", at);
        }
        blockType = (int) value;
        blockTypeIsIndex = true;
    }

    /// The length of a list among the immediates, before anything is allocated for it.
    private int count(String what, int limit) {
        int at = position;
        int count = u32();
        if (count < 0 || count > remaining()) {
            throw Errors.lengthOutOfBounds(position);
        }
        if (count > limit) {
            throw Errors.tooMany(what, count, limit, at);
        }
        return count;
    }

    private void readLabels() {
        int count = count("labels", ImplementationLimits.LABELS);
        if (labels.length <= count) {
            labels = new int[count + count / 2 + 1];
        }
        for (int i = 0; i <= count; i++) {
            labels[i] = u32();
        }
        labelCount = count + 1;
    }

    private void readTypes() {
        int count = count("types", ImplementationLimits.VALUES);
        types = types.length < count ? new int[count] : types;
        for (int i = 0; i < count; i++) {
            types[i] = Types.readValType(this, features);
        }
        typeCount = count;
    }

    private void readCatches() {
        int count = count("catch clauses", ImplementationLimits.CATCHES);
        catches = catches.length < 3 * count ? Arrays.copyOf(catches, 3 * count) : catches;
        for (int i = 0; i < 3 * count; i += 3) {
            int kind = u8();
            if (kind > 3) {
                throw Errors.malformed("catch clause", position - 1);
            }
            catches[i] = kind;
            catches[i + 1] = catchesTag(kind) ? u32() : 0;
            catches[i + 2] = u32();
        }
        catchCount = count;
    }
}
