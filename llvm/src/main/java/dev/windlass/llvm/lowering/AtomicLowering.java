package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Atomic instructions: sequentially consistent, on shared and unshared memories alike. An access
/// is checked for its alignment, then for its bounds.
final class AtomicLowering {
    private final FunctionLowering f;
    private final Ir ir;

    AtomicLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    // spotless:off one operation, one line
    void lower(Opcode op) {
        switch (op) {
            case ATOMIC_FENCE -> ir.fence();
            case MEMORY_ATOMIC_NOTIFY -> sendNotify();
            case MEMORY_ATOMIC_WAIT32 -> await(HostCall.ATOMIC_WAIT32);
            case MEMORY_ATOMIC_WAIT64 -> await(HostCall.ATOMIC_WAIT64);

            case I32_ATOMIC_LOAD, I32_ATOMIC_LOAD8_U, I32_ATOMIC_LOAD16_U -> load(op, ValType.I32);
            case I64_ATOMIC_LOAD, I64_ATOMIC_LOAD8_U, I64_ATOMIC_LOAD16_U, I64_ATOMIC_LOAD32_U -> load(op, ValType.I64);
            case I32_ATOMIC_STORE, I32_ATOMIC_STORE8, I32_ATOMIC_STORE16,
                 I64_ATOMIC_STORE, I64_ATOMIC_STORE8, I64_ATOMIC_STORE16, I64_ATOMIC_STORE32 -> store(op);

            case I32_ATOMIC_RMW_ADD, I32_ATOMIC_RMW8_ADD_U, I32_ATOMIC_RMW16_ADD_U,
                 I64_ATOMIC_RMW_ADD, I64_ATOMIC_RMW8_ADD_U, I64_ATOMIC_RMW16_ADD_U, I64_ATOMIC_RMW32_ADD_U -> update(op, Ir.RMW_ADD);
            case I32_ATOMIC_RMW_SUB, I32_ATOMIC_RMW8_SUB_U, I32_ATOMIC_RMW16_SUB_U,
                 I64_ATOMIC_RMW_SUB, I64_ATOMIC_RMW8_SUB_U, I64_ATOMIC_RMW16_SUB_U, I64_ATOMIC_RMW32_SUB_U -> update(op, Ir.RMW_SUB);
            case I32_ATOMIC_RMW_AND, I32_ATOMIC_RMW8_AND_U, I32_ATOMIC_RMW16_AND_U,
                 I64_ATOMIC_RMW_AND, I64_ATOMIC_RMW8_AND_U, I64_ATOMIC_RMW16_AND_U, I64_ATOMIC_RMW32_AND_U -> update(op, Ir.RMW_AND);
            case I32_ATOMIC_RMW_OR, I32_ATOMIC_RMW8_OR_U, I32_ATOMIC_RMW16_OR_U,
                 I64_ATOMIC_RMW_OR, I64_ATOMIC_RMW8_OR_U, I64_ATOMIC_RMW16_OR_U, I64_ATOMIC_RMW32_OR_U -> update(op, Ir.RMW_OR);
            case I32_ATOMIC_RMW_XOR, I32_ATOMIC_RMW8_XOR_U, I32_ATOMIC_RMW16_XOR_U,
                 I64_ATOMIC_RMW_XOR, I64_ATOMIC_RMW8_XOR_U, I64_ATOMIC_RMW16_XOR_U, I64_ATOMIC_RMW32_XOR_U -> update(op, Ir.RMW_XOR);
            case I32_ATOMIC_RMW_XCHG, I32_ATOMIC_RMW8_XCHG_U, I32_ATOMIC_RMW16_XCHG_U,
                 I64_ATOMIC_RMW_XCHG, I64_ATOMIC_RMW8_XCHG_U, I64_ATOMIC_RMW16_XCHG_U, I64_ATOMIC_RMW32_XCHG_U -> update(op, Ir.RMW_XCHG);
            case I32_ATOMIC_RMW_CMPXCHG, I32_ATOMIC_RMW8_CMPXCHG_U, I32_ATOMIC_RMW16_CMPXCHG_U,
                 I64_ATOMIC_RMW_CMPXCHG, I64_ATOMIC_RMW8_CMPXCHG_U, I64_ATOMIC_RMW16_CMPXCHG_U, I64_ATOMIC_RMW32_CMPXCHG_U -> compareAndExchange(op);
            default -> throw new AssertionError(op);
        }
    }
    // spotless:on

    /// LLVM's type of what an access touches.
    private long accessed(Opcode op) {
        return ir.integer(8 * op.typing().width());
    }

    private long popNarrowed(Opcode op) {
        long value = f.pop();
        long type = accessed(op);
        return ir.typeOf(value) == type ? value : ir.cast(Ir.TRUNC, value, type);
    }

    private void pushExtended(int valType, long value) {
        long type = f.m.type(valType);
        f.push(valType, ir.typeOf(value) == type ? value : ir.cast(Ir.ZEXT, value, type));
    }

    /// Pops the index of an access: its address.
    private long address(Opcode op) {
        long index = f.pop();
        int width = op.typing().width();
        if (width > 1) {
            long low = ir.and(f.memories().effective(index), ir.i64(width - 1));
            f.trapIf(ir.icmp(Ir.NE, low, ir.i64(0)), TrapKind.UNALIGNED_ATOMIC);
        }
        return f.memories().address(index, width);
    }

    /// Never left out and never joined with others.
    private long marked(long access) {
        return ir.makeVolatile(ir.guest(access));
    }

    private void load(Opcode op, int valType) {
        long load = marked(ir.load(accessed(op), address(op), op.typing().width()));
        ir.ordering(load, Ir.SEQ_CST);
        pushExtended(valType, load);
    }

    private void store(Opcode op) {
        long value = popNarrowed(op);
        long store = marked(ir.store(value, address(op), op.typing().width()));
        ir.ordering(store, Ir.SEQ_CST);
    }

    private void update(Opcode op, int operator) {
        int valType = f.stack.type(0);
        long operand = popNarrowed(op);
        pushExtended(valType, marked(ir.atomicRmw(operator, address(op), operand)));
    }

    private void compareAndExchange(Opcode op) {
        int valType = f.stack.type(0);
        long replacement = popNarrowed(op);
        long expected = popNarrowed(op);
        long pair = marked(ir.atomicCmpxchg(address(op), expected, replacement));
        pushExtended(valType, ir.extractValue(pair, 0));
    }

    // Waiting. The host checks alignment and bounds of the address.

    private long memory() {
        return ir.i32(f.cursor.index);
    }

    /// Pops an index: the address as the guest sees it.
    private long popEffective() {
        long index = f.pop();
        long effective = f.memories().effective(index);
        if (f.memories().type().is64()) {
            f.trapIf(ir.icmp(Ir.ULT, effective, index), TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        return effective;
    }

    private void await(HostCall call) {
        long nanos = f.pop();
        long value = f.pop();
        long expected = ir.typeOf(value) == ir.i64 ? value : ir.cast(Ir.SEXT, value, ir.i64);
        long address = popEffective();
        f.push(ValType.I32, f.m.hostCall(call, f.context, memory(), address, expected, nanos));
    }

    private void sendNotify() {
        long count = f.pop();
        long address = popEffective();
        f.push(
                ValType.I32,
                f.m.hostCall(HostCall.ATOMIC_NOTIFY, f.context, memory(), address, count));
    }
}
