package dev.windlass.fuzz;

import dev.windlass.wasm.Family;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes one function's body: instructions whose operands lie on the stack, so that the body is always valid.
///
/// Which instructions there are, their operands and immediates come from the table of instructions; blocks, calls,
/// branches and variables are made by hand. Types are the letters of [dev.windlass.wasm.Typing].
final class BodyGenerator {
    private static final int DEEPEST_BLOCK = 5;
    private static final int MOST_INSTRUCTIONS = 200;
    private static final String NUMERIC = "ilfdv";

    /// Instructions that the table types alone, by their operands.
    private static final Map<String, List<Opcode>> BY_OPERANDS =
            Stream.of(Opcode.values())
                    .filter(BodyGenerator::isPlain)
                    .collect(Collectors.groupingBy(op -> operands(op)));

    private final Entropy entropy;
    private final ModuleGenerator module;
    private final String locals;
    private final ByteWriter out = new ByteWriter();

    /// The operands of the innermost block, and what the end of each enclosing block wants: blocks have no parameters.
    private final StringBuilder stack = new StringBuilder();

    /// Results of the enclosing blocks' labels, outermost first; a loop's label takes nothing.
    private final List<String> labels = new ArrayList<>();

    private int instructions;

    BodyGenerator(Entropy entropy, ModuleGenerator module, String locals) {
        this.entropy = entropy;
        this.module = module;
        this.locals = locals;
    }

    private static boolean isPlain(Opcode op) {
        return op.typing().isFixed()
                && op.feature() != Feature.THREADS
                && op.family() != Family.CONTROL
                && !operands(op).isEmpty()
                && switch (op.immediates()) {
                    case NONE, MEMARG, MEMARG_LANE, LANE, SHUFFLE, MEMORY_IDX, MEMORY_MEMORY ->
                            true;
                    default -> false;
                };
    }

    static String operands(Opcode op) {
        String signature = String.valueOf(op.typing().signature()).replace('a', 'i');
        return signature.substring(0, signature.indexOf(':'));
    }

    static String results(Opcode op) {
        String signature = String.valueOf(op.typing().signature()).replace('a', 'i');
        return signature.substring(signature.indexOf(':') + 1);
    }

    ByteWriter body(String results) {
        labels.add(results);
        sequence(results);
        return out;
    }

    /// Instructions up to and with an end, which leaves `results`.
    private void sequence(String results) {
        int length = entropy.below(24);
        for (int i = 0;
                i < length && instructions < MOST_INSTRUCTIONS && !entropy.isUsedUp();
                i++) {
            instructions++;
            step();
        }
        settle(results);
        out.opcode(Opcode.END);
    }

    private void step() {
        switch (entropy.below(16)) {
            case 0, 1, 2 -> constant(NUMERIC.charAt(entropy.below(5)));
            case 3 -> localGet();
            case 4 -> localSet();
            case 5 -> block(Opcode.BLOCK);
            case 6 -> block(Opcode.LOOP);
            case 7 -> branchIf();
            case 8 -> call();
            case 9 -> globals();
            default -> plain();
        }
    }

    private void constant(char type) {
        long value = entropy.nextLong();
        int low = (int) value;
        switch (type) {
            case 'i' -> out.opcode(Opcode.I32_CONST).signed(low);
            case 'l' -> out.opcode(Opcode.I64_CONST).signed(value);
            case 'f' -> out.opcode(Opcode.F32_CONST).fixed32(low);
            case 'd' -> out.opcode(Opcode.F64_CONST).fixed64(value);
            default ->
                    out.opcode(Opcode.V128_CONST)
                            .fixed64(value)
                            .fixed64(Long.rotateLeft(value, 13));
        }
        stack.append(type);
    }

    private void localGet() {
        int index = entropy.below(locals.length());
        out.opcode(Opcode.LOCAL_GET).u32(index);
        stack.append(locals.charAt(index));
    }

