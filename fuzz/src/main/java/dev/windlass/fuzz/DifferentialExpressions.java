package dev.windlass.fuzz;

import dev.windlass.wasm.Family;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Expressions of [DifferentialBody], and what becomes of their values. The instructions come from the table, all alike
/// often.
final class DifferentialExpressions {
    private static final String LETTERS = DifferentialModule.LETTERS;
    private static final int DEEPEST = 4;

    /// Accesses below this stay inside the memory, whatever the offset.
    private static final int SAFE_ADDRESSES = 0xFDFF;

    private static final int SAFE_ATOMIC_ADDRESSES = 0xFDF8;
    private static final int MEMORY_BYTES = 65_536;

    /// Instructions that the table types alone.
    private static final List<Opcode> PLAIN =
            Stream.of(Opcode.values()).filter(DifferentialExpressions::isPlain).toList();

    /// Those by the type that they give; of two results, both of the same type.
    private static final Map<Character, List<Opcode>> BY_RESULT =
            PLAIN.stream()
                    .filter(op -> !results(op).isEmpty())
                    .collect(Collectors.groupingBy(op -> results(op).charAt(0)));

    private static final List<Opcode> EFFECTS =
            PLAIN.stream().filter(op -> results(op).isEmpty()).toList();

    private static final int[] EDGES = {
        0, 1, -1, 2, 7, 8, 31, 32, 63, 127, 128, 255, -128, 32767, 65535, 65536
    };
    private static final long[] WIDE_EDGES = {
        Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0xFFFF_FFFFL
    };

    private final DifferentialBody body;
    private final DifferentialModule module;
    private final DifferentialCode code;
    private final Entropy entropy;
    private final String locals;
    private final DifferentialWide wide;

    DifferentialExpressions(DifferentialBody body) {
        this.body = body;
        module = body.module;
        code = body.code;
        entropy = body.entropy;
        locals = module.locals(body.function);
        wide = new DifferentialWide(body);
    }

    private static boolean isPlain(Opcode op) {
        return op.typing().isFixed()
                && op.family() != Family.CONTROL
                && !String.valueOf(op.typing().signature()).startsWith(":")
                && switch (op.immediates()) {
                    case NONE, MEMARG, MEMARG_LANE, LANE, SHUFFLE -> true;
                    default -> false;
                };
    }

    private static String operands(Opcode op) {
        String signature = String.valueOf(op.typing().signature());
        return signature.substring(0, signature.indexOf(':'));
    }

    static String results(Opcode op) {
        String signature = String.valueOf(op.typing().signature());
        return signature.substring(signature.indexOf(':') + 1);
    }

    // Statements of one expression.

    /// Any instruction, whose value goes where it shows.
    void statement() {
        Opcode op = PLAIN.get(entropy.below(PLAIN.size()));
        plain(op, DEEPEST);
        String results = results(op);
        if (!results.isEmpty()) {
            sink(results.charAt(0));
        }
    }

    /// An instruction without results: all of them write to memory.
    void effect() {
        plain(EFFECTS.get(entropy.below(EFFECTS.size())), DEEPEST);
    }

    void sinkExpression(char type) {
        any(type, DEEPEST);
        sink(type);
    }

    /// Takes the top value.
    void sink(char type) {
        int kind = entropy.below(8);
        if (kind == 0) {
            code.setGlobal(LETTERS.indexOf(type));
        } else if (kind < 3 && locals.indexOf(type) >= 0) {
            code.set(local(type));
        } else if (kind == 3 && DifferentialModule.NUMBERS.indexOf(type) >= 0) {
            store(type);
        } else {
            code.fold(type);
        }
    }

    private int local(char type) {
        return entropy.below(2) == 0 ? locals.indexOf(type) : locals.lastIndexOf(type);
    }

    private void store(char type) {
        int value = module.localOf(body.function, type);
        code.set(value);
        int memory = entropy.below(module.memories().size());
        address(memory, entropy.below(60_000));
        code.get(value);
        Opcode op =
                switch (type) {
                    case 'i' -> Opcode.I32_STORE;
                    case 'l' -> Opcode.I64_STORE;
                    case 'f' -> Opcode.F32_STORE;
                    case 'd' -> Opcode.F64_STORE;
                    default -> Opcode.V128_STORE;
                };
        memArg(code.op(op), memory, 0, entropy.nextByte());
    }

    // Expressions.

    /// One of each type, in this order.
    void all(String types, int depth) {
        types.chars().forEach(type -> any((char) type, depth));
    }

    /// A condition that every second value fulfils.
    void often() {
        any('i', 1);
        code.i32(1);
        code.op(Opcode.I32_AND);
    }

