package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.FunctionBody;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lowers one function.
public final class FunctionLowering {
    /// A function with a larger frame in bytes stays with the interpreter: the check of the stack
    /// comes after the frame is made, and the margin below the limit must hold it.
    private static final int LARGEST_FRAME = 64 << 10;

    final ModuleLowering m;
    final Module module;
    final Ir ir;
    final Cursor cursor;
    final FuncType type;
    final FunctionScan scan;
    final Operands stack;
    final LocalValues locals;

    final long context;

    private final long function;
    private final long entry;
    private final List<Integer> localTypes = new ArrayList<>();
    private final ControlLowering control;
    private final CallLowering calls;
    private final VariableLowering variables;
    private final MemoryLowering memories;
    private final TableLowering tables;
    private final NumericLowering numerics;
    private final ReferenceLowering references;
    private final VectorLowering vectors;
    private final AtomicLowering atomics;
    private final ExceptionLowering exceptions;
    private final CastLowering casts;
    private final @Nullable FuelLowering fuel;
    private long storeState;

    private FunctionLowering(ModuleLowering m, int index) {
        this.m = m;
        module = m.module;
        ir = m.ir;
        type = module.functionType(index);
        scan = FunctionScan.of(module, index);
        FunctionBody body = module.body(index);
        cursor = new Cursor(module.bytes(), body.start(), body.end(), module.features());
        function = m.function(index);
        attributes();
        m.debug().begin(function, m.symbol(index), body.start());
        context = m.own.context(function);
        entry = ir.block(function, "entry");
        ir.at(entry);
        stack = new Operands(ir);
        readLocals();
        locals = new LocalValues(ir, llvmTypes(), new SsaBlock(entry, null));
        initLocals();
        control = new ControlLowering(this);
        calls = new CallLowering(this);
        variables = new VariableLowering(this);
        memories = new MemoryLowering(this);
        tables = new TableLowering(this);
        numerics = new NumericLowering(this);
        references = new ReferenceLowering(this);
        vectors = new VectorLowering(this);
        atomics = new AtomicLowering(this);
        exceptions = new ExceptionLowering(this);
        casts = new CastLowering(this);
        fuel = m.countsFuel() ? new FuelLowering(this, FuelPlan.of(module, index)) : null;
    }

    /// Lowers a function that is defined here.
    ///
    /// @throws UnsupportedInstruction if it stays with the interpreter; the module is then spoilt
    public static void lower(ModuleLowering module, int index) {
        new FunctionLowering(module, index).run();
    }

    private void attributes() {
        ir.attribute(function, "nounwind");
        ir.attribute(function, "frame-pointer", "all");
        ir.attribute(function, "disable-tail-calls", "true");
        ir.attribute(function, "probe-stack", "inline-asm");
        ir.attribute(function, "warn-stack-size", String.valueOf(LARGEST_FRAME));
        ir.attribute(function, "no-trapping-math", "true");
        if (m.hasGuardedMemory()) {
            // Any access may trap, so the frame is to be there from the start. LLVM makes it later
            // where it sees no use for it, but not for a sanitizer; none of its passes is run.
            ir.attribute(function, "sanitize_memory");
        }
    }

    private void readLocals() {
        for (int param : type.params()) {
            localTypes.add(param);
        }
        int groups = cursor.u32();
        for (int i = 0; i < groups; i++) {
            int count = cursor.u32();
            int t = Types.readValType(cursor, module.features());
            for (int k = 0; k < count; k++) {
                localTypes.add(t);
            }
        }
    }

    private long[] llvmTypes() {
        long[] types = new long[localTypes.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = m.type(localTypes.get(i));
        }
        return types;
    }

    private void initLocals() {
        long[] params = m.own.arguments(function, m.shape(type), this::storeState);
        for (int i = 0; i < localTypes.size(); i++) {
            locals.set(i, i < params.length ? params[i] : ir.zero(m.type(localTypes.get(i))));
        }
    }

    int localType(int local) {
        return localTypes.get(local);
    }

    private void run() {
        if (scan.hasCalls) {
            checkStack();
        }
        control.enterFunction();
        pay();
        while (cursor.next()) {
            if (control.isReachable()) {
                instruction(cursor.opcode);
            } else {
                control.unreachable();
            }
            pay();
        }
    }

    private void checkStack() {
        long pointer = ir.intrinsic("llvm.read_register", ir.i64, ir.metadataValue(stackPointer()));
        long limit =
                ir.context(ir.load(ir.i64, ir.offset(storeState(), StoreState.STACK_LIMIT), 8));
        long failed = block("stack");
        long body = block("body");
        ir.unlikely(ir.icmp(Ir.ULT, pointer, limit), failed, body);
        ir.at(failed);
        m.stackCheckFailed(context, cursor.position());
        ir.br(body);
        ir.at(body);
    }

