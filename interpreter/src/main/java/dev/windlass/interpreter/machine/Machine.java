package dev.windlass.interpreter.machine;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.MemoryRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.runtime.boundary.TableRecord;
import dev.windlass.wasm.FuncType;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The state of one store's execution: frame, continuations, current instance and what is cached of
/// it. Used by one thread at a time, as its store is.
///
/// Frames lie in the store's slot stack: parameters, other locals, operand stack. A callee's frame
/// starts at its arguments, which are on top of the caller's operand stack; its results replace
/// them. Where to go on after a call is on a stack of blocks.
public final class Machine {
    public final RuntimeStore store;
    private final Engine engine;
    private final int maxDepth;

    /// The address of the interrupt word.
    private final long interrupt;

    /// The address of the fuel left.
    public final long fuel;

    /// The address after the last slot.
    private final long limit;

    private boolean countsFuel;
    private final IdentityHashMap<ModuleInstance, InstanceState> states = new IdentityHashMap<>();

    /// By a function's number in the store.
    private @Nullable CallTarget[] targets = new CallTarget[64];

    private Block[] rs;
    private int sp;
    private int drivers;

    /// Whether whoever called the newest driver takes a tail call of a native function from it.
    private boolean leavesTailCalls;

    /// The function that the newest driver leaves to its caller.
    private @Nullable FunctionInstance tail;

    /// The frame of the current function.
    public long f;

    /// The context of the current instance.
    public long context;

    /// Of memory 0 of the current instance, as last seen; 0 without one.
    public long base;

    /// Of memory 0 of the current instance in bytes, as last seen; may have grown since.
    public long length;

    private @Nullable InstanceState current;

    /// Where the exception on its way came from, -1 when there is none.
    private int thrownAt = -1;

    private @Nullable Handler thrownUnder;

    public Machine(RuntimeStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
        this.maxDepth = store.limits().maxCallDepth();
        this.rs = new Block[Math.clamp(maxDepth, 2, 256)];
        this.interrupt = store.state() + StoreState.INTERRUPT;
        this.fuel = store.state() + StoreState.FUEL;
        this.limit = store.slotEnd();
        this.countsFuel = store.hasFuel();
    }

    /// Calls a function, maybe while others run below.
    ///
    /// @param slots address of arguments and results
    public void invoke(FunctionInstance function, long slots) {
        invoke(function, slots, false);
    }

    /// As above, but a tail call of a native function by the outermost function is left to the
    /// caller.
    ///
    /// @return that function, its arguments at the slots; null if there is none
    public @Nullable FunctionInstance invokeUpToTailCall(FunctionInstance function, long slots) {
        return invoke(function, slots, true);
    }

    private @Nullable FunctionInstance invoke(
            FunctionInstance function, long slots, boolean isTailCallLeft) {
        if (drivers == 0 && countsFuel != store.hasFuel()) {
            countsFuel = !countsFuel;
            states.clear();
            Arrays.fill(targets, null);
        }
        int bottom = sp;
        long frame = f;
        InstanceState instance = current;
        long top = store.slotTop();
        boolean outer = leavesTailCalls;
        leavesTailCalls = isTailCallLeft;
        drivers++;
        try {
            start(target(function), slots, bottom);
            return tail;
        } catch (Trap trap) {
            throw withFrames(trap, bottom);
        } catch (StackOverflowError e) {
            throw withFrames(new Trap(TrapKind.CALL_STACK_EXHAUSTED), bottom);
        } finally {
            drivers--;
            leavesTailCalls = outer;
            tail = null;
            Arrays.fill(rs, bottom, Math.max(sp, bottom), null);
            sp = bottom;
            f = frame;
            current = instance;
            if (instance != null) {
                enter(instance);
            }
            thrownAt = -1;
            thrownUnder = null;
            store.slotTop(top);
        }
    }

    private Trap withFrames(Trap trap, int bottom) {
        trap.addFrames(Backtrace.of(current, thrownAt, rs, sp, bottom));
        return trap;
    }