    /// A condition that one value in eight fulfils.
    void seldom() {
        any('i', 1);
        code.i32(7);
        code.ops(Opcode.I32_AND, Opcode.I32_EQZ);
    }

    /// An expression of a type.
    void any(char type, int depth) {
        if (type == 'x') {
            code.get(module.localOf(body.function, 'x'));
            return;
        }
        int kind = depth <= 0 || body.isSpent() ? 0 : entropy.below(16);
        switch (kind) {
            case 0, 1, 2, 3 -> leaf(type);
            case 4 -> controlled(type, depth);
            case 5 -> select(type, depth);
            case 6 -> tee(type, depth);
            case 7 -> calling(type);
            default -> computed(type, depth);
        }
    }

    private void computed(char type, int depth) {
        List<Opcode> ops = BY_RESULT.get(type);
        if (ops == null) {
            leaf(type);
        } else if (type == 'l' && entropy.below(8) == 0) {
            wide.push();
        } else {
            plain(ops.get(entropy.below(ops.size())), depth);
        }
    }

    private void controlled(char type, int depth) {
        if (body.isDeep() || depth < 2) {
            leaf(type);
        } else {
            Opcode kind = entropy.below(2) == 0 ? Opcode.BLOCK : Opcode.IF;
            body.expression(kind, String.valueOf(type));
        }
    }

    private void select(char type, int depth) {
        any(type, depth - 1);
        any(type, depth - 1);
        any('i', depth - 1);
        if (type == 'r' || type == 'e' || entropy.below(4) == 0) {
            code.op(Opcode.SELECT_TYPED).u32(1).valType(DifferentialCode.valType(type));
        } else {
            code.op(Opcode.SELECT);
        }
    }

    private void tee(char type, int depth) {
        any(type, depth - 1);
        code.op(Opcode.LOCAL_TEE).u32(local(type));
    }

    private void calling(char type) {
        int callee = body.callee();
        if (module.results(callee).equals(String.valueOf(type))) {
            all(module.params(callee), 1);
            code.controlOp(Opcode.CALL).u32(callee);
        } else {
            leaf(type);
        }
    }

    private void leaf(char type) {
        int kind = entropy.below(8);
        if (kind < 4) {
            code.get(local(type));
        } else if (kind == 4) {
            code.getGlobal(LETTERS.indexOf(type));
        } else {
            constant(type);
        }
    }

    private void constant(char type) {
        switch (type) {
            case 'r' -> {
                if (entropy.below(2) == 0) {
                    code.zero('r');
                } else {
                    code.op(Opcode.REF_FUNC).u32(entropy.below(module.functionCount()));
                }
            }
            case 'e' -> {
                code.i32(entropy.below(DifferentialModule.TABLE_LENGTH));
                code.op(Opcode.TABLE_GET).u32(DifferentialModule.EXTERN_TABLE);
            }
            case 'v' -> {
                long value = lanes();
                code.constant(type, value, entropy.below(2) == 0 ? value : lanes());
            }
            case 'i', 'l' -> code.constant(type, edge(), 0);
            default -> code.constant(type, entropy.nextLong(), 0);
        }
    }

    private long edge() {
        int kind = entropy.below(3);
        if (kind == 0) {
            return entropy.nextLong();
        }
        return kind == 1
                ? EDGES[entropy.below(EDGES.length)]
                : WIDE_EDGES[entropy.below(WIDE_EDGES.length)];
    }

    /// The same value in lanes of one width.
    private long lanes() {
        long value = edge();
        return switch (entropy.below(4)) {
            case 0 -> (value & 0xFF) * 0x0101_0101_0101_0101L;
            case 1 -> (value & 0xFFFF) * 0x0001_0001_0001_0001L;
            case 2 -> (value & 0xFFFF_FFFFL) * 0x1_0000_0001L;
            default -> value;
        };
    }

    // Plain instructions.

    /// With its operands; two results become one.
    private void plain(Opcode op, int depth) {
        int memory = entropy.below(module.memories().size());
        if (waits(op)) {
            memory = module.sharedMemory();
            if (memory < 0) {
                // Waiting would trap.
                leaf('i');
                return;
            }
        }
        int offset = 0;
        String operands = operands(op);
        for (int i = 0; i < operands.length(); i++) {
            if (operands.charAt(i) == 'a') {
                offset = accessAddress(op, memory);
            } else {
                operand(op, i, operands.charAt(i), depth - 1);
            }
        }
        emit(op, memory, offset);
        if (results(op).length() == 2) {
            code.op(Opcode.I64_XOR);
        }
        DifferentialNaNs.canonicalise(op, code, type -> module.localOf(body.function, type));
    }