    /// The table that the loop at the cursor begins with. Where instructions are paid for, branches
    /// take the way that they cost.
    Dispatches.@Nullable Dispatch dispatch() {
        return fuel == null ? scan.dispatches.ofLoop(at()) : null;
    }

    /// Where the branch at the cursor jumps to, if that is known.
    Dispatches.@Nullable Jump jump() {
        return fuel == null ? scan.dispatches.jump(at()) : null;
    }

    private void pay() {
        if (fuel != null && control.isReachable()) {
            fuel.pay(cursor.position());
        }
    }

    private String stackPointer() {
        return m.options.triple().startsWith("x86_64") ? "rsp" : "sp";
    }

    private void instruction(Opcode op) {
        place(op);
        switch (op.family()) {
            case CONTROL -> controlOrCall(op);
            case PARAMETRIC, VARIABLE -> variables.lower(op);
            case TABLE -> tables.lower(op);
            case MEMORY -> memories.lower(op);
            case NUMERIC -> numerics.lower(op);
            case REFERENCE -> references.lower(op);
            case VECTOR -> vectors.lower(op);
            case ATOMIC -> atomics.lower(op);
            case EXCEPTION -> exceptions.lower(op);
            case AGGREGATE -> casts.lower(op);
        }
    }

    /// Says what the next instructions stand for: calls, and accesses that the hardware guards. The
    /// others keep the place of the last one before them, because LLVM makes a load part of the
    /// operation that uses it, and takes the operation's place.
    private void place(Opcode op) {
        if (hasPlace(op)) {
            m.debug().at(at());
        }
    }

    private static boolean hasPlace(Opcode op) {
        return switch (op.family()) {
            case PARAMETRIC, VARIABLE, NUMERIC -> false;
            case CONTROL -> !isBranch(op);
            case VECTOR -> op.typing().width() > 0;
            case MEMORY -> op != Opcode.MEMORY_SIZE;
            case TABLE -> op != Opcode.TABLE_SIZE;
            case REFERENCE -> op == Opcode.REF_FUNC;
            case EXCEPTION, AGGREGATE, ATOMIC -> true;
        };
    }

    private static boolean isBranch(Opcode op) {
        return switch (op) {
            case NOP, BLOCK, IF, ELSE, END, BR, BR_IF, BR_TABLE, RETURN -> true;
            default -> false;
        };
    }

    private void controlOrCall(Opcode op) {
        switch (op) {
            case CALL,
                    CALL_INDIRECT,
                    CALL_REF,
                    RETURN_CALL,
                    RETURN_CALL_INDIRECT,
                    RETURN_CALL_REF ->
                    calls.lower(op);
            default -> control.lower(op);
        }
    }

    ControlLowering control() {
        return control;
    }

    ExceptionLowering exceptions() {
        return exceptions;
    }

    TableLowering tables() {
        return tables;
    }

    MemoryLowering memories() {
        return memories;
    }

    // For the families.

    long pop() {
        return stack.pop();
    }

    void push(int valType, long value) {
        stack.push(valType, value);
    }

    /// The offset of the current instruction in the module.
    int at() {
        return cursor.offset0;
    }

    /// A new block of LLVM's.
    long block(String name) {
        return ir.block(function, name);
    }

    /// Traps if a bit is set; goes on otherwise.
    void trapIf(long condition, TrapKind kind) {
        long trap = block("trap");
        long next = block("next");
        ir.unlikely(condition, trap, next);
        ir.at(trap);
        m.trap(context, kind.code(), at());
        ir.at(next);
    }

    /// Ends the block with a trap.
    void trap(TrapKind kind) {
        m.trap(context, kind.code(), at());
    }

    // What is loaded once, at the entry.

    /// The address of the store's state.
    long storeState() {
        if (storeState == 0) {
            storeState = atEntry(() -> contextPointer(ContextLayout.STORE_STATE));
        }
        return storeState;
    }

    /// Builds something at the end of the entry block, wherever the builder is.
    long atEntry(java.util.function.LongSupplier build) {
        long here = ir.currentBlock();
        ir.atTerminator(entry);
        long value = build.getAsLong();
        ir.at(here);
        return value;
    }

    /// A pointer in the context that never changes.
    long contextPointer(int offset) {
        return ir.invariant(ir.load(ir.ptr, ir.offset(context, offset), 8));
    }
}
