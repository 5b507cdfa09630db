package dev.windlass.fuzz;

import dev.windlass.wasm.Family;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes one function's body for [DifferentialModule]. As in [BodyGenerator] the instructions come from the table; here
/// what they compute is used, not dropped: it goes to locals, globals and memory.
final class DifferentialBody {
    /// Locals behind the visible ones: two of each type, to get at operands below the top.
    static final String TEMPORARIES = DifferentialModule.LETTERS + DifferentialModule.LETTERS;

    /// Values that meet each other often, so that equal operands and overflows occur.
    private static final long[] EDGES = {
        0, 1, -1, 2, 7, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE
    };

    private static final String LETTERS = DifferentialModule.LETTERS;
    private static final int DEEPEST_BLOCK = 6;
    private static final int MOST_INSTRUCTIONS = 700;
    private static final int CALL_PRICE = 25;

    /// Most accesses are brought inside the memory by it.
    private static final int ADDRESS_MASK = 0xFFF8;

    private static final int NAN32 = 0x7FC0_0000;
    private static final long NAN64 = 0x7FF8_0000_0000_0000L;

    /// Instructions that the table types alone.
    private static final List<Opcode> PLAIN =
            Stream.of(Opcode.values()).filter(DifferentialBody::isPlain).toList();

    private final Entropy entropy;
    private final DifferentialModule module;
    private final String locals;
    private final ByteWriter out = new ByteWriter();

    /// The operands of the innermost block: blocks have no parameters.
    private final StringBuilder stack = new StringBuilder();

    /// Results of the enclosing blocks' labels, outermost first; a loop's label takes nothing.
    private final List<String> labels = new ArrayList<>();

    private int instructions;

    DifferentialBody(Entropy entropy, DifferentialModule module, String locals) {
        this.entropy = entropy;
        this.module = module;
        this.locals = locals;
    }

    private static boolean isPlain(Opcode op) {
        return op.typing().isFixed()
                && op.family() != Family.CONTROL
                && op != Opcode.MEMORY_ATOMIC_WAIT32
                && op != Opcode.MEMORY_ATOMIC_WAIT64
                && !BodyGenerator.operands(op).isEmpty()
                && switch (op.immediates()) {
                    case NONE, MEMARG, MEMARG_LANE, LANE, SHUFFLE -> true;
                    default -> false;
                };
    }

    ByteWriter body(String results) {
        labels.add(results);
        spend(CALL_PRICE);
        sequence(results, 100);
        return out;
    }

    /// Instructions up to and with an end, which leaves `results`.
    private void sequence(String results, int most) {
        steps(most);
        settle(results);
        out.opcode(Opcode.END);
    }

    private void steps(int most) {
        int length = entropy.below(most);
        for (int i = 0;
                i < length && instructions < MOST_INSTRUCTIONS && !entropy.isUsedUp();
                i++) {
            instructions++;
            step();
        }
    }

    private void step() {
        switch (entropy.below(32)) {
            case 0, 1, 2 -> constant(LETTERS.charAt(entropy.below(5)));
            case 3, 4, 5, 6 -> localGet(entropy.below(locals.length()));
            case 7, 8 -> localSet(Opcode.LOCAL_SET);
            case 9 -> localSet(Opcode.LOCAL_TEE);
            case 10 -> block(Opcode.BLOCK);
            case 11 -> loop();
            case 12 -> ifElse();
            case 13 -> branchIf();
            case 14 -> call();
            case 15 -> callIndirect();
            case 16 -> globals();
            case 17 -> select();
            case 18 -> branchTable();
            case 19 -> returnIf();
            case 20 -> bulk();
            case 21, 22, 23 -> keep();
            default -> plain();
        }
    }

    // Variables and constants.

    private void constant(char type) {
        long value = isEdge() ? EDGES[entropy.below(EDGES.length)] : entropy.nextLong();
        int low = (int) value;
        switch (type) {
            case 'i' -> i32(low);
            case 'l' -> out.opcode(Opcode.I64_CONST).signed(value);
            case 'f' -> out.opcode(Opcode.F32_CONST).fixed32(low);
            case 'd' -> out.opcode(Opcode.F64_CONST).fixed64(value);
            default -> vector(value, Long.rotateLeft(value, 13));
        }
        stack.append(type);
    }

    private boolean isEdge() {
        return entropy.below(2) == 0;
    }

    private void i32(int value) {
        out.opcode(Opcode.I32_CONST).signed(value);
    }

