package dev.windlass.runtime;

import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.NativeAccess;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The store: owns everything that its instances are made of, off the heap and on it, until it is
/// closed. Belongs to one thread at a time; a nested call (guest to host to guest) is the same use.
public final class RuntimeStore implements AutoCloseable {
    /// What ends a registration; throws nothing.
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private static final int CELL = 16;
    private static final int FIRST_CLEANING = 256;

    private final ExecutionEngine engine;
    private final StoreLimits limits;
    private final MemoryBudget budget;
    private final StoreOwner owner = new StoreOwner();
    private final RecordArena arena;
    private final long state;
    private final SlotStack slotStack;
    private final Interruption interruption;
    private final FunctionNumbers functions = new FunctionNumbers();
    private final HandleTable handles;
    private final List<UnsharedMemory> memories = new ArrayList<>();
    private final List<SharedMemory> sharedMemories = new ArrayList<>();
    private final List<TableInstance> tables = new ArrayList<>();
    private final List<GlobalInstance> referenceGlobals = new ArrayList<>();
    private final List<WeakReference<ExceptionInstance>> exceptions = new ArrayList<>();
    private int exceptionsToClean = FIRST_CLEANING;
    private @Nullable Object engineState;
    private @Nullable Object nativeState;
    private boolean hasFuel;

    /// What code that counts fuel in any case never uses up.
    private static final long UNCOUNTED = Long.MAX_VALUE;

    /// @param engine runs the functions of all instances
    /// @throws NativeAccessException where the JVM denies native access
    public RuntimeStore(ExecutionEngine engine, StoreLimits limits) {
        this(engine, limits, new MemoryBudget(limits.maxMemoryBytes()));
    }

    /// A store that shares a budget with others: those of the threads of one process.
    ///
    /// @param engine runs the functions of all instances
    /// @param budget counts in place of [StoreLimits#maxMemoryBytes()]
    /// @throws NativeAccessException where the JVM denies native access
    public RuntimeStore(ExecutionEngine engine, StoreLimits limits, MemoryBudget budget) {
        NativeAccess.require();
        this.engine = engine;
        this.limits = limits;
        this.budget = budget;
        arena = new RecordArena();
        state = arena.allocate(StoreState.SIZE);
        Raw.putLong(state + StoreState.FUEL, UNCOUNTED);
        slotStack = new SlotStack(budget, limits.stackBytes(), state);
        interruption = new Interruption(state);
        handles = new HandleTable(budget, this::markRoots);
    }

    public ExecutionEngine engine() {
        return engine;
    }

    public StoreLimits limits() {
        return limits;
    }

    public MemoryBudget budget() {
        return budget;
    }

    // Making things. Types are closed.

    public FunctionInstance newHostFunction(DefType type, HostFunction function) {
        checkThread();
        int number = functions.take();
        long record = allocate(FunctionRecord.SIZE);
        FunctionRecord.fill(record, 0, type.id(), number);
        FunctionInstance made = new FunctionInstance(this, type, null, 0, function, number, record);
        functions.put(made);
        engine.link(made);
        return made;
    }

    /// @throws Trap if there is not so much memory
    public MemoryInstance newMemory(MemoryType type) {
        checkThread();
        if (type.shared()) {
            SharedMemory shared = new SharedMemory(budget, type, engine.guards(type));
            sharedMemories.add(shared);
            return shared;
        }
        UnsharedMemory memory = new UnsharedMemory(this, type);
        memories.add(memory);
        return memory;
    }

    /// @param reference the initial value of all elements
    /// @throws Trap if there is not so much memory
    public TableInstance newTable(TableType type, long reference) {
        checkThread();
        TableInstance table = new TableInstance(this, type, reference);
        tables.add(table);
        return table;
    }

    /// @param low the value's slot
    /// @param high the upper half of a v128, else ignored
    public GlobalInstance newGlobal(GlobalType type, long low, long high) {
        checkThread();
        return newGlobal(type, allocate(CELL), low, high);
    }

    GlobalInstance newGlobal(GlobalType type, long cell, long low, long high) {
        Raw.putLong(cell, low);
        Raw.putLong(cell + 8, high);
        GlobalInstance global = new GlobalInstance(this, type, cell);
        if (ValType.isRef(type.type())) {
            referenceGlobals.add(global);
        }
        return global;
    }

    /// An exception with arguments from slots.
    public ExceptionInstance newException(TagInstance tag, long slots) {
        long[] values = new long[tag.type().funcType().paramSlots()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Raw.getLong(slots + 8L * i);
        }
        ExceptionInstance exception = new ExceptionInstance(tag, values);
        if (hasReferences(tag)) {
            remember(exception);
        }
        return exception;
    }

    /// The list is cleaned when it has doubled, so that throwing stays cheap.
    private void remember(ExceptionInstance exception) {
        if (exceptions.size() >= exceptionsToClean) {
            exceptions.removeIf(e -> e.get() == null);
            exceptionsToClean = 2 * exceptions.size() + FIRST_CLEANING;
        }
        exceptions.add(new WeakReference<>(exception));
    }