    private void start(CallTarget target, long slots, int bottom) {
        HostFunction host = target.host;
        if (host != null) {
            ModuleInstance caller = current == null ? null : current.instance;
            store.slotTop(slots + (long) target.slots * Slots.SIZE);
            host.call(store, caller, slots);
            return;
        }
        current = null;
        enter(Objects.requireNonNull(target.instance));
        if (slots + (long) target.slots * Slots.SIZE > limit) {
            throw new Trap(TrapKind.CALL_STACK_EXHAUSTED);
        }
        Block entry = Objects.requireNonNull(target.code).entry;
        f = slots;
        checkFrame(slots, entry);
        push(Block.HALT);
        Block block = entry;
        while (true) {
            try {
                drive(block);
                return;
            } catch (GuestException e) {
                block = unwind(e, bottom);
            }
        }
    }

    /// The driver: its own small method, so that HotSpot compiles the loop well.
    @SuppressWarnings("ReferenceEquality") // Identity is meant: it is one object.
    private void drive(Block first) {
        Block b = first;
        do {
            if (Raw.getIntOpaque(interrupt) != 0) {
                throw interrupted(b);
            }
            b = b.run(f, this);
        } while (b != Block.HALT);
    }

    private Trap interrupted(Block b) {
        return trap(TrapKind.INTERRUPTED, b.at);
    }

    /// Whether the guest is to stop: asked by loops that do not return to the driver.
    public boolean isInterrupted() {
        return Raw.getIntOpaque(interrupt) != 0;
    }

    /// The block that handles an exception, all frames above it removed.
    private Block unwind(GuestException e, int bottom) {
        Handler handler = thrownUnder;
        thrownUnder = null;
        thrownAt = -1;
        while (true) {
            for (; handler != null; handler = handler.outer) {
                Block block = handler.handles(e.exception(), f, this);
                if (block != null) {
                    refresh();
                    return block;
                }
            }
            Block caller = rs[--sp];
            if (sp == bottom) {
                throw e;
            }
            if (caller instanceof ReturnTo r) {
                enter(r.state);
            } else {
                f -= caller.site;
                handler = caller.handler;
            }
        }
    }

    // Calls, for terminators.

    /// Calls a function of the current instance's module.
    ///
    /// @param frame address of the callee's frame, where its arguments are
    /// @param next where it returns to
    public Block call(FunctionCode callee, long frame, Block next) {
        Block entry = callee.entry;
        if (frame + entry.frame > limit) {
            throw exhausted(next.at);
        }
        int n = sp;
        if (n == rs.length) {
            grow(next.at);
        }
        rs[n] = next;
        sp = n + 1;
        f = frame;
        return entry;
    }

    /// Calls an imported function.
    public Block callImport(int function, long frame, Block next) {
        return call(instance().imported(function, this), frame, next);
    }

    /// Calls what a non-null function reference points at.
    public Block callReference(long reference, long frame, Block next) {
        return call(target(reference), frame, next);
    }

    private Block call(CallTarget target, long frame, Block next) {
        FunctionCode code = target.code;
        if (code == null) {
            callHost(target, frame, next.at, next.handler);
            return next;
        }
        if (target.instance == current) {
            return call(code, frame, next);
        }
        ReturnTo returnTo = instance().returnTo;
        Block entry = call(code, frame, next);
        enter(Objects.requireNonNull(target.instance));
        push(returnTo);
        return entry;
    }

    private void callHost(CallTarget target, long frame, int at, @Nullable Handler handler) {
        store.slotTop(frame + (long) target.slots * Slots.SIZE);
        try {
            Objects.requireNonNull(target.host).call(store, instance().instance, frame);
        } catch (RuntimeException | Error e) {
            thrownAt = at;
            thrownUnder = handler;
            throw e;
        }
        refresh();
    }

