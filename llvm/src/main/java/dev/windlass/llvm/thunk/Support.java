package dev.windlass.llvm.thunk;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.HostCalls;
import dev.windlass.runtime.boundary.HostSignature;
import dev.windlass.runtime.boundary.NativeHelper;
import dev.windlass.runtime.boundary.StoreState;

/// The part of a library that is the same for every module: entering, raising, and a *leave* for
/// each host call, `windlass.host.<id>`, which puts the arguments into slots on the native stack and
/// calls Java.
public final class Support {
    private final Ir ir;
    private final boolean isX86;

    /// Spilling these into a leave's own frame lets a scan of the stack see references in them.
    private static final String X86_SAVED = "~{rbx},~{r12},~{r13},~{r14},~{r15},~{memory}";

    private static final String AARCH64_SAVED =
            "~{x19},~{x20},~{x21},~{x22},~{x23},~{x24},~{x25},~{x26},~{x27},~{x28},~{memory}";

    private final long captureType;
    private final long capture;
    private final long raiseType;
    private final long raise;

    private Support(Ir ir, String triple) {
        this.ir = ir;
        isX86 = triple.startsWith("x86_64");
        ir.assembly(Assembly.of(triple));
        captureType = ir.functionType(ir.voidType, ir.ptr);
        capture = define("windlass.capture", captureType);
        raiseType = ir.functionType(ir.voidType, ir.ptr, ir.i32, ir.i32);
        raise = define("windlass.raise", raiseType);
    }

    /// Fills a module with the support code of a target.
    public static void emit(Ir ir, String triple) {
        Support support = new Support(ir, triple);
        support.capture();
        support.raise();
        support.trap();
        support.rethrow();
        support.fault();
        for (HostCall call : HostCall.values()) {
            support.leave(call);
        }
        support.stackCheck();
        support.interrupted();
    }

    private long define(String name, long type) {
        long function = ir.function(name, type);
        Thunks.attributes(ir, function);
        return function;
    }

    private long field(long type, long state, int offset) {
        return ir.load(type, ir.offset(state, offset), 8);
    }

    /// Copies the return addresses up to the newest entry into the store's state. Frame pointers
    /// link the frames.
    private void capture() {
        long state = ir.param(capture, 0);
        long start = ir.block(capture, "start");
        long loop = ir.block(capture, "loop");
        long take = ir.block(capture, "take");
        long done = ir.block(capture, "done");
        ir.at(start);
        long frame0 = ir.intrinsic("llvm.frameaddress", ir.ptr, ir.i32(0));
        long first = ir.cast(Ir.PTRTOINT, ir.load(ir.ptr, frame0, 8), ir.i64);
        long end = field(ir.i64, state, StoreState.ENTRY);
        ir.br(loop);
        ir.at(loop);
        long frame = ir.phi(ir.i64);
        long count = ir.phi(ir.i64);
        ir.addIncoming(frame, first, start);
        ir.addIncoming(count, ir.i64(0), start);
        long isGuest = ir.icmp(Ir.ULT, frame, end);
        long hasRoom = ir.icmp(Ir.ULT, count, ir.i64(StoreState.MAX_FRAMES));
        ir.condBr(ir.and(isGuest, hasRoom), take, done);
        ir.at(take);
        long at = ir.cast(Ir.INTTOPTR, frame, ir.ptr);
        long address = ir.load(ir.i64, ir.offset(at, 8), 8);
        long slot =
                ir.offset(ir.offset(state, StoreState.FRAMES), ir.binary(Ir.SHL, count, ir.i64(3)));
        ir.store(address, slot, 8);
        ir.addIncoming(frame, ir.load(ir.i64, at, 8), take);
        ir.addIncoming(count, ir.add(count, ir.i64(1)), take);
        ir.br(loop);
        ir.at(done);
        ir.store(count, ir.offset(state, StoreState.FRAME_COUNT), 8);
        ir.retVoid();
    }

