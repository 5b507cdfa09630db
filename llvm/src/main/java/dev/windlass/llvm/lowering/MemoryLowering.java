package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.MemoryRecord;
import dev.windlass.runtime.boundary.NativeHelper;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Memory instructions.
final class MemoryLowering {
    /// Longer copies and fills than this many bytes are the host's.
    private static final long LONGEST = 16L << 20;

    private final FunctionLowering f;
    private final Ir ir;

    /// By memory, the bases that are loaded.
    private final LongMap fixedBases = new LongMap();

    /// By i32.
    private final BlockValues widened = new BlockValues();

    /// By index, addresses in the first memory if that is guarded.
    private final BlockValues addresses = new BlockValues();

    MemoryLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        switch (op) {
            case MEMORY_SIZE -> size(f.cursor.index);
            case MEMORY_GROW -> grow(f.cursor.index);
            case MEMORY_INIT -> init(f.cursor.index2, f.cursor.index);
            case DATA_DROP -> f.m.hostCall(HostCall.DATA_DROP, f.context, ir.i32(f.cursor.index));
            case MEMORY_COPY -> copy(f.cursor.index, f.cursor.index2);
            case MEMORY_FILL -> fill(f.cursor.index);
            default -> access(op);
        }
    }

    // Access. One case an instruction: a table.

    private void access(Opcode op) {
        switch (op) {
            case I32_LOAD -> load(ValType.I32, ir.i32);
            case I64_LOAD -> load(ValType.I64, ir.i64);
            case F32_LOAD -> load(ValType.F32, ir.f32);
            case F64_LOAD -> load(ValType.F64, ir.f64);
            case I32_LOAD8_S -> extended(ValType.I32, ir.i8, Ir.SEXT);
            case I32_LOAD8_U -> extended(ValType.I32, ir.i8, Ir.ZEXT);
            case I32_LOAD16_S -> extended(ValType.I32, ir.i16, Ir.SEXT);
            case I32_LOAD16_U -> extended(ValType.I32, ir.i16, Ir.ZEXT);
            case I64_LOAD8_S -> extended(ValType.I64, ir.i8, Ir.SEXT);
            case I64_LOAD8_U -> extended(ValType.I64, ir.i8, Ir.ZEXT);
            case I64_LOAD16_S -> extended(ValType.I64, ir.i16, Ir.SEXT);
            case I64_LOAD16_U -> extended(ValType.I64, ir.i16, Ir.ZEXT);
            case I64_LOAD32_S -> extended(ValType.I64, ir.i32, Ir.SEXT);
            case I64_LOAD32_U -> extended(ValType.I64, ir.i32, Ir.ZEXT);
            case I32_STORE, I64_STORE, F32_STORE, F64_STORE -> store(f.pop());
            case I32_STORE8, I64_STORE8 -> store(ir.cast(Ir.TRUNC, f.pop(), ir.i8));
            case I32_STORE16, I64_STORE16 -> store(ir.cast(Ir.TRUNC, f.pop(), ir.i16));
            case I64_STORE32 -> store(ir.cast(Ir.TRUNC, f.pop(), ir.i32));
            default -> throw new AssertionError(op);
        }
    }

    private void load(int valType, long type) {
        f.push(valType, loadAt(type, address()));
    }

    private void extended(int valType, long narrow, int extension) {
        long value = loadAt(narrow, address());
        f.push(valType, ir.cast(extension, value, f.m.type(valType)));
    }

    private void store(long value) {
        storeAt(value, address());
    }

    /// A load of the memory at the cursor, at an address that is checked or guarded.
    long loadAt(long type, long address) {
        return kept(ir.guest(ir.load(type, address, 1)));
    }

    void storeAt(long value, long address) {
        kept(ir.guest(ir.store(value, address, 1)));
    }

    /// A guarded access traps, and one to shared memory is seen by others: neither may go.
    private long kept(long access) {
        int memory = f.cursor.index;
        boolean isVolatile = f.m.isGuarded(memory) || f.m.memory(memory).shared();
        return isVolatile ? ir.makeVolatile(access) : access;
    }

    /// Pops an index: the address of the access at the cursor.
    long address() {
        return address(f.pop(), f.cursor.opcode.typing().width());
    }

    /// The address of the access at the cursor, checked unless the hardware does.
    ///
    /// @param index as the guest computed it
    /// @param width in bytes
    long address(long index, int width) {
        int memory = f.cursor.index;
        boolean is64 = f.m.memory(memory).is64();
        if (f.m.isGuarded(memory)) {
            long address = guarded(memory, index);
            return f.cursor.offset == 0 ? address : ir.offset(address, ir.i64(f.cursor.offset));
        }
        long wide = widened(index, is64);
        long effective = is64 ? checked64(memory, wide, width) : checked32(memory, wide, width);
        return ir.offset(base(memory), effective);
    }

    /// The address of a byte of a guarded memory, without an offset.
    private long guarded(int memory, long index) {
        boolean is64 = f.m.memory(memory).is64();
        return memory == 0
                ? addresses.get(f.locals.current, index, i -> guardedByte(0, widened(i, is64)))
                : guardedByte(memory, widened(index, is64));
    }

    private long guardedByte(int memory, long index) {
        return ir.offset(base(memory), index);
    }

    /// Neither sum overflows: the index has 32 bits and the offset too.
    private long checked32(int memory, long index, int width) {
        long end = ir.add(index, ir.i64(f.cursor.offset + width));
        f.trapIf(ir.icmp(Ir.UGT, end, length(memory)), TrapKind.MEMORY_OUT_OF_BOUNDS);
        return ir.add(index, ir.i64(f.cursor.offset));
    }

    private long checked64(int memory, long index, int width) {
        long offset = f.cursor.offset;
        long effective = ir.add(index, ir.i64(offset));
        long end = ir.add(effective, ir.i64(width));
        long wraps = ir.or(ir.icmp(Ir.ULT, effective, index), ir.icmp(Ir.ULT, end, effective));
        long outside = ir.icmp(Ir.UGT, end, length(memory));
        f.trapIf(ir.or(wraps, outside), TrapKind.MEMORY_OUT_OF_BOUNDS);
        return effective;
    }

    /// The effective address as the guest sees it; for atomic wait and notify, which check it.
    long effective(long index) {
        return ir.add(widened(index, f.m.memory(f.cursor.index).is64()), ir.i64(f.cursor.offset));
    }

    /// The address of a memory's first byte: loaded at the entry where it never changes.
    long base(int memory) {
        if (!f.m.isGuarded(memory) && !f.m.memory(memory).shared()) {
            return ir.context(loadBase(memory));
        }
        long known = fixedBases.get(memory);
        if (known == 0) {
            known = f.atEntry(() -> ir.invariant(loadBase(memory)));
            fixedBases.put(memory, known);
        }
        return known;
    }

    private long loadBase(int memory) {
        return memory == 0
                ? ir.load(ir.ptr, ir.offset(f.context, ContextLayout.MEMORY0_BASE), 8)
                : ir.load(ir.ptr, ir.offset(record(memory), MemoryRecord.BASE), 8);
    }

    /// A memory's length in bytes.
    long length(int memory) {
        long load = ir.load(ir.i64, ir.offset(record(memory), MemoryRecord.LENGTH), 8);
        if (f.m.memory(memory).shared()) {
            ir.ordering(load, Ir.ACQUIRE);
        }
        return ir.context(load);
    }

    private long record(int memory) {
        return f.contextPointer(f.m.layout.memory(memory));
    }

    // Sizes.

    private boolean is64(int memory) {
        return f.m.memory(memory).is64();
    }

    /// An index or address as an i64.
    long widened(long value, boolean is64) {
        return is64 ? value : widened(value);
    }

    /// Guests use an index for several accesses in a row.
    private long widened(long value) {
        return widened.get(f.locals.current, value, v -> ir.cast(Ir.ZEXT, v, ir.i64));
    }

    /// Pushes a count or address of an address type.
    void pushAddress(boolean is64, long value) {
        if (is64) {
            f.push(ValType.I64, value);
        } else {
            f.push(ValType.I32, ir.cast(Ir.TRUNC, value, ir.i32));
        }
    }

    private void size(int memory) {
        long pages = ir.binary(Ir.LSHR, length(memory), ir.i64(f.m.memory(memory).pageSizeLog2()));
        pushAddress(is64(memory), pages);
    }

    private void grow(int memory) {
        long pages = widened(f.pop(), is64(memory));
        pushAddress(
                is64(memory), f.m.hostCall(HostCall.MEMORY_GROW, f.context, ir.i32(memory), pages));
    }

    // Bulk.

    private void init(int memory, int segment) {
        long bytes = widened(f.pop(), false);
        long from = widened(f.pop(), false);
        long to = widened(f.pop(), is64(memory));
        f.m.hostCall(
                HostCall.MEMORY_INIT, f.context, ir.i32(memory), ir.i32(segment), to, from, bytes);
    }

    /// The system's `memmove` does it, unless a range is outside (the host traps) or so long that the
    /// host is to look for interrupts in between.
    private void copy(int toMemory, int fromMemory) {
        long bytes = widened(f.pop(), is64(toMemory) && is64(fromMemory));
        long from = widened(f.pop(), is64(fromMemory));
        long to = widened(f.pop(), is64(toMemory));
        long isOdd =
                ir.or(
                        isOutside(toMemory, to, bytes),
                        ir.or(isOutside(fromMemory, from, bytes), isLong(bytes)));
        shortWay(
                isOdd,
                () ->
                        f.m.hostCall(
                                HostCall.MEMORY_COPY,
                                f.context,
                                ir.i32(toMemory),
                                ir.i32(fromMemory),
                                to,
                                from,
                                bytes),
                () -> {
                    long type = ir.functionType(ir.ptr, ir.ptr, ir.ptr, ir.i64);
                    long target = ir.offset(base(toMemory), to);
                    long source = ir.offset(base(fromMemory), from);
                    ir.call(type, helper(NativeHelper.MEMMOVE), target, source, bytes);
                });
    }

    /// Builds a rare way and a usual one, which meet again.
    private void shortWay(long isOdd, Runnable odd, Runnable usual) {
        long oddBlock = f.block("host");
        long usualBlock = f.block("here");
        long next = f.block("next");
        ir.unlikely(isOdd, oddBlock, usualBlock);
        ir.at(oddBlock);
        odd.run();
        ir.br(next);
        ir.at(usualBlock);
        usual.run();
        ir.br(next);
        ir.at(next);
    }

    private long isOutside(int memory, long address, long bytes) {
        long length = length(memory);
        long room = ir.sub(length, address);
        return ir.or(ir.icmp(Ir.UGT, address, length), ir.icmp(Ir.UGT, bytes, room));
    }

    private long isLong(long bytes) {
        return ir.icmp(Ir.UGT, bytes, ir.i64(LONGEST));
    }

    private long helper(NativeHelper helper) {
        long table = f.contextPointer(ContextLayout.HOST_CALLS);
        return ir.invariant(ir.load(ir.ptr, ir.offset(table, helper.offset()), 8));
    }

    private void fill(int memory) {
        long bytes = widened(f.pop(), is64(memory));
        long value = f.pop();
        long to = widened(f.pop(), is64(memory));
        shortWay(
                ir.or(isOutside(memory, to, bytes), isLong(bytes)),
                () ->
                        f.m.hostCall(
                                HostCall.MEMORY_FILL, f.context, ir.i32(memory), to, value, bytes),
                () -> {
                    long type = ir.functionType(ir.ptr, ir.ptr, ir.i32, ir.i64);
                    long target = ir.offset(base(memory), to);
                    ir.call(type, helper(NativeHelper.MEMSET), target, value, bytes);
                });
    }

    MemoryType type() {
        return f.m.memory(f.cursor.index);
    }
}
