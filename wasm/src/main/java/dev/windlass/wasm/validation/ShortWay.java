package dev.windlass.wasm.validation;

import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Decodes and validates the instructions of [HotRules] where their immediates have the usual form.
/// They are nine of ten instructions; without this way through few and small methods, a module of 25
/// megabytes would be validated before the JIT compiler has caught up.
final class ShortWay {
    private static final int[] NO_TYPES = {};
    private static final Opcode[] OPENERS = {
        Opcode.UNREACHABLE, Opcode.NOP, Opcode.BLOCK, Opcode.LOOP, Opcode.IF
    };

    private final byte[] bytes;
    private final int[] rules;
    private final ModuleContext context;
    private final TypeStack operands;
    private final Locals locals;
    private final ControlRules control;
    private final ParametricRules parametric;
    private final VariableRules variable;

    /// The address type of memory 0, or 0 if there is none.
    private final int memory0;

    /// Local indices below this one need no check.
    private int localCount;

    ShortWay(
            ModuleContext context,
            TypeStack operands,
            Locals locals,
            ControlRules control,
            ParametricRules parametric,
            VariableRules variable) {
        Module module = context.module;
        this.bytes = module.bytes();
        this.context = context;
        this.operands = operands;
        this.locals = locals;
        this.control = control;
        this.parametric = parametric;
        this.variable = variable;
        rules = HotRules.table(module.features());
        memory0 = module.memories().isEmpty() ? 0 : module.memories().get(0).addressType();
    }

    /// Starts a function, whose locals are known.
    void begin() {
        localCount = locals.hotCount();
    }

    /// Validates an instruction of at most [HotRules#MAX_LENGTH] bytes.
    ///
    /// One long method on purpose: above 325 bytes of bytecode the JIT compiler does not inline it
    /// into the loops around it, where compiling it again and again cost more than it saved.
    ///
    /// @return the offset of the next instruction, or 0 if this one has to take the long way
    int step(int at) {
        int rule = rules[bytes[at] & 0xFF];
        switch (rule >>> HotRules.KIND_SHIFT) {
            case HotRules.NO_IMMEDIATE -> {
                operands.apply(rule);
                return at + 1;
            }
            case HotRules.LEB_IMMEDIATE -> {
                int next = afterLeb(at + 1);
                if (next != 0) {
                    operands.apply(rule);
                }
                return next;
            }
            case HotRules.FOUR_BYTES -> {
                operands.apply(rule);
                return at + 5;
            }
            case HotRules.EIGHT_BYTES -> {
                operands.apply(rule);
                return at + 9;
            }
            case HotRules.MEMORY_ACCESS -> {
                return access(rule, at);
            }
            case HotRules.LOCAL_GET -> {
                int index = localIndex(at);
                if (index < 0) {
                    return 0;
                }
                operands.push(locals.hotType(index));
                return at + (index < 128 ? 2 : 3);
            }
            case HotRules.LOCAL_SET -> {
                int index = localIndex(at);
                if (index < 0) {
                    return 0;
                }
                operands.pop(locals.hotType(index));
                return at + (index < 128 ? 2 : 3);
            }
            case HotRules.LOCAL_TEE -> {
                int index = localIndex(at);
                if (index < 0) {
                    return 0;
                }
                int type = locals.hotType(index);
                operands.pop(type);
                operands.push(type);
                return at + (index < 128 ? 2 : 3);
            }
            case HotRules.BLOCK -> {
                return block(bytes[at + 1], at);
            }
            case HotRules.END -> {
                control.end();
                return at + 1;
            }
            case HotRules.BRANCH -> {
                int label = bytes[at + 1];
                if (label < 0) {
                    return 0;
                }
                control.branch(label);
                return at + 2;
            }
            case HotRules.BRANCH_IF -> {
                int label = bytes[at + 1];
                if (label < 0) {
                    return 0;
                }
                control.branchIf(label);
                return at + 2;
            }
            case HotRules.CALL -> {
                int next = afterLeb(at + 1);
                if (next != 0) {
                    control.call(context.functionType(number(at + 1, next), at));
                }
                return next;
            }
            case HotRules.GLOBAL_GET -> {
                int next = afterLeb(at + 1);
                if (next != 0) {
                    operands.push(context.global(number(at + 1, next), at).type());
                }
                return next;
            }
            case HotRules.GLOBAL_SET -> {
                int next = afterLeb(at + 1);
                if (next != 0) {
                    variable.globalSet(number(at + 1, next));
                }
                return next;
            }
            case HotRules.SELECT -> {
                parametric.select();
                return at + 1;
            }
            case HotRules.IF -> {
                operands.pop(ValType.I32);
                int next = block(bytes[at + 1], at);
                if (next == 0) {
                    operands.push(ValType.I32);
                }
                return next;
            }
            case HotRules.ELSE -> {
                control.elseBranch();
                return at + 1;
            }
            case HotRules.RETURN -> {
                control.functionReturn();
                return at + 1;
            }
            case HotRules.DROP -> {
                operands.popAny();
                return at + 1;
            }
            default -> {
                return 0;
            }
        }
    }

    /// An access to memory 0.
    private int access(int rule, int at) {
        int align = bytes[at + 1];
        int natural = (rule >>> HotRules.WIDTH_SHIFT) & HotRules.WIDTH_MASK;
        int next = afterLeb(at + 2);
        if (align < 0 || align > natural || next == 0 || memory0 == 0) {
            return 0;
        }
        operands.address(memory0);
        operands.apply(rule);
        return next;
    }

    /// A block, loop or `if` without operands, with no result or one number.
    private int block(int type, int at) {
        int[] results;
        if (type == 0x40) {
            results = NO_TYPES;
        } else if (type >= ValType.F64) {
            results = BlockTypes.number(type);
        } else {
            return 0;
        }
        control.open(OPENERS[bytes[at]], NO_TYPES, results);
        return at + 2;
    }

    /// The index of a local that needs no check, or -1 for another or an unusual form.
    private int localIndex(int at) {
        int index = bytes[at + 1];
        if (index < 0) {
            int high = bytes[at + 2];
            index = high <= 0 ? -1 : (index & 0x7F) | (high << 7);
        }
        return index < localCount ? index : -1;
    }

    /// The offset after a LEB128 number that is in range, whether signed or not: one of up to four
    /// bytes, or of five with the fifth below 8, as linkers write them. 0 for any other.
    private int afterLeb(int at) {
        if (bytes[at] >= 0) {
            return at + 1;
        }
        if (bytes[at + 1] >= 0) {
            return at + 2;
        }
        if (bytes[at + 2] >= 0) {
            return at + 3;
        }
        if (bytes[at + 3] >= 0) {
            return at + 4;
        }
        return (bytes[at + 4] & 0xF8) == 0 ? at + 5 : 0;
    }

    /// The unsigned number between two offsets.
    private int number(int at, int next) {
        int number = bytes[at] & 0x7F;
        for (int i = at + 1; i < next; i++) {
            number |= (bytes[i] & 0x7F) << (7 * (i - at));
        }
        return number;
    }
}
