package dev.windlass.llvm.lowering;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FunctionBody;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.Types;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a function before it is lowered: which locals each loop assigns, where branches
/// to state machines lead, and whether it calls anything.
final class FunctionScan {
    /// By the loops' order in the body.
    final List<BitSet> assignedInLoop = new ArrayList<>();

    final Dispatches dispatches = new Dispatches();

    boolean hasCalls;

    /// The structured instructions that are open: a loop's set, null for others.
    private final List<@Nullable BitSet> open = new ArrayList<>();

    private FunctionScan() {}

    static FunctionScan of(Module module, int function) {
        FunctionScan scan = new FunctionScan();
        Cursor cursor = body(module, function);
        while (cursor.next()) {
            scan.instruction(cursor);
            scan.dispatches.instruction(cursor);
        }
        return scan;
    }

    /// A cursor before the first instruction of a function.
    static Cursor body(Module module, int function) {
        FunctionBody body = module.body(function);
        Cursor cursor = new Cursor(module.bytes(), body.start(), body.end(), module.features());
        int groups = cursor.u32();
        for (int i = 0; i < groups; i++) {
            cursor.u32();
            Types.readValType(cursor, module.features());
        }
        return cursor;
    }

    private void instruction(Cursor cursor) {
        switch (cursor.opcode) {
            case LOOP -> {
                BitSet assigned = new BitSet();
                assignedInLoop.add(assigned);
                open.add(assigned);
                // Its poll may call the host.
                hasCalls = true;
            }
            case BLOCK, IF, TRY, TRY_TABLE -> open.add(null);
            case END, DELEGATE -> close();
            case LOCAL_SET, LOCAL_TEE -> assign(cursor.index);
            case CALL, CALL_INDIRECT, CALL_REF -> hasCalls = true;
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> hasCalls = true;
            default -> hasCalls |= callsHost(cursor.opcode);
        }
    }

    private void assign(int local) {
        for (int i = open.size() - 1; i >= 0; i--) {
            BitSet loop = open.get(i);
            if (loop != null) {
                loop.set(local);
                return;
            }
        }
    }

    /// What an inner loop assigns, the loop around it assigns too.
    private void close() {
        if (open.isEmpty()) {
            return;
        }
        BitSet closed = open.removeLast();
        if (closed != null) {
            for (int i = open.size() - 1; i >= 0; i--) {
                BitSet around = open.get(i);
                if (around != null) {
                    around.or(closed);
                    return;
                }
            }
        }
    }

    private static boolean callsHost(Opcode op) {
        return switch (op.family()) {
            case TABLE, EXCEPTION, AGGREGATE -> true;
            case MEMORY -> op.typing().width() == 0 && op != Opcode.MEMORY_SIZE;
            case ATOMIC -> callsHostAtomically(op);
            case REFERENCE -> op == Opcode.REF_FUNC;
            default -> false;
        };
    }

    private static boolean callsHostAtomically(Opcode op) {
        return switch (op) {
            case MEMORY_ATOMIC_WAIT32, MEMORY_ATOMIC_WAIT64, MEMORY_ATOMIC_NOTIFY -> true;
            default -> false;
        };
    }
}