    private void localSet() {
        int index = entropy.below(locals.length());
        want(String.valueOf(locals.charAt(index)));
        out.opcode(Opcode.LOCAL_SET).u32(index);
        pop(1);
    }

    private void globals() {
        int index = entropy.below(NUMERIC.length());
        if (entropy.below(2) == 0) {
            out.opcode(Opcode.GLOBAL_GET).u32(index);
            stack.append(NUMERIC.charAt(index));
        } else {
            want(NUMERIC.substring(index, index + 1));
            out.opcode(Opcode.GLOBAL_SET).u32(index);
            pop(1);
        }
    }

    /// A block without parameters and with at most one result; what lies on the stack outside stays there.
    private void block(Opcode kind) {
        if (labels.size() > DEEPEST_BLOCK) {
            return;
        }
        String result = entropy.below(2) == 0 ? "" : NUMERIC.substring(0, 1 + entropy.below(5));
        result = result.isEmpty() ? "" : result.substring(result.length() - 1);
        out.opcode(kind);
        if (result.isEmpty()) {
            out.u8(0x40);
        } else {
            out.valType(ModuleGenerator.valType(result.charAt(0)));
        }
        String outside = stack.toString();
        stack.setLength(0);
        labels.add(kind == Opcode.LOOP ? "" : result);
        sequence(result);
        labels.removeLast();
        stack.setLength(0);
        stack.append(outside).append(result);
    }

    private void branchIf() {
        int depth = entropy.below(labels.size());
        want(labels.get(labels.size() - 1 - depth) + "i");
        out.opcode(Opcode.BR_IF).u32(depth);
        pop(1);
    }

    private void call() {
        int function = entropy.below(module.functionCount());
        want(module.params(function));
        out.opcode(Opcode.CALL).u32(function);
        pop(module.params(function).length());
        stack.append(module.results(function));
    }

    private void plain() {
        for (int n = Math.min(4, stack.length()); n > 0; n--) {
            List<Opcode> fitting = BY_OPERANDS.get(stack.substring(stack.length() - n));
            if (fitting != null && (n == 1 || entropy.below(8) != 0)) {
                emit(fitting.get(entropy.below(fitting.size())));
                return;
            }
        }
        constant(NUMERIC.charAt(entropy.below(5)));
    }

    private void emit(Opcode op) {
        out.opcode(op);
        switch (op.immediates()) {
            case MEMARG -> memArg(op);
            case MEMARG_LANE -> {
                memArg(op);
                out.u8(entropy.below(16 / op.typing().width()));
            }
            case LANE -> out.u8(entropy.below(lanes(op)));
            case SHUFFLE -> {
                for (int i = 0; i < 16; i++) {
                    out.u8(entropy.below(32));
                }
            }
            case MEMORY_IDX -> out.u8(0);
            case MEMORY_MEMORY -> out.u8(0).u8(0);
            default -> {
                // No immediates.
            }
        }
        pop(operands(op).length());
        stack.append(results(op));
    }

    private void memArg(Opcode op) {
        out.u32(entropy.below(Integer.numberOfTrailingZeros(op.typing().width()) + 1));
        out.u32(entropy.below(4) == 0 ? (int) entropy.nextLong() : entropy.nextByte());
    }

    /// `i8x16.extract_lane_s` has sixteen lanes.
    static int lanes(Opcode op) {
        String shape = op.text().substring(op.text().indexOf('x') + 1, op.text().indexOf('.'));
        return Integer.parseInt(shape);
    }

    /// Makes the topmost operands be of these types, by constants for what is missing.
    private void want(String types) {
        if (!stack.toString().endsWith(types)) {
            types.chars().forEach(type -> constant((char) type));
        }
    }

    /// Leaves exactly these operands.
    private void settle(String results) {
        while (!stack.isEmpty() && !stack.toString().equals(results)) {
            out.opcode(Opcode.DROP);
            pop(1);
        }
        if (stack.isEmpty()) {
            results.chars().forEach(type -> constant((char) type));
        }
    }

    private void pop(int count) {
        stack.setLength(stack.length() - count);
    }
}