    /// Calls a function of the current instance's module in place of the current one.
    ///
    /// @param frame address of the current frame, where the arguments were moved to
    public Block tailCall(FunctionCode callee, long frame, int at) {
        Block entry = callee.entry;
        if (frame + entry.frame > limit) {
            throw exhausted(at);
        }
        return entry;
    }

    public Block tailCallImport(int function, long frame, int at) {
        return tailCall(instance().imported(function, this), frame, at);
    }

    public Block tailCallReference(long reference, long frame, int at) {
        return tailCall(target(reference), frame, at);
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private Block tailCall(CallTarget target, long frame, int at) {
        FunctionCode code = target.code;
        if (code == null) {
            // The frame is gone: a host function that throws does not find it in the backtrace.
            callHost(target, frame, -1, null);
            return pop(frame);
        }
        if (target.instance != current) {
            // Whoever called the current function gets its instance back. It needs to be pushed
            // only once however long a chain of tail calls is, and not at all at a driver's bottom.
            Block caller = rs[sp - 1];
            if (!(caller instanceof ReturnTo) && caller != Block.HALT) {
                push(instance().returnTo);
            }
            enter(Objects.requireNonNull(target.instance));
        }
        return tailCall(code, frame, at);
    }

    /// Runs a function of the current instance's module that has native code.
    ///
    /// @param frame address of its frame, where its arguments are
    @SuppressWarnings("ReferenceEquality") // As above.
    Block callNative(int function, long frame) {
        FunctionInstance callee = instance().instance.function(function);
        if (leavesTailCalls && rs[sp - 1] == Block.HALT) {
            tail = callee;
        } else {
            store.engine().invoke(store, callee, frame);
            refresh();
        }
        return pop(frame);
    }

    /// Returns from the current function, whose results are at the start of its frame.
    ///
    /// @param frame its frame
    public Block pop(long frame) {
        Block caller = rs[--sp];
        f = frame - caller.site;
        return caller;
    }

    /// The reference in a table.
    ///
    /// @param table offset of the table's pointer in the context
    /// @param index unsigned
    public long element(int table, long index, int at) {
        long record = Raw.getLong(context + table);
        if (Long.compareUnsigned(index, Raw.getLong(record + TableRecord.LENGTH)) >= 0) {
            throw trap(TrapKind.UNDEFINED_ELEMENT, at);
        }
        return Raw.getLong(Raw.getLong(record + TableRecord.BASE) + index * Slots.SIZE);
    }

    /// Checks a reference before an indirect call.
    ///
    /// @param type the id of the expected type
    public void checkCallee(long reference, int type, int at) {
        if (reference == 0) {
            throw trap(TrapKind.UNINITIALIZED_ELEMENT, at);
        }
        if (Raw.getInt(reference + FunctionRecord.TYPE_ID) != type && !isSubtype(reference, type)) {
            throw trap(TrapKind.INDIRECT_CALL_TYPE_MISMATCH, at);
        }
    }

    private boolean isSubtype(long reference, int type) {
        var expected = dev.windlass.wasm.TypeRegistry.byId(type);
        return expected != null && store.function(reference).type().isSubtypeOf(expected);
    }

    // Functions and instances.

    private CallTarget target(long reference) {
        int number = Raw.getInt(reference + FunctionRecord.NUMBER);
        CallTarget target = number < targets.length ? targets[number] : null;
        return target != null ? target : target(store.function(reference));
    }

    /// What a function of the store is to this machine; remembered.
    CallTarget target(FunctionInstance function) {
        int number = function.number();
        if (number >= targets.length) {
            targets = Arrays.copyOf(targets, Math.max(number + 1, 2 * targets.length));
        }
        CallTarget target = targets[number];
        if (target == null) {
            target = newTarget(function);
            targets[number] = target;
        }
        return target;
    }

    private CallTarget newTarget(FunctionInstance function) {
        FuncType type = function.funcType();
        int slots = Math.max(type.paramSlots(), type.resultSlots());
        HostFunction host = function.host();
        if (host != null) {
            return new CallTarget(host, slots);
        }
        ModuleInstance owner = Objects.requireNonNull(function.instance());
        InstanceState state = states.get(owner);
        if (state == null) {
            state = new InstanceState(owner, engine.functions(owner, countsFuel));
            states.put(owner, state);
        }
        return new CallTarget(state, state.code.function(function.index()), slots);
    }

    private InstanceState instance() {
        return Objects.requireNonNull(current);
    }

    /// The current instance.
    public ModuleInstance moduleInstance() {
        return instance().instance;
    }

    /// Makes an instance the current one.
    void enter(InstanceState state) {
        current = state;
        context = state.context;
        refresh();
    }

    /// Reads again what is cached of memory 0: after whatever may have grown it.
    public void refresh() {
        long record = current == null ? 0 : current.memory0;
        if (record != 0) {
            base = Raw.getLong(record + MemoryRecord.BASE);
            length = Raw.getLong(record + MemoryRecord.LENGTH);
        } else {
            base = 0;
            length = 0;
        }
    }

    /// Stores an i32 to a slot.
    ///
    /// @return the value
    @SuppressWarnings("MethodCanBeStatic")
    public int step(long frame, int slot, int value) {
        Raw.putLong(frame, slot, value);
        return value;
    }

    // Memory.

    /// The slow path of a bounds check of memory 0: looks whether the memory has grown.
    ///
    /// @param ea the effective address, not negative
    public void check(long ea, int width, int at) {
        refresh();
        if (ea > length - width) {
            throw trap(TrapKind.MEMORY_OUT_OF_BOUNDS, at);
        }
    }

    /// The address of a checked access to memory 0.
    ///
    /// @param ea the effective address, not negative
    public long address(long ea, int width, int at) {
        if (ea > length - width) {
            check(ea, width, at);
        }
        return Raw.bounded(base) + ea;
    }

    /// The address of a checked access to any memory.
    ///
    /// @param memory offset of the memory's pointer in the context
    /// @param address unsigned
    /// @param offset unsigned
    public long address(int memory, long address, long offset, int width, int at) {
        long record = Raw.getLong(context + memory);
        long size = Raw.getLong(record + MemoryRecord.LENGTH);
        long ea = address + offset;
        if (Long.compareUnsigned(ea, offset) < 0
                || size < width
                || Long.compareUnsigned(ea, size - width) > 0) {
            throw trap(TrapKind.MEMORY_OUT_OF_BOUNDS, at);
        }
        return Raw.getLong(record + MemoryRecord.BASE) + ea;
    }

    // Leaving.

    /// A trap at an instruction.
    ///
    /// @param at its offset in the module
    public Trap trap(TrapKind kind, int at) {
        thrownAt = at;
        return new Trap(kind);
    }

    /// A trap that was thrown on behalf of an instruction.
    public Trap at(Trap trap, int at) {
        thrownAt = at;
        return trap;
    }

    /// A WebAssembly exception that an instruction throws.
    public GuestException thrown(GuestException e, int at, @Nullable Handler handler) {
        thrownAt = at;
        thrownUnder = handler;
        return e;
    }

    /// What the host threw on behalf of an instruction. An inner instruction's place, if it threw,
    /// stays.
    public RuntimeException leaving(Throwable e, int at, @Nullable Handler handler) {
        if (thrownAt < 0) {
            thrownAt = at;
            thrownUnder = handler;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return (RuntimeException) e;
    }

    private Trap exhausted(int at) {
        return trap(TrapKind.CALL_STACK_EXHAUSTED, at);
    }

    void checkFrame(long frame, Block entry) {
        if (frame + entry.frame > limit) {
            throw exhausted(entry.at);
        }
    }

    private void push(Block block) {
        if (sp == rs.length) {
            grow(block.at);
        }
        rs[sp++] = block;
    }

    private void grow(int at) {
        if (rs.length >= maxDepth) {
            throw exhausted(at);
        }
        rs = Arrays.copyOf(rs, Math.min(2 * rs.length, maxDepth));
    }
}