    private void vector(long low, long high) {
        out.opcode(Opcode.V128_CONST).fixed64(low).fixed64(high);
    }

    private void localGet(int index) {
        out.opcode(Opcode.LOCAL_GET).u32(index);
        stack.append(locals.charAt(index));
    }

    private void localSet(Opcode op) {
        int index = entropy.below(locals.length());
        want(locals.substring(index, index + 1));
        out.opcode(op).u32(index);
        if (op == Opcode.LOCAL_SET) {
            pop(1);
        }
    }

    private void globals() {
        int index = entropy.below(LETTERS.length());
        if (entropy.below(2) == 0) {
            out.opcode(Opcode.GLOBAL_GET).u32(index);
            stack.append(LETTERS.charAt(index));
        } else {
            want(LETTERS.substring(index, index + 1));
            out.opcode(Opcode.GLOBAL_SET).u32(index);
            pop(1);
        }
    }

    /// Mixes a value into a global, so that what was computed shows in the end whatever comes after.
    private void keep() {
        boolean isWide = entropy.below(2) == 0;
        String letter = isWide ? "l" : "i";
        int index = LETTERS.indexOf(letter);
        want(letter);
        out.opcode(Opcode.GLOBAL_GET).u32(index);
        if (isWide) {
            out.opcode(Opcode.I64_CONST).signed(1);
            out.opcode(Opcode.I64_ROTL).opcode(Opcode.I64_XOR);
        } else {
            i32(1);
            out.opcode(Opcode.I32_ROTL).opcode(Opcode.I32_XOR);
        }
        out.opcode(Opcode.GLOBAL_SET).u32(index);
        pop(1);
    }

    private void select() {
        String type = LETTERS.substring(0, 1 + entropy.below(5));
        type = type.substring(type.length() - 1);
        want(type + type + "i");
        out.opcode(Opcode.SELECT);
        pop(2);
    }

    // Control.

    /// Takes from the budget; traps when there is none left.
    private void spend(int price) {
        out.opcode(Opcode.GLOBAL_GET).u32(DifferentialModule.BUDGET);
        i32(price);
        out.opcode(Opcode.I32_SUB).opcode(Opcode.GLOBAL_SET).u32(DifferentialModule.BUDGET);
        out.opcode(Opcode.GLOBAL_GET).u32(DifferentialModule.BUDGET);
        i32(0);
        out.opcode(Opcode.I32_LT_S).opcode(Opcode.IF).u8(0x40).opcode(Opcode.UNREACHABLE);
        out.opcode(Opcode.END);
    }

    private String blockResult() {
        return entropy.below(2) == 0 ? "" : String.valueOf(LETTERS.charAt(entropy.below(5)));
    }

    /// A block without parameters and with at most one result; what lies on the stack outside stays there.
    private void structured(Opcode kind, String result, Runnable body) {
        out.opcode(kind);
        if (result.isEmpty()) {
            out.u8(0x40);
        } else {
            out.valType(ModuleGenerator.valType(result.charAt(0)));
        }
        String outside = stack.toString();
        stack.setLength(0);
        labels.add(kind == Opcode.LOOP ? "" : result);
        body.run();
        labels.removeLast();
        stack.setLength(0);
        stack.append(outside).append(result);
    }

    private boolean isDeep() {
        return labels.size() > DEEPEST_BLOCK;
    }

    private void block(Opcode kind) {
        if (!isDeep()) {
            String result = blockResult();
            structured(kind, result, () -> sequence(result, 24));
        }
    }

    private void loop() {
        if (isDeep()) {
            return;
        }
        String result = blockResult();
        structured(
                Opcode.LOOP,
                result,
                () -> {
                    spend(1);
                    steps(24);
                    branch(0);
                    settle(result);
                    out.opcode(Opcode.END);
                });
    }

    private void ifElse() {
        if (isDeep()) {
            return;
        }
        want("i");
        i32(1);
        out.opcode(Opcode.I32_AND);
        pop(1);
        String result = blockResult();
        structured(
                Opcode.IF,
                result,
                () -> {
                    steps(16);
                    settle(result);
                    stack.setLength(0);
                    out.opcode(Opcode.ELSE);
                    sequence(result, 16);
                });
    }

    private void branchIf() {
        branch(entropy.below(labels.size()));
    }

    /// Makes a condition of an i32 that one value in eight fulfils: most are not zero, and whoever
    /// always branches skips most of the code.
    private void seldom() {
        i32(7);
        out.opcode(Opcode.I32_AND).opcode(Opcode.I32_EQZ);
    }

