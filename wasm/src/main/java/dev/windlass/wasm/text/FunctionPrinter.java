package dev.windlass.wasm.text;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.FunctionBody;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.Types;
import java.util.Map;

/// Functions as text, one instruction a line.
final class FunctionPrinter {
    private static final int LEVEL = 2;

    private final Module module;
    private final PrintedSpaces spaces;
    private final TypePrinter types;
    private final InstructionPrinter instructions;
    private final ModuleNames names;
    private final TextOutput out;
    private final Cursor in;

    /// Where the instructions are that were printed last, one a line.
    final IntList offsets = new IntList();

    /// @param names takes the names that are printed
    FunctionPrinter(
            Module module,
            PrintedSpaces spaces,
            TypePrinter types,
            ModuleNames names,
            TextOutput out) {
        this.module = module;
        this.spaces = spaces;
        this.types = types;
        this.names = names;
        this.out = out;
        instructions = new InstructionPrinter(spaces, types, out);
        in = new Cursor(module.bytes(), 0, 0, module.features());
    }

    /// @param hints the function's branch hints by offset in the module
    void print(int function, Map<Integer, Integer> hints) {
        FunctionBody body = module.body(function);
        offsets.clear();
        in.reset(body.start(), body.end());
        FuncType type = module.functionType(function);
        int[] declared = locals(type.params().length);
        PrintedSpace locals = spaces.locals(function, type.params().length + declared.length);
        if (ModuleNames.hasNames(locals.names)) {
            names.locals.put(function, locals.names);
        }
        out.line(1).add("(func").add(spaces.functions.definition(function));
        out.add(" (;").add(function).add(";)").add(types.use(module.functionTypeIndex(function)));
        out.add(types.signature(type, locals));
        if (declared.length > 0) {
            int first = type.params().length;
            out.line(LEVEL).add(types.declarations("local", declared, first, locals).substring(1));
        }
        body(function, locals, hints);
        out.line(1).add(")");
    }

    /// The declared locals' types, one each.
    private int[] locals(int params) {
        IntList declared = new IntList();
        int runs = in.u32();
        while (runs-- > 0) {
            int at = in.position();
            long count = in.u32() & 0xFFFF_FFFFL;
            int type = Types.readValType(in, module.features());
            if (params + declared.size() + count > ImplementationLimits.LOCALS) {
                throw new MalformedException("too many locals", at);
            }
            for (int i = 0; i < count; i++) {
                declared.add(type);
            }
        }
        return declared.toArray();
    }

    private void body(int function, PrintedSpace locals, Map<Integer, Integer> hints) {
        PrintedLabels labels = new PrintedLabels(i -> module.names().label(function, i));
        while (in.next() && in.position() < in.end()) {
            instruction(locals, labels, hints);
        }
        if (ModuleNames.hasNames(labels.names)) {
            names.labels.put(function, labels.names);
        }
    }

    /// All but the last `end`, which the closing parenthesis stands for.
    private void instruction(
            PrintedSpace locals, PrintedLabels labels, Map<Integer, Integer> hints) {
        Opcode opcode = in.opcode;
        boolean outward =
                switch (opcode) {
                    case END, ELSE, CATCH, CATCH_ALL, DELEGATE -> true;
                    default -> false;
                };
        offsets.add(in.offset0);
        out.line(LEVEL + labels.depth() - 1 - (outward ? 1 : 0));
        Integer hint = hints.get(in.offset0);
        if (hint != null) {
            out.add(BranchHints.annotation(hint)).add(" ");
        }
        if (opcode == Opcode.END || opcode == Opcode.DELEGATE) {
            labels.leave();
        }
        instructions.print(in, locals, labels);
        if (InstructionPrinter.opens(opcode)) {
            labels.enter();
        }
    }

    /// A constant expression on one line, without its `end`.
    ///
    /// @return the number of its instructions
    int constant(int start, int end) {
        PrintedLabels labels = new PrintedLabels(_ -> null);
        in.reset(start, end);
        int count = 0;
        while (in.next() && in.position() < in.end()) {
            if (count++ > 0) {
                out.add(" ");
            }
            instructions.print(in, PrintedSpace.EMPTY, labels);
        }
        return count;
    }
}
