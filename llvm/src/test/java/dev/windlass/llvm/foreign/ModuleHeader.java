package dev.windlass.llvm.foreign;

import dev.windlass.llvm.compile.TableObject;
import dev.windlass.llvm.thunk.Shape;
import dev.windlass.llvm.thunk.Status;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.NativeHelper;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.DataSegment;
import dev.windlass.wasm.ElementSegment;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Module;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What a driver in C must know of the boundary and of one module, as a header: the layouts have
/// their numbers in Java only.
final class ModuleHeader {
    private final Module module;
    private final StringBuilder text = new StringBuilder("#include <stdint.h>\n");

    private ModuleHeader(Module module) {
        this.module = module;
    }

    /// @param start the export to be called
    static String of(Module module, String start) {
        ModuleHeader header = new ModuleHeader(module);
        header.boundary();
        header.context();
        header.functions(start);
        header.segments();
        return header.text.toString();
    }

    private void number(String name, long value) {
        text.append("#define ").append(name).append(' ').append(value).append("LL\n");
    }

    private void array(String declaration, List<String> rows) {
        text.append("static const ").append(declaration).append(" = {");
        text.append(rows.isEmpty() ? "0" : String.join(", ", rows)).append("};\n");
    }

    private void boundary() {
        number("STATE_SIZE", StoreState.SIZE);
        number("SLOT_TOP", StoreState.SLOT_TOP);
        number("SLOT_END", StoreState.SLOT_END);
        number("STACK_LIMIT", StoreState.STACK_LIMIT);
        number("THREAD_STACK_LIMIT", StoreState.THREAD_STACK_LIMIT);
        number("TRAP_KIND", StoreState.TRAP_KIND);
        number("TRAP_OFFSET", StoreState.TRAP_OFFSET);
        number("EXCEPTION", StoreState.EXCEPTION);
        number("RESULTS", StoreState.RESULTS);
        number("STATUS_EXCEPTION", Status.EXCEPTION);
        number("RECORD_SIZE", FunctionRecord.SIZE);
        number("RECORD_CALL", FunctionRecord.CALL);
        number("RECORD_CONTEXT", FunctionRecord.CONTEXT);
        number("RECORD_TYPE_ID", FunctionRecord.TYPE_ID);
        number("RECORD_NUMBER", FunctionRecord.NUMBER);
        for (HostCall call :
                List.of(
                        HostCall.MEMORY_GROW,
                        HostCall.REF_FUNC,
                        HostCall.INVOKE_INTERPRETED,
                        HostCall.THROW,
                        HostCall.EXCEPTION_MATCHES)) {
            number(call.name(), call.id());
        }
        for (NativeHelper helper : NativeHelper.values()) {
            number(helper.name(), helper.offset() / 8);
        }
        number("HELPERS", NativeHelper.values().length);
        number("ENTER", 5);
        number("HEADER", TableObject.HEADER);
        number("PER_SHAPE", TableObject.PER_SHAPE);
    }

    private void context() {
        ContextLayout layout = ContextLayout.of(module);
        number("CONTEXT_SIZE", layout.size());
        number("MEMORY0_BASE", ContextLayout.MEMORY0_BASE);
        number("STORE_STATE", ContextLayout.STORE_STATE);
        number("HOST_CALLS", ContextLayout.HOST_CALLS);
        number("CONTEXT_MEMORY", layout.memory(0));
        number("CONTEXT_TABLE", layout.table(0));
        number("CONTEXT_GLOBALS", layout.global(0));
        number("CONTEXT_FUNCTIONS", layout.function(0));
        number("CONTEXT_TYPES", layout.type(0));
        number("MEMORY_MIN", module.memories().getFirst().limits().min());
        number("MEMORY_MAX", 16384);
        number(
                "TABLE_LENGTH",
                module.tables().isEmpty() ? 0 : module.tables().getFirst().limits().min());
        number("TYPES", module.types().size());
        number("GLOBALS", module.globals().size());
        array(
                "int64_t GLOBAL[]",
                ints(module.globals().size(), i -> constant(module.globalInit(i))));
        array("int TYPE_IDS[]", ints(module.types().size(), this::typeId));
    }

    private interface IntToLong {
        long of(int index);
    }

    private static List<String> ints(int count, IntToLong value) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> String.valueOf(value.of(i)))
                .toList();
    }

    /// Equal types have one id: the index of the first.
    private int typeId(int type) {
        for (int i = 0; i < type; i++) {
            if (isSame((FuncType) module.types().get(i).composite(), type)) {
                return i;
            }
        }
        return type;
    }

    private boolean isSame(FuncType one, int type) {
        FuncType other = (FuncType) module.types().get(type).composite();
        return Arrays.equals(one.params(), other.params())
                && Arrays.equals(one.results(), other.results());
    }

    /// Constants of these programs are single numbers.
    private long constant(ConstExpr expression) {
        Cursor in =
                new Cursor(module.bytes(), expression.start(), expression.end(), module.features());
        in.next();
        return in.bitsLow;
    }

    private void functions(String start) {
        List<Shape> shapes = Shape.of(module);
        int imported = module.importedCount(ExternKind.FUNC);
        number("FUNCTIONS", module.functionCount());
        number("IMPORTED", imported);
        number("FIRST_SHAPE", TableObject.HEADER + module.functionCount() - imported);
        number("START", Objects.requireNonNull(module.export(start)).index());
        array(
                "char *IMPORTS[]",
                module.imports().stream().map(Import::name).map(n -> '"' + n + '"').toList());
        array(
                "struct { int shape, type; } FUNCTION[]",
                java.util.stream.IntStream.range(0, module.functionCount())
                        .mapToObj(i ->
                                "{"
                                        + shapes.indexOf(Shape.of(module.functionType(i)))
                                        + ","
                                        + typeId(module.functionTypeIndex(i))
                                        + "}")
                        .toList());
    }

    private void segments() {
        List<DataSegment> data = module.dataSegments();
        number("DATA_SEGMENTS", data.size());
        array(
                "struct { int64_t destination, source, length; } DATA[]",
                data.stream()
                        .map(d ->
                                "{"
                                        + constant(Objects.requireNonNull(d.offset()))
                                        + ","
                                        + d.start()
                                        + ","
                                        + d.length()
                                        + "}")
                        .toList());
        List<String> elements =
                module.elements().stream().flatMap(e -> elements(e).stream()).toList();
        number("ELEMENTS", elements.size());
        array("struct { int index, function; } ELEMENT[]", elements);
    }

    private List<String> elements(ElementSegment segment) {
        int[] functions = Objects.requireNonNull(segment.functions());
        long offset = constant(Objects.requireNonNull(segment.offset()));
        return java.util.stream.IntStream.range(0, functions.length)
                .mapToObj(i -> "{" + (offset + i) + "," + functions[i] + "}")
                .toList();
    }
}
