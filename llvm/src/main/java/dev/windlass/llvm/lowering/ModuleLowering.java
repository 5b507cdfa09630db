package dev.windlass.llvm.lowering;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.DebugInfo;
import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.thunk.Convention;
import dev.windlass.llvm.thunk.Shape;
import dev.windlass.llvm.thunk.Thunks;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.HostSignature;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.ValType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the functions of a batch share: the guest's module, LLVM's module, and the declarations of
/// what they call.
public final class ModuleLowering {
    final Module module;
    final Ir ir;
    final ContextLayout layout;
    final CompileOptions options;
    final int importedFunctions;
    final FrozenTables frozen;

    /// Of the functions that are defined here.
    final Convention own;

    /// Of functions that are called through their records.
    final Convention byRecord;

    private final boolean hasTailCalls;
    private final Map<FuncType, Shape> shapes = new HashMap<>();
    private @Nullable DebugInfo debug;
    private final long trapType;
    private final long stackType;
    private final long interruptedType;

    /// @param facts of the same module
    public ModuleLowering(Module module, ModuleFacts facts, Ir ir, CompileOptions options) {
        this.module = module;
        frozen = facts.frozen();
        this.ir = ir;
        this.options = options;
        hasTailCalls = facts.hasTailCalls();
        own = hasTailCalls ? Convention.uniform(ir, Shape.of(module)) : Convention.direct(ir);
        byRecord = Convention.byRecord(ir);
        layout = ContextLayout.of(module);
        importedFunctions = module.importedCount(ExternKind.FUNC);
        trapType = ir.functionType(ir.voidType, ir.ptr, ir.i32, ir.i32);
        stackType = ir.functionType(ir.voidType, ir.ptr, ir.i32);
        interruptedType = ir.functionType(ir.voidType, ir.ptr);
    }

    public Ir ir() {
        return ir;
    }

    public Module module() {
        return module;
    }

    /// Whether the support code of the target has a signal handler.
    public boolean hasSignals() {
        return options.triple().startsWith("x86_64");
    }

    /// Whether functions of the module call each other through their records.
    public boolean isLinked() {
        return options.isLinked();
    }

    /// Whether functions pay for their instructions.
    public boolean countsFuel() {
        return options.countsFuel();
    }

    // Places in the guest.

    DebugInfo debug() {
        DebugInfo present = debug;
        if (present == null) {
            present = new DebugInfo(ir);
            debug = present;
        }
        return present;
    }

    /// To be called when all functions of LLVM's module are there.
    public void finish() {
        if (debug != null) {
            debug.finish();
        }
        ir.location(0);
    }

    // Types.

    /// LLVM's type of a value type.
    long type(int valType) {
        return switch (valType) {
            case ValType.I32 -> ir.i32;
            case ValType.I64 -> ir.i64;
            case ValType.F32 -> ir.f32;
            case ValType.F64 -> ir.f64;
            case ValType.V128 -> ir.v128;
            default -> ir.i64;
        };
    }

    /// Of a guest function's first result.
    long result(FuncType type) {
        return type.results().length == 0 ? ir.voidType : type(type.results()[0]);
    }

    /// The shape of a function type.
    Shape shape(FuncType type) {
        return shapes.computeIfAbsent(type, Shape::of);
    }

    /// The type at a type index.
    FuncType functionTypeAt(int typeIndex) {
        return (FuncType) module.types().get(typeIndex).composite();
    }

    // Declarations.

    public int importedFunctions() {
        return importedFunctions;
    }

    // Frozen tables: an array of {type number, distance of the code from the array}, 32 bits each.

    /// The array of a frozen table.
    long frozenElements(int table) {
        return ir.globalOnce(
                "windlass.elements." + table,
                ir.array(ir.i32, 2L * frozen.functions(table).length));
    }