    private void branch(int depth) {
        want(labels.get(labels.size() - 1 - depth) + "i");
        seldom();
        out.opcode(Opcode.BR_IF).u32(depth);
        pop(1);
    }

    /// In a block of its own, which is one of the targets; the others take no values either.
    private void branchTable() {
        if (isDeep()) {
            return;
        }
        want("i");
        int index = temporary('i', 0);
        out.opcode(Opcode.LOCAL_SET).u32(index);
        pop(1);
        structured(
                Opcode.BLOCK,
                "",
                () -> {
                    out.opcode(Opcode.LOCAL_GET).u32(index).opcode(Opcode.BR_TABLE);
                    int count = entropy.below(5);
                    out.u32(count);
                    for (int i = 0; i <= count; i++) {
                        out.u32(target());
                    }
                    out.opcode(Opcode.END);
                });
    }

    private int target() {
        int depth = entropy.below(labels.size());
        return labels.get(labels.size() - 1 - depth).isEmpty() ? depth : 0;
    }

    private void returnIf() {
        if (isDeep()) {
            return;
        }
        want("i");
        seldom();
        pop(1);
        structured(
                Opcode.IF,
                "",
                () -> {
                    if (entropy.below(8) == 0) {
                        out.opcode(Opcode.UNREACHABLE);
                    } else {
                        want(labels.getFirst());
                        out.opcode(Opcode.RETURN);
                    }
                    out.opcode(Opcode.END);
                });
    }

    private void call() {
        int function = entropy.below(module.functionCount());
        want(module.params(function));
        out.opcode(Opcode.CALL).u32(function);
        called(function);
    }

    private void called(int function) {
        pop(module.params(function).length());
        stack.append(module.results(function));
    }

    /// Mostly the right element; else one of another type, null, or outside.
    private void callIndirect() {
        int function = entropy.below(module.functionCount());
        want(module.params(function));
        i32(entropy.below(8) == 0 ? entropy.below(module.functionCount() + 3) : function);
        out.opcode(Opcode.CALL_INDIRECT).u32(function).u32(0);
        called(function);
    }

    // Plain instructions.

    /// Each is as likely as any other: operands that do not lie there are fetched.
    private void plain() {
        Opcode op = PLAIN.get(entropy.below(PLAIN.size()));
        want(BodyGenerator.operands(op));
        emit(op);
    }

    private void emit(Opcode op) {
        if (op.typing().width() > 0 && entropy.below(32) != 0) {
            maskAddress(BodyGenerator.operands(op));
        }
        out.opcode(op);
        switch (op.immediates()) {
            case MEMARG -> memArg(op);
            case MEMARG_LANE -> {
                memArg(op);
                out.u8(entropy.below(16 / op.typing().width()));
            }
            case LANE -> out.u8(entropy.below(BodyGenerator.lanes(op)));
            case SHUFFLE -> {
                for (int i = 0; i < 16; i++) {
                    out.u8(entropy.below(32));
                }
            }
            default -> {
                // No immediates.
            }
        }
        pop(BodyGenerator.operands(op).length());
        stack.append(BodyGenerator.results(op));
        canonicalise(op);
    }

    private int temporary(char type, int which) {
        return locals.length() + which * LETTERS.length() + LETTERS.indexOf(type);
    }

    /// Puts the operands above the address aside.
    private void maskAddress(String operands) {
        List<Integer> aside = new ArrayList<>();
        for (int i = operands.length() - 1; i > 0; i--) {
            char type = operands.charAt(i);
            int first = temporary(type, 0);
            aside.add(aside.contains(first) ? temporary(type, 1) : first);
            out.opcode(Opcode.LOCAL_SET).u32(aside.getLast());
        }
        i32(ADDRESS_MASK);
        out.opcode(Opcode.I32_AND);
        for (int local : aside.reversed()) {
            out.opcode(Opcode.LOCAL_GET).u32(local);
        }
    }

    /// An atomic access's alignment is exactly its width.
    private void memArg(Opcode op) {
        int natural = Integer.numberOfTrailingZeros(op.typing().width());
        boolean isAtomic = op.typing().isAtomic();
        out.u32(isAtomic ? natural : entropy.below(natural + 1));
        int offset = entropy.below(64) == 0 ? (int) entropy.nextLong() : entropy.nextByte();
        out.u32(isAtomic && entropy.below(32) != 0 ? offset & -8 : offset);
    }