    private static boolean waits(Opcode op) {
        return op == Opcode.MEMORY_ATOMIC_WAIT32 || op == Opcode.MEMORY_ATOMIC_WAIT64;
    }

    private void operand(Opcode op, int number, char type, int depth) {
        String name = op.text();
        if (waits(op) && number == 2) {
            code.i64(entropy.nextByte());
        } else if (body.isRisky()) {
            any(type, depth);
        } else if (name.contains(".trunc_f") && type != 'v') {
            smallFloat(type, name.endsWith("_s"), depth);
        } else {
            any(type, depth);
            if (number == 1 && (name.contains(".div_") || name.contains(".rem_"))) {
                divisor(type);
            }
        }
    }

    /// Neither 0 nor -1.
    private void divisor(char type) {
        code.constant(type, 1, 0);
        code.op(type == 'i' ? Opcode.I32_OR : Opcode.I64_OR);
        code.constant(type, ~2, 0);
        code.op(type == 'i' ? Opcode.I32_AND : Opcode.I64_AND);
    }

    /// What any integer can hold.
    private void smallFloat(char type, boolean isSigned, int depth) {
        any('i', depth);
        code.i32(16);
        code.op(Opcode.I32_SHL);
        code.i32(16);
        code.op(isSigned ? Opcode.I32_SHR_S : Opcode.I32_SHR_U);
        code.op(type == 'f' ? Opcode.F32_CONVERT_I32_S : Opcode.F64_CONVERT_I32_S);
        code.constant(type, type == 'f' ? 0x3EC0_0000 : 0x3FD8_0000_0000_0000L, 0);
        code.op(type == 'f' ? Opcode.F32_MUL : Opcode.F64_MUL);
    }

    private void emit(Opcode op, int memory, int offset) {
        ByteWriter out = code.op(op);
        int width = op.typing().width();
        switch (op.immediates()) {
            case MEMARG -> memArg(out, memory, alignment(op), offset);
            case MEMARG_LANE ->
                    memArg(out, memory, alignment(op), offset).u8(entropy.below(16 / width));
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
    }

    // Memory.

    /// An atomic access's alignment is exactly its width.
    private int alignment(Opcode op) {
        int natural = Integer.numberOfTrailingZeros(op.typing().width());
        return op.typing().isAtomic() ? natural : entropy.below(natural + 1);
    }

    private static ByteWriter memArg(ByteWriter out, int memory, int alignment, int offset) {
        if (memory > 0) {
            out.u32(alignment | 0x40).u32(memory);
        } else {
            out.u32(alignment);
        }
        return out.u32(offset);
    }

    /// A known address of the memory's type.
    void address(int memory, int value) {
        if (module.memories().get(memory).is64()) {
            code.i64(value);
        } else {
            code.i32(value);
        }
    }

    /// An index of the table's type.
    void index(int table, int value) {
        if (module.isWide(table)) {
            code.i64(value);
        } else {
            code.i32(value);
        }
    }

    /// The address for an access, safe unless the function may trap.
    ///
    /// @return the offset that belongs to it
    private int accessAddress(Opcode op, int memory) {
        boolean isAtomic = op.typing().isAtomic();
        char type = module.memories().get(memory).is64() ? 'l' : 'i';
        if (body.isRisky()) {
            return riskyAddress(op, memory, type);
        }
        any(type, 2);
        code.constant(type, isAtomic ? SAFE_ATOMIC_ADDRESSES : SAFE_ADDRESSES, 0);
        code.op(type == 'l' ? Opcode.I64_AND : Opcode.I32_AND);
        return isAtomic ? entropy.nextByte() & -8 : entropy.nextByte();
    }

    /// Around the end of the memory, with any offset; or anywhere.
    private int riskyAddress(Opcode op, int memory, char type) {
        int offset = entropy.below(4) == 0 ? (int) entropy.nextLong() : entropy.below(MEMORY_BYTES);
        if (entropy.below(2) == 0) {
            any(type, 2);
        } else {
            nearEnd(memory, type, op.typing().width() + offset - (entropy.below(5) - 2));
        }
        return offset;
    }

    /// The memory's length less something.
    private void nearEnd(int memory, char type, int less) {
        boolean is64 = type == 'l';
        code.op(Opcode.MEMORY_SIZE).u32(memory);
        code.constant(type, 16, 0);
        code.op(is64 ? Opcode.I64_SHL : Opcode.I32_SHL);
        code.constant(type, less, 0);
        code.op(is64 ? Opcode.I64_SUB : Opcode.I32_SUB);
    }
}
