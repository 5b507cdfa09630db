package dev.windlass.runtime.boundary;

import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;

/// The layout of an instance's context for one module: one off-heap block that both engines read.
/// Offsets are known when a module is translated or compiled; nothing in it is an absolute address
/// of another instance's data but the pointers named here.
///
/// | offset | what |
/// |---|---|
/// | [#MEMORY0_BASE] | base of memory 0 (hot) |
/// | [#STORE_STATE] | address of the store's state |
/// | [#HOST_CALLS] | address of the table of [NativeHelper]s, 0 without native code |
/// | [#INSTANCE] | 32 bits: the number by which native code names the instance to Java |
/// | [#INTERRUPT] | 32 bits: not zero when compiled code is to stop at its next poll |
/// | `memory(i)` | address of the [MemoryRecord] |
/// | `table(i)` | address of the [TableRecord] |
/// | `global(i)` | 16 bytes: the value of a global defined here; the address of its cell if imported |
/// | `function(i)` | address of the [FunctionRecord], 0 until asked for |
/// | `type(i)` | 32 bits: the canonical id of a type index ([dev.windlass.wasm.DefType#id()]) |
///
/// @param memories offset of the first memory pointer
/// @param tables offset of the first table pointer
/// @param globals offset of the first global
/// @param importedGlobals how many globals are imported
/// @param functions offset of the first function pointer
/// @param types offset of the first type id
/// @param size bytes of the block
public record ContextLayout(
        int memories,
        int tables,
        int globals,
        int importedGlobals,
        int functions,
        int types,
        int size) {
    /// Part of every artifact: changes whenever an offset here, in a record, in [StoreState] or in
    /// [NativeHelper] does.
    public static final int VERSION = 5;

    public static final int MEMORY0_BASE = 0;
    public static final int STORE_STATE = 8;
    public static final int HOST_CALLS = 16;
    public static final int INSTANCE = 24;
    public static final int INTERRUPT = 28;
    private static final int HEADER = 32;

    /// The layout for a module.
    public static ContextLayout of(Module module) {
        int memories = HEADER;
        int tables = memories + 8 * module.memories().size();
        int globals = align16(tables + 8 * module.tables().size());
        int functions = globals + 16 * module.globals().size();
        int types = functions + 8 * module.functionCount();
        int size = types + 4 * module.types().size();
        return new ContextLayout(
                memories,
                tables,
                globals,
                module.importedCount(ExternKind.GLOBAL),
                functions,
                types,
                size);
    }

    public int memory(int index) {
        return memories + 8 * index;
    }

    public int table(int index) {
        return tables + 8 * index;
    }

    public int global(int index) {
        return globals + 16 * index;
    }

    /// Whether [#global(int)] holds a pointer.
    public boolean isGlobalIndirect(int index) {
        return index < importedGlobals;
    }

    public int function(int index) {
        return functions + 8 * index;
    }

    public int type(int index) {
        return types + 4 * index;
    }

    private static int align16(int offset) {
        return (offset + 15) & ~15;
    }
}
