package dev.windlass.llvm.entry;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.windlass.runtime.boundary.NativeHelper;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The process's one table of what compiled code calls: [NativeHelper]. Never freed.
final class HostTable {
    /// Its address.
    static final long ADDRESS = make();

    private HostTable() {}

    private static long make() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = linker.defaultLookup();
        MemorySegment table = Arena.global().allocate(JAVA_LONG, NativeHelper.values().length);
        put(table, NativeHelper.UPCALL, upcall(linker).address());
        put(table, NativeHelper.MEMMOVE, symbols.findOrThrow("memmove").address());
        put(table, NativeHelper.MEMSET, symbols.findOrThrow("memset").address());
        return table.address();
    }

    private static void put(MemorySegment table, NativeHelper helper, long address) {
        table.set(JAVA_LONG, helper.offset(), address);
    }

    private static MemorySegment upcall(Linker linker) {
        try {
            MethodType type = MethodType.methodType(int.class, long.class, long.class, long.class);
            return linker.upcallStub(
                    MethodHandles.lookup().findStatic(Upcall.class, "call", type),
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