    private static boolean hasReferences(TagInstance tag) {
        for (int type : tag.type().funcType().params()) {
            if (ValType.isRef(type)) {
                return true;
            }
        }
        return false;
    }

    /// A zeroed block that lives as long as the store.
    long allocate(long bytes) {
        return arena.allocate(bytes);
    }

    int reserveFunctions(ModuleInstance instance, int count) {
        return functions.reserve(instance, count);
    }

    /// The store's instances begin to use a memory.
    void use(MemoryInstance memory) {
        if (memory instanceof SharedMemory shared && !sharedMemories.contains(shared)) {
            shared.retain();
            sharedMemories.add(shared);
        }
    }

    // Calls.

    /// Begins a use of the store by this thread: slots may be written from [#slotTop()] on. Nests.
    ///
    /// @throws IllegalStateException if another thread uses the store, or it is closed
    public void enter() {
        owner.enter();
    }

    /// Begins a use unless this thread is inside one.
    ///
    /// @return whether it began: then [#exit()] is due
    /// @throws IllegalStateException if another thread uses the store, or it is closed
    public boolean enterOutermost() {
        return owner.enterOutermost();
    }

    /// Ends a use that [#enter()] or [#enterOutermost()] began.
    public void exit() {
        owner.exit();
    }

    /// @throws IllegalStateException if another thread uses the store, or it is closed
    public void checkThread() {
        owner.check();
    }

    public boolean isOpen() {
        return owner.isOpen();
    }

    /// Calls a function.
    ///
    /// @param slots address of the arguments, at or above [#slotTop()]; results replace them
    /// @throws Trap, GuestException, and whatever host functions throw
    /// @throws IllegalStateException if another thread uses the store, or the function is another
    ///     store's
    public void invoke(FunctionInstance function, long slots) {
        owner.enter();
        try {
            invokeEntered(function, slots);
        } finally {
            owner.exit();
        }
    }

    /// As [#invoke], inside a use of the store by this thread that [#enter()] began for this call.
    /// It and what it calls have few levels: HotSpot inlines fifteen, and the JDK's access to memory
    /// takes half of them.
    public void invokeEntered(FunctionInstance function, long slots) {
        if (function.store() != this) {
            throw new IllegalStateException("the function belongs to another store");
        }
        if (owner.depth() > StoreOwner.MAX_DEPTH) {
            throw new Trap(TrapKind.CALL_STACK_EXHAUSTED);
        }
        long top = slotStack.top();
        HostFunction host = function.host();
        try {
            if (host == null) {
                engine.invoke(this, function, slots);
            } else {
                callHost(function, host, slots);
            }
        } catch (StackOverflowError e) {
            throw new Trap(TrapKind.CALL_STACK_EXHAUSTED);
        } finally {
            slotStack.top(top);
        }
    }

    /// Calls a guest's function for native code, which owns the store already. How often that may be
    /// nested is not counted: compiled functions look at the machine's stack when they begin.
    ///
    /// @param slots address of the arguments, at or above [#slotTop()]; results replace them
    /// @return the function that native code is to call in its place, the arguments at the slots;
    ///     null if it returned
    public @Nullable FunctionInstance invokeUpToTailCall(FunctionInstance function, long slots) {
        long top = slotStack.top();
        try {
            return engine.invokeUpToTailCall(this, function, slots);
        } catch (StackOverflowError e) {
            throw new Trap(TrapKind.CALL_STACK_EXHAUSTED);
        } finally {
            slotStack.top(top);
        }
    }

    private void callHost(FunctionInstance function, HostFunction host, long slots) {
        int needed = Math.max(function.funcType().paramSlots(), function.funcType().resultSlots());
        long above = slots + 8L * needed;
        if (above > slotStack.end()) {
            throw new Trap(TrapKind.CALL_STACK_EXHAUSTED);
        }
        slotStack.top(above);
        host.call(this, null, slots);
    }

    /// The address of the first free slot: where a caller from outside puts arguments, between
    /// [#enter()] and [#exit()].
    ///
    /// @throws IllegalStateException if another thread uses the store, or it is closed
    public long slotTop() {
        owner.check();
        return slotStack.top();
    }

    /// The address after the last slot.
    public long slotEnd() {
        return slotStack.end();
    }

    /// Set by an engine while a host function runs, so that nested calls start above the frame.
    public void slotTop(long address) {
        slotStack.top(address);
    }

    /// The engine's own state for this store (the interpreter keeps its stack here).
    public @Nullable Object engineState() {
        return engineState;
    }

    public void engineState(Object state) {
        engineState = state;
    }

    /// What the engine keeps for native code in this store.
    public @Nullable Object nativeState() {
        return nativeState;
    }

    public void nativeState(Object state) {
        nativeState = state;
    }