    /// Defines the arrays of the frozen tables, and what stands in them for imported functions.
    public void frozenTables() {
        Set<Integer> imports = new TreeSet<>();
        for (int table : frozen.tables()) {
            long array = frozenElements(table);
            int[] functions = frozen.functions(table);
            long[] cells = new long[2 * functions.length];
            for (int i = 0; i < functions.length; i++) {
                int function = functions[i];
                cells[2 * i] = ir.i32(frozen.typeNumberOf(function));
                cells[2 * i + 1] =
                        function < 0 ? ir.i32(0) : ir.distance(function(function), array);
                if (0 <= function && function < importedFunctions) {
                    imports.add(function);
                }
            }
            ir.initializer(array, ir.constantArray(ir.i32, cells), true);
        }
        imports.forEach(this::standIn);
    }

    /// Gives a function without native code here, or an imported one, a body that goes through its
    /// record, so that calls of it need not know.
    public void standIn(int index) {
        FuncType type = module.functionType(index);
        Shape shape = shape(type);
        long function = function(index);
        ir.section(function, Thunks.SECTION);
        ir.location(0);
        ir.attribute(function, "nounwind");
        ir.attribute(function, "frame-pointer", "all");
        ir.attribute(function, "disable-tail-calls", "true");
        ir.at(ir.block(function, "start"));
        long context = own.context(function);
        long record = ir.load(ir.ptr, ir.offset(context, layout.function(index)), 8);
        long callees = index < importedFunctions ? contextOf(record, context) : context;
        long code = ir.load(ir.ptr, ir.offset(record, FunctionRecord.CALL), 8);
        long[] registers = own.registers(function, shape);
        if (hasTailCalls) {
            own.tail(own.call(shape, code, record, callees, registers), shape);
            return;
        }
        long call = byRecord.call(shape, code, record, callees, registers);
        if (type.results().length == 0) {
            ir.retVoid();
        } else {
            ir.ret(call);
        }
    }

    /// The context of a record's function. A function of the host has none: it gets its caller's.
    long contextOf(long record, long callers) {
        long own = ir.context(ir.load(ir.ptr, ir.offset(record, FunctionRecord.CONTEXT), 8));
        return ir.select(ir.icmp(Ir.EQ, own, ir.zero(ir.ptr)), callers, own);
    }

    /// Compares the type of a record's function with one of the module.
    ///
    /// @param predicate of [Ir]
    long compareType(int predicate, long record, int typeIndex, long context) {
        long actual = ir.context(ir.load(ir.i32, ir.offset(record, FunctionRecord.TYPE_ID), 4));
        long expected = ir.load(ir.i32, ir.offset(context, layout.type(typeIndex)), 4);
        return ir.icmp(predicate, actual, ir.invariant(expected));
    }

    /// The function of an index that is defined here, or what stands in for an imported one.
    public long function(int index) {
        return own.function(symbol(index), shape(module.functionType(index)));
    }

    /// The symbol of a function that is defined here: `w.` and its index, and its name, where there
    /// is one, for profilers and debuggers.
    public String symbol(int index) {
        return symbol(module, index);
    }

    /// The symbol of a function of a module.
    public static String symbol(Module module, int index) {
        String name = module.names().function(index);
        return name == null ? "w." + index : "w." + index + "." + printable(name);
    }

    /// The function of a symbol.
    public static int index(String symbol) {
        int end = symbol.indexOf('.', 2);
        return Integer.parseInt(symbol.substring(2, end < 0 ? symbol.length() : end));
    }

