package dev.windlass.wasm;

/// What follows an instruction's code in the binary format. The fields of [Cursor] that hold the
/// values are named in brackets.
public enum Immediates {
    NONE,
    /// A block type [blockType].
    BLOCK_TYPE,
    /// A block type and a list of catch clauses [blockType, catches].
    BLOCK_TYPE_CATCHES,
    /// A relative label depth [index].
    LABEL_IDX,
    /// A vector of labels and the default one [labels, labelCount; the default is the last].
    LABELS,
    /// A function index [index].
    FUNC_IDX,
    /// A type index and a table index [index, index2].
    TYPE_TABLE,
    /// A type index [index].
    TYPE_IDX,
    /// A local index [index].
    LOCAL_IDX,
    /// A global index [index].
    GLOBAL_IDX,
    /// A tag index [index].
    TAG_IDX,
    /// A table index [index].
    TABLE_IDX,
    /// Destination and source table [index, index2].
    TABLE_TABLE,
    /// An element segment and a table [index, index2].
    ELEM_TABLE,
    /// An element segment [index].
    ELEM_IDX,
    /// A data segment [index].
    DATA_IDX,
    /// A data segment and a memory [index, index2].
    DATA_MEMORY,
    /// A memory index [index].
    MEMORY_IDX,
    /// Destination and source memory [index, index2].
    MEMORY_MEMORY,
    /// Alignment, memory index, offset [align, index, offset].
    MEMARG,
    /// As MEMARG, and a lane [align, index, offset, lane].
    MEMARG_LANE,
    /// A lane [lane].
    LANE,
    /// Sixteen lanes [bitsLow, bitsHigh].
    SHUFFLE,
    /// A signed 32-bit constant [bitsLow, sign-extended].
    I32,
    /// A signed 64-bit constant [bitsLow].
    I64,
    /// The bits of a 32-bit float [bitsLow, zero-extended].
    F32,
    /// The bits of a 64-bit float [bitsLow].
    F64,
    /// The bits of a vector [bitsLow, bitsHigh].
    V128,
    /// A heap type [heapType].
    HEAP_TYPE,
    /// A vector of value types [types, typeCount].
    TYPES,
    /// A structure type and a field [index, index2].
    TYPE_FIELD,
    /// An array type and a number of elements [index, index2].
    TYPE_COUNT,
    /// An array type and a data segment [index, index2].
    TYPE_DATA,
    /// An array type and an element segment [index, index2].
    TYPE_ELEM,
    /// Two array types, destination and source [index, index2].
    TYPE_TYPE,
    /// Flags, a label, a source and a target heap type [castSource(), castTarget(), index, heapType,
    /// heapType2].
    CAST_BRANCH,
    /// One zero byte.
    FENCE
}