    /// With constants that stay inside, mostly.
    private void bulk() {
        int kind = entropy.below(4);
        if (kind == 0) {
            i32(entropy.below(3));
            out.opcode(Opcode.MEMORY_GROW).u32(0);
            stack.append('i');
            return;
        }
        i32(entropy.below(65_536));
        i32(entropy.below(65_536));
        i32(entropy.below(400));
        if (kind == 1) {
            out.opcode(Opcode.MEMORY_FILL).u32(0);
        } else {
            out.opcode(Opcode.MEMORY_COPY).u32(0).u32(0);
        }
    }

    // NaNs.

    /// Makes a NaN canonical where its sign or payload is not fixed: of sums, products, quotients and roots.
    private void canonicalise(Opcode op) {
        String text = op.text();
        if (!isLoose(text)) {
            return;
        }
        if (text.contains("x")) {
            canonicaliseLanes(text.startsWith("f32x4"));
        } else {
            canonicaliseScalar(text.startsWith("f32"));
        }
    }

    private static boolean isLoose(String text) {
        return text.charAt(0) == 'f'
                && (text.endsWith(".add")
                        || text.endsWith(".sub")
                        || text.endsWith(".mul")
                        || text.endsWith(".div")
                        || text.endsWith(".sqrt")
                        || text.contains("madd"));
    }

    private void canonicaliseScalar(boolean is32) {
        int value = temporary(is32 ? 'f' : 'd', 0);
        out.opcode(Opcode.LOCAL_TEE).u32(value);
        if (is32) {
            out.opcode(Opcode.F32_CONST).fixed32(NAN32);
        } else {
            out.opcode(Opcode.F64_CONST).fixed64(NAN64);
        }
        out.opcode(Opcode.LOCAL_GET).u32(value).opcode(Opcode.LOCAL_GET).u32(value);
        out.opcode(is32 ? Opcode.F32_EQ : Opcode.F64_EQ).opcode(Opcode.SELECT);
    }

    private void canonicaliseLanes(boolean is32) {
        int value = temporary('v', 0);
        long nans = is32 ? NAN32 * 0x1_0000_0001L : NAN64;
        out.opcode(Opcode.LOCAL_TEE).u32(value);
        vector(nans, nans);
        out.opcode(Opcode.LOCAL_GET).u32(value).opcode(Opcode.LOCAL_GET).u32(value);
        out.opcode(is32 ? Opcode.F32X4_EQ : Opcode.F64X2_EQ).opcode(Opcode.V128_BITSELECT);
    }

    // Stack.

    /// Makes the topmost operands be of these types, by locals or constants for what is missing.
    private void want(String types) {
        if (!stack.toString().endsWith(types)) {
            types.chars().forEach(type -> some((char) type));
        }
    }

    /// A value of that type; there is a local of each.
    private void some(char type) {
        if (entropy.below(4) == 0) {
            constant(type);
        } else {
            localGet(entropy.below(2) == 0 ? locals.indexOf(type) : locals.lastIndexOf(type));
        }
    }

    /// Leaves exactly these operands; the others go to variables and memory.
    private void settle(String results) {
        while (!stack.isEmpty() && !stack.toString().equals(results)) {
            putAway(stack.charAt(stack.length() - 1));
        }
        if (stack.isEmpty()) {
            results.chars().forEach(type -> some((char) type));
        }
    }

    private void putAway(char type) {
        switch (entropy.below(4)) {
            case 0 -> out.opcode(Opcode.GLOBAL_SET).u32(LETTERS.indexOf(type));
            case 1 -> store(type);
            case 2 -> out.opcode(Opcode.LOCAL_SET).u32(locals.lastIndexOf(type));
            default -> out.opcode(Opcode.LOCAL_SET).u32(locals.indexOf(type));
        }
        pop(1);
    }

    private void store(char type) {
        int value = temporary(type, 0);
        out.opcode(Opcode.LOCAL_SET).u32(value);
        i32(entropy.below(60_000));
        out.opcode(Opcode.LOCAL_GET).u32(value);
        out.opcode(
                        switch (type) {
                            case 'i' -> Opcode.I32_STORE;
                            case 'l' -> Opcode.I64_STORE;
                            case 'f' -> Opcode.F32_STORE;
                            case 'd' -> Opcode.F64_STORE;
                            default -> Opcode.V128_STORE;
                        })
                .u32(0)
                .u32(0);
    }

    private void pop(int count) {
        stack.setLength(stack.length() - count);
    }
}