    /// Goes back to the record at a field of the store's state.
    private void raise() {
        long state = ir.param(raise, 0);
        long field = ir.param(raise, 1);
        ir.at(ir.block(raise, "start"));
        long record = ir.load(ir.ptr, ir.offset(state, ir.cast(Ir.ZEXT, field, ir.i64)), 8);
        long type = ir.functionType(ir.voidType, ir.ptr, ir.i32);
        ir.call(type, ir.functionOnce("wl_raise", type), record, ir.param(raise, 2));
        ir.unreachable();
    }

    private void raiseTo(long state, int field, long status) {
        ir.call(raiseType, raise, state, ir.i32(field), status);
        ir.unreachable();
    }

    /// `windlass.trap(context, kind, offset)`: needs no Java.
    private void trap() {
        long type = ir.functionType(ir.voidType, ir.ptr, ir.i32, ir.i32);
        long function = define("windlass.trap", type);
        ir.at(ir.block(function, "start"));
        long state = state(ir.param(function, 0));
        ir.store(ir.param(function, 1), ir.offset(state, StoreState.TRAP_KIND), 4);
        ir.store(ir.param(function, 2), ir.offset(state, StoreState.TRAP_OFFSET), 4);
        ir.call(captureType, capture, state);
        raiseTo(state, StoreState.ENTRY, ir.i32(Status.TRAPPED));
    }

    /// `windlass.rethrow(context, exception)`: to the newest handler, or out. Needs no Java.
    private void rethrow() {
        long function = define("windlass.rethrow", ir.functionType(ir.voidType, ir.ptr, ir.i64));
        ir.at(ir.block(function, "start"));
        long state = state(ir.param(function, 0));
        ir.store(ir.param(function, 1), ir.offset(state, StoreState.EXCEPTION), 8);
        raiseTo(state, StoreState.HANDLER, ir.i32(Status.EXCEPTION));
    }

    /// `windlass.fault(record, address)`: where the signal handler lets a faulting function go on.
    private void fault() {
        long function = define("windlass.fault", ir.functionType(ir.voidType, ir.ptr, ir.i64));
        ir.at(ir.block(function, "start"));
        long state = ir.load(ir.ptr, ir.offset(ir.param(function, 0), Assembly.RECORD_STATE), 8);
        int kind = TrapKind.MEMORY_OUT_OF_BOUNDS.code();
        ir.store(ir.i32(kind), ir.offset(state, StoreState.TRAP_KIND), 4);
        ir.store(ir.i32(-1), ir.offset(state, StoreState.TRAP_OFFSET), 4);
        ir.store(ir.param(function, 1), ir.offset(state, StoreState.TRAP_ADDRESS), 8);
        ir.call(captureType, capture, state);
        // Nobody called this, so what was taken as its return address is none.
        long after = ir.add(ir.param(function, 1), ir.i64(1));
        ir.store(after, ir.offset(state, StoreState.FRAMES), 8);
        raiseTo(state, StoreState.ENTRY, ir.i32(Status.TRAPPED));
    }

    private long state(long context) {
        return ir.load(ir.ptr, ir.offset(context, ContextLayout.STORE_STATE), 8);
    }

    private void leave(HostCall call) {
        HostSignature signature = call.signature();
        String letters = signature.params();
        long[] types = new long[letters.length() + 1];
        types[0] = ir.ptr;
        for (int i = 0; i < letters.length(); i++) {
            types[i + 1] = letter(letters.charAt(i));
        }
        boolean hasResult = !signature.result().isEmpty();
        long resultType = hasResult ? letter(signature.result().charAt(0)) : ir.voidType;
        long function = define("windlass.host." + call.id(), ir.functionType(resultType, types));
        ir.at(ir.block(function, "start"));
        long slots = ir.alloca(ir.array(ir.i64, Math.max(1, letters.length())));
        for (int i = 0; i < letters.length(); i++) {
            long value = ir.param(function, i + 1);
            long wide = letters.charAt(i) == 'I' ? ir.cast(Ir.SEXT, value, ir.i64) : value;
            ir.store(wide, ir.offset(slots, 8 * i), 8);
        }
        upcall(function, call, slots);
        if (hasResult) {
            ir.ret(ir.load(resultType, slots, 8));
        } else {
            ir.retVoid();
        }
    }