    /// Sets the limit of the machine's stack for the native code that this thread enters.
    ///
    /// @param limit the lowest stack pointer that a compiled function may begin with
    public void stackLimit(long limit) {
        Raw.putLong(state + StoreState.THREAD_STACK_LIMIT, limit);
        restoreStackLimit();
    }

    /// Makes the limit true again after an interruption has raised it. An interruption sets its word
    /// first and the limit after it, so that one of the two sides sees the other.
    public void restoreStackLimit() {
        long limit = Raw.getLong(state + StoreState.THREAD_STACK_LIMIT);
        Raw.putLongVolatile(state + StoreState.STACK_LIMIT, limit);
        if (isInterrupted()) {
            Raw.putLongVolatile(state + StoreState.STACK_LIMIT, -1);
        }
    }

    /// All functions that there are as objects: those of the host, and others that were asked for.
    public void forEachFunction(java.util.function.Consumer<FunctionInstance> action) {
        functions.forEach(action);
    }

    // References.

    /// The function that a non-null funcref points at.
    public FunctionInstance function(long reference) {
        return functions.get(Raw.getInt(reference + FunctionRecord.NUMBER));
    }

    /// The function of a number ([FunctionInstance#number()]).
    public FunctionInstance functionByNumber(int number) {
        return functions.get(number);
    }

    /// A handle for a Java object, as externref or exnref; the same object gives equal handles only
    /// while one is reachable. Null gives 0.
    ///
    /// Making a handle may reclaim others: those that are in no slot of the slot stack, table,
    /// global or exception of the store. Put each where it belongs before making the next.
    ///
    /// @throws Trap if there is no memory for more
    public long handle(@Nullable Object object) {
        return object == null ? 0 : handles.handle(object);
    }

    /// The object of a handle; null for 0.
    ///
    /// @throws IllegalArgumentException if it is no handle of this store
    public @Nullable Object object(long handle) {
        return handle == 0 ? null : handles.object(handle);
    }

    private void markRoots(HandleTable.Marker marker) {
        slotStack.forEachSlot(marker);
        markNativeStack(marker);
        for (TableInstance table : tables) {
            if (isHandleType(table.type().element())) {
                marker.markRange(Raw.getLong(table.record()), table.length());
            }
        }
        for (GlobalInstance global : referenceGlobals) {
            marker.mark(Raw.getLong(global.cell()));
        }
        for (WeakReference<ExceptionInstance> reference : exceptions) {
            ExceptionInstance exception = reference.get();
            if (exception != null) {
                marker.markObject(exception);
            }
        }
    }

    /// Marks whatever looks like a handle between the newest call out of native code and the
    /// outermost entry: the frames of native code, and Java's between them.
    private void markNativeStack(HandleTable.Marker marker) {
        long outer = Raw.getLong(state + StoreState.OUTER_SP);
        if (outer != 0) {
            long newest = Raw.getLong(state + StoreState.LEAVE_SP);
            marker.markRange(newest, (outer - newest) >>> 3);
        }
    }

    /// Whether values of a closed type can be handles: all references but those to functions.
    private static boolean isHandleType(int type) {
        int heap = ValType.heapType(type);
        return heap != ValType.HEAP_FUNC && heap != ValType.HEAP_NOFUNC && ValType.isAbstract(heap);
    }

    // Stopping. Callable from any thread.

    Interruption interruption() {
        return interruption;
    }

    /// Makes the guest trap with INTERRUPTED at its next poll; ends blocking waits too.
    public void interrupt() {
        interruption.set();
    }

    /// The interrupt word, for polls: true after [#interrupt()] until [#clearInterrupt()].
    public boolean isInterrupted() {
        return interruption.isSet();
    }

    public void clearInterrupt() {
        interruption.clear();
    }

    /// Runs when [#interrupt()] is called while the calling thread blocks in a host function; the
    /// returned handle is closed when it no longer blocks. Runs at once if the store is already
    /// interrupted.
    public Registration onInterrupt(Runnable wake) {
        return interruption.register(wake);
    }

    /// Whether fuel is counted.
    public boolean hasFuel() {
        return hasFuel;
    }

    /// Fuel left.
    public long fuel() {
        checkThread();
        return Raw.getLong(state + StoreState.FUEL);
    }

    /// Turns counting on and sets what is left.
    public void fuel(long fuel) {
        checkThread();
        hasFuel = true;
        Raw.putLong(state + StoreState.FUEL, fuel);
    }

    /// The address of the [dev.windlass.runtime.boundary.StoreState].
    public long state() {
        return state;
    }

    /// Frees everything. Closing twice does nothing.
    ///
    /// @throws IllegalStateException while a guest runs
    @Override
    public void close() {
        if (!owner.close()) {
            return;
        }
        interruption.close();
        engine.close(this);
        memories.forEach(UnsharedMemory::free);
        sharedMemories.forEach(SharedMemory::release);
        tables.forEach(TableInstance::free);
        handles.close();
        slotStack.free();
        arena.close();
        engineState = null;
    }
}
