package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Exceptions, in the standard's form and in the older one.
///
/// A call in the body of a `try_table` or `try` is *protected*: it goes through `wl_try`, which
/// returns after an exception too. So each such call is followed by a branch to the handler's landing,
/// and what happens there is ordinary control flow. Code outside of them pays nothing.
final class ExceptionLowering {
    private final FunctionLowering f;
    private final Ir ir;

    /// What gets the exceptions of the code being lowered; null: whoever called the function.
    private @Nullable Handler handler;

    ExceptionLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        switch (op) {
            case THROW -> throwNew(f.cursor.index);
            case THROW_REF -> throwRef();
            case TRY_TABLE -> tryTable();
            case TRY -> legacyTry();
            case CATCH -> legacyCatch(f.cursor.index);
            case CATCH_ALL -> legacyCatch(Handler.ANY);
            case RETHROW -> rethrow(f.control().label(f.cursor.index));
            case DELEGATE -> delegate();
            default -> throw new AssertionError(op);
        }
    }

    @Nullable Handler handler() {
        return handler;
    }

    /// Whether something in this function gets the exceptions of the code being lowered.
    boolean areHandled() {
        return handler != null;
    }

    private FuncType tagType(int tag) {
        return f.m.functionTypeAt(f.module.tagTypeIndex(tag));
    }

    // Throwing.

    private void throwNew(int tag) {
        f.m.store(f, f.stack.pop(tagType(tag).params().length));
        long slots = ir.offset(f.storeState(), StoreState.RESULTS);
        long address = ir.cast(Ir.PTRTOINT, slots, ir.i64);
        if (handler == null) {
            f.m.hostCall(HostCall.THROW, f.context, ir.i32(tag), address);
            ir.unreachable();
        } else {
            long code = f.m.hostFunction(HostCall.THROW);
            tryCall(ir.voidType, code, ir.zero(ir.ptr), f.context, ir.i32(tag), address);
            land(handler);
        }
        f.control().stop();
    }

    private void throwRef() {
        long exception = f.pop();
        f.trapIf(ir.icmp(Ir.EQ, exception, ir.i64(0)), TrapKind.NULL_EXCEPTION_REFERENCE);
        raise(exception, handler);
    }

    private void rethrow(Label label) {
        raise(Objects.requireNonNull(label.handler).caught, handler);
    }

    /// Ends the block by throwing an exception that there is already.
    private void raise(long exception, @Nullable Handler to) {
        if (to == null) {
            f.m.rethrow(f.context, exception);
        } else {
            ir.context(ir.store(exception, pending(), 8));
            land(to);
        }
        f.control().stop();
    }

    /// The address of the exception that is on its way.
    private long pending() {
        return ir.offset(f.storeState(), StoreState.EXCEPTION);
    }

    /// Ends the block by going to a handler.
    private void land(Handler to) {
        ir.br(landing(to).start);
    }

    /// The landing of a handler, told that the current block leads there.
    private SsaBlock landing(Handler to) {
        SsaBlock landing = to.landing;
        if (landing == null) {
            landing = new SsaBlock(f.block("landing"), null);
            to.landing = landing;
        }
        landing.predecessors.add(f.control().edge());
        return landing;
    }

    // Protected calls.

    /// A call whose exceptions are handled in this function.
    ///
    /// @param code the callee's
    /// @param record the callee's, or null
    /// @return the first result
    long call(FuncType type, long code, long record, long context, long[] operands) {
        long[] registers = f.m.byRecord.registers(f.m.shape(type), operands, f::storeState);
        long result = tryCall(f.m.result(type), code, record, context, registers);
        long thrown = ir.context(ir.load(ir.i64, pending(), 8));
        long next = f.block("next");
        SsaBlock landing = landing(Objects.requireNonNull(handler));
        ir.unlikely(ir.icmp(Ir.NE, thrown, ir.i64(0)), landing.start, next);
        f.control().follow(next);
        return result;
    }

    private long tryCall(long result, long code, long record, long context, long... operands) {
        long[] types = new long[operands.length + 3];
        long[] all = new long[types.length];
        all[0] = code;
        all[1] = record;
        all[2] = context;
        System.arraycopy(operands, 0, all, 3, operands.length);
        for (int i = 0; i < types.length; i++) {
            types[i] = i < 3 ? ir.ptr : ir.typeOf(all[i]);
        }
        long entry = ir.functionOnce("wl_try", ir.functionType(ir.voidType));
        long call = ir.noMerge(ir.call(ir.functionType(result, types), entry, all));
        ir.argumentAttribute(call, 0, "swiftself");
        ir.argumentAttribute(call, 1, "nest");
        return call;
    }

    // Handling.

    private void tryTable() {
        Handler inner = new Handler(handler);
        Cursor c = f.cursor;
        for (int i = 0; i < 3 * c.catchCount; i += 3) {
            int kind = c.catches[i];
            int tag = Cursor.catchesTag(kind) ? c.catches[i + 1] : Handler.ANY;
            Label label = f.control().label(c.catches[i + 2]);
            boolean takesReference = Cursor.catchesReference(kind);
            inner.clauses.add(new Handler.Clause(tag, takesReference, label));
        }
        open(Opcode.TRY_TABLE, inner);
    }

    private void open(Opcode kind, Handler inner) {
        Label label = f.control().open(kind);
        label.handler = inner;
        label.inner = inner;
        handler = inner;
    }

    /// A structured instruction ends: so does its handler, if it has one, and what that does not take
    /// goes on.
    void close(Label label) {
        Handler closed = label.handler;
        if (closed == null) {
            return;
        }
        handler = label.outer;
        if (label.kind != Opcode.CATCH) {
            begin(closed);
        }
        for (Handler.Clause clause : closed.clauses) {
            take(closed, clause);
        }
        SsaBlock next = closed.next;
        if (next != null) {
            f.control().at(next);
            raise(closed.caught, closed.outer);
        }
    }

    /// Begins to handle: everything that leads to the landing is known.
    private void begin(Handler begun) {
        SsaBlock landing = begun.landing;
        begun.next = landing;
        if (landing != null) {
            f.control().at(landing);
            begun.caught = ir.context(ir.load(ir.i64, pending(), 8));
            ir.context(ir.store(ir.i64(0), pending(), 8));
        }
    }

    private void take(Handler from, Handler.Clause clause) {
        SsaBlock taken = taken(from, clause.tag());
        if (taken == null) {
            return;
        }
        f.control().at(taken);
        int[] types = argumentTypes(clause.tag());
        long[] values = f.m.load(f, types);
        if (clause.takesReference()) {
            values = Arrays.copyOf(values, types.length + 1);
            values[types.length] = from.caught;
        }
        f.control().branch(clause.label(), values);
    }

    private int[] argumentTypes(int tag) {
        return tag == Handler.ANY ? new int[0] : tagType(tag).params();
    }

    /// The block where an exception of a tag is taken; null if none comes so far.
    private @Nullable SsaBlock taken(Handler from, int tag) {
        SsaBlock next = from.next;
        if (next == null || tag == Handler.ANY) {
            from.next = null;
            return next;
        }
        f.control().at(next);
        long matches =
                f.m.hostCall(HostCall.EXCEPTION_MATCHES, f.context, ir.i32(tag), from.caught);
        SsaBlock taken = new SsaBlock(f.block("catch"), null);
        SsaBlock other = new SsaBlock(f.block("other"), null);
        taken.predecessors.add(f.control().edge());
        other.predecessors.add(f.control().edge());
        ir.condBr(ir.icmp(Ir.NE, matches, ir.i64(0)), taken.start, other.start);
        from.next = other;
        return taken;
    }

    // The older form.

    private void legacyTry() {
        open(Opcode.TRY, new Handler(handler));
    }

    private void legacyCatch(int tag) {
        Label label = f.control().innermost();
        Handler own = Objects.requireNonNull(label.handler);
        if (f.control().isReachable()) {
            f.control().branch(label);
        }
        if (label.kind == Opcode.TRY) {
            label.kind = Opcode.CATCH;
            label.inner = label.outer;
            handler = label.outer;
            begin(own);
        }
        SsaBlock taken = taken(own, tag);
        if (taken == null) {
            f.control().stop();
            return;
        }
        f.control().begin(label, taken);
        int[] types = argumentTypes(tag);
        long[] values = f.m.load(f, types);
        for (int i = 0; i < types.length; i++) {
            f.push(types[i], values[i]);
        }
    }

    /// Ends a `try` whose exceptions go to the handler around another label.
    void delegate() {
        Label label = f.control().innermost();
        Handler own = Objects.requireNonNull(label.handler);
        own.outer = f.control().label(f.cursor.index + 1).inner;
        f.control().end();
    }
}