    private static final int LONGEST_NAME = 200;

    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
            char c = name.charAt(i);
            text.append(c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '@' ? c : '_');
        }
        return text.toString();
    }

    /// Calls the host.
    ///
    /// @param arguments by the letters of the call's signature
    /// @return the result, if there is one
    long hostCall(HostCall call, long context, long... arguments) {
        long[] all = new long[arguments.length + 1];
        all[0] = context;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ir.noMerge(ir.call(hostType(call), hostFunction(call), all));
    }

    /// The code that calls the host: takes the context before the arguments.
    long hostFunction(HostCall call) {
        return ir.functionOnce("windlass.host." + call.id(), hostType(call));
    }

    private long hostType(HostCall call) {
        HostSignature signature = call.signature();
        String params = signature.params();
        long[] types = new long[params.length() + 1];
        types[0] = ir.ptr;
        for (int i = 0; i < params.length(); i++) {
            types[i + 1] = letter(params.charAt(i));
        }
        String result = signature.result();
        return ir.functionType(result.isEmpty() ? ir.voidType : letter(result.charAt(0)), types);
    }

    private long letter(char letter) {
        return letter == 'I' ? ir.i32 : ir.i64;
    }

    /// Ends the block with a trap.
    ///
    /// @param kind [dev.windlass.runtime.TrapKind#code()]
    void trap(long context, int kind, int offset) {
        long function = ir.functionOnce("windlass.trap", trapType);
        ir.attribute(function, "noreturn");
        ir.attribute(function, "cold");
        ir.attribute(function, "nounwind");
        ir.call(trapType, function, context, ir.i32(kind), ir.i32(offset));
        ir.unreachable();
    }

    /// Calls what happens when the stack pointer is below its limit.
    void stackCheckFailed(long context, int offset) {
        ir.rareCall("windlass.stack", stackType, context, ir.i32(offset));
    }

    /// Calls what happens when the interrupt word is set.
    void interrupted(long context) {
        ir.noMerge(ir.rareCall("windlass.interrupted", interruptedType, context));
    }

    /// Ends the block by throwing an exception to whoever handles it outside of the function.
    void rethrow(long context, long exception) {
        long type = ir.functionType(ir.voidType, ir.ptr, ir.i64);
        long function = ir.functionOnce("windlass.rethrow", type);
        ir.attribute(function, "noreturn");
        ir.attribute(function, "nounwind");
        ir.call(type, function, context, exception);
        ir.unreachable();
    }

    // Values that travel in the store's state: results after the first, and arguments of
    // exceptions.

    /// @param values all results
    void storeFurtherResults(FunctionLowering f, long[] values) {
        store(f, values, 1);
    }

    /// Stores all values.
    void store(FunctionLowering f, long[] values) {
        store(f, values, 0);
    }

    private void store(FunctionLowering f, long[] values, int from) {
        int at = StoreState.RESULTS;
        for (int i = from; i < values.length; i++) {
            long slot = ir.offset(f.storeState(), at);
            boolean isVector = ir.typeOf(values[i]) == ir.v128;
            ir.context(ir.store(Thunks.wide(ir, values[i]), slot, 8));
            at += isVector ? 2 * Slots.SIZE : Slots.SIZE;
        }
    }

    /// Loads values of certain types.
    long[] load(FunctionLowering f, int[] types) {
        long[] values = new long[types.length];
        int at = StoreState.RESULTS;
        for (int i = 0; i < types.length; i++) {
            long slot = ir.offset(f.storeState(), at);
            values[i] = ir.context(ir.load(type(types[i]), slot, 8));
            at += ValType.slots(types[i]) * Slots.SIZE;
        }
        return values;
    }

    /// Pushes the results of a call.
    ///
    /// @param first the call
    void pushResults(FunctionLowering f, FuncType type, long first) {
        int[] results = type.results();
        if (results.length == 0) {
            return;
        }
        f.push(results[0], first);
        int[] further = Arrays.copyOfRange(results, 1, results.length);
        long[] values = load(f, further);
        for (int i = 0; i < values.length; i++) {
            f.push(further[i], values[i]);
        }
    }

    // Memories.

    boolean hasGuardedMemory() {
        for (MemoryType memory : module.memories()) {
            if (options.memoryMode().guards(memory)) {
                return true;
            }
        }
        return false;
    }

    MemoryType memory(int index) {
        return module.memories().get(index);
    }

    /// Whether accesses to a memory rely on the hardware's protection.
    boolean isGuarded(int index) {
        return options.memoryMode().guards(memory(index));
    }
}