    private long letter(char letter) {
        return letter == 'I' ? ir.i32 : ir.i64;
    }

    /// Calls Java; goes on if it returned in order.
    private void upcall(long function, HostCall call, long slots) {
        long context = ir.param(function, 0);
        long state = state(context);
        long spill = ir.functionType(ir.voidType);
        ir.call(spill, ir.inlineAssembly(spill, "", isX86 ? X86_SAVED : AARCH64_SAVED));
        ir.store(Thunks.stackPointer(ir, isX86), ir.offset(state, StoreState.LEAVE_SP), 8);
        long table = ir.load(ir.ptr, ir.offset(context, ContextLayout.HOST_CALLS), 8);
        long target = ir.load(ir.ptr, ir.offset(table, NativeHelper.UPCALL.offset()), 8);
        long type = ir.functionType(ir.i32, ir.i64, ir.ptr, ir.ptr);
        long status = ir.call(type, target, ir.i64(call.id()), context, slots);
        long failed = ir.block(function, "failed");
        long next = ir.block(function, "next");
        ir.unlikely(ir.icmp(Ir.NE, status, ir.i32(Status.RETURNED)), failed, next);
        ir.at(failed);
        ir.call(captureType, capture, state);
        long handled = ir.block(function, "handled");
        long unhandled = ir.block(function, "unhandled");
        ir.condBr(ir.icmp(Ir.EQ, status, ir.i32(Status.EXCEPTION)), handled, unhandled);
        ir.at(handled);
        raiseTo(state, StoreState.HANDLER, status);
        ir.at(unhandled);
        raiseTo(state, StoreState.ENTRY, status);
        ir.at(next);
    }

    /// `windlass.stack(context, offset)`: the slow way of a prologue's check. Java is asked only
    /// where there is stack enough for that: what raised the limit then is an interruption.
    private void stackCheck() {
        long type = ir.functionType(ir.voidType, ir.ptr, ir.i32);
        long function = define("windlass.stack", type);
        ir.preserveRegisters(function);
        ir.at(ir.block(function, "start"));
        long context = ir.param(function, 0);
        long offset = ir.param(function, 1);
        long limit = field(ir.i64, state(context), StoreState.THREAD_STACK_LIMIT);
        long exhausted = ir.block(function, "exhausted");
        long interrupted = ir.block(function, "interrupted");
        long pointer = Thunks.stackPointer(ir, isX86);
        ir.condBr(ir.icmp(Ir.ULT, pointer, limit), exhausted, interrupted);
        ir.at(exhausted);
        trap(context, TrapKind.CALL_STACK_EXHAUSTED, offset);
        ir.at(interrupted);
        String host = "windlass.host." + HostCall.STACK_CHECK.id();
        ir.call(type, ir.functionOnce(host, type), context, offset);
        ir.retVoid();
    }

    /// `windlass.interrupted(context)`: the slow way of a loop's look at the interrupt word.
    private void interrupted() {
        long function = define("windlass.interrupted", ir.functionType(ir.voidType, ir.ptr));
        ir.preserveRegisters(function);
        ir.at(ir.block(function, "start"));
        long type = ir.functionType(ir.voidType, ir.ptr, ir.i32);
        String host = "windlass.host." + HostCall.SAFEPOINT.id();
        long reason = ir.i32(HostCalls.REASON_INTERRUPT);
        ir.call(type, ir.functionOnce(host, type), ir.param(function, 0), reason);
        ir.retVoid();
    }

    private void trap(long context, TrapKind kind, long offset) {
        long type = ir.functionType(ir.voidType, ir.ptr, ir.i32, ir.i32);
        ir.call(type, ir.functionOnce("windlass.trap", type), context, ir.i32(kind.code()), offset);
        ir.unreachable();
    }
}
