package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Subtyping;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;
import java.util.Arrays;

/// The operand stack of the validation algorithm: types as ints, above the height at which the
/// current block began.
///
/// @see <a href="https://webassembly.github.io/spec/core/appendix/algorithm.html">Validation
///     algorithm</a>
final class TypeStack {
    /// The reference type that matches all reference types, and only them: what an instruction that
    /// needs a reference finds in unreachable code.
    static final int BOTTOM_REF = ValType.REF | ValType.ABSTRACT;

    private final Module module;

    /// Where errors are reported.
    private final Cursor cursor;

    /// Types by the letters of signatures.
    private final int[] letters = FixedRules.types();

    int[] types = new int[256];
    int height;

    /// The height at which the current block began.
    int base;

    /// Whether the rest of the current block cannot be reached.
    boolean isUnreachable;

    TypeStack(Module module, Cursor cursor) {
        this.module = module;
        this.cursor = cursor;
    }

    /// Sets the type of addresses in the signatures to come.
    void address(int type) {
        letters[FixedRules.ADDRESS] = type;
    }

    /// Pops the operands and pushes the results of a packed signature: see [FixedRules].
    void apply(int rule) {
        int operand = rule & 7;
        for (int rest = rule & 0xFFF; operand != 0; operand = rest & 7) {
            pop(letters[operand]);
            rest >>>= 3;
        }
        int results = (rule >>> FixedRules.RESULT_SHIFT) & 0x3F;
        while (results != 0) {
            push(letters[results & 7]);
            results >>>= 3;
        }
    }

    void clear() {
        height = 0;
        base = 0;
        isUnreachable = false;
    }

    void push(int type) {
        int at = height;
        if (at == types.length) {
            grow();
        }
        types[at] = type;
        height = at + 1;
    }

    private void grow() {
        if (height >= ImplementationLimits.OPERANDS) {
            throw Errors.tooMany(
                    "operands", height + 1L, ImplementationLimits.OPERANDS, cursor.offset0);
        }
        types = Arrays.copyOf(types, 2 * height);
    }

    void pushAll(int[] list) {
        for (int type : list) {
            push(type);
        }
    }

    /// Pops an operand that must match the type.
    int pop(int expected) {
        int at = height - 1;
        if (at >= base && types[at] == expected) {
            height = at;
            return expected;
        }
        return popSubtype(expected);
    }

    private int popSubtype(int expected) {
        if (height == base && isUnreachable) {
            return ValType.BOTTOM;
        }
        if (height == base || !matches(types[height - 1], expected)) {
            throw mismatch(expected);
        }
        return types[--height];
    }

    /// Pops any operand.
    int popAny() {
        if (height > base) {
            return types[--height];
        }
        if (isUnreachable) {
            return ValType.BOTTOM;
        }
        throw Errors.operandMissing("a value", cursor.offset0);
    }

    /// Pops a reference, [#BOTTOM_REF] in unreachable code.
    int popRef() {
        int type = popAny();
        if (type == ValType.BOTTOM) {
            return BOTTOM_REF;
        }
        if (!ValType.isRef(type)) {
            throw Errors.typeMismatch("a reference", ValType.text(type), cursor.offset0);
        }
        return type;
    }

    void popAll(int[] list) {
        for (int i = list.length - 1; i >= 0; i--) {
            pop(list[i]);
        }
    }

    /// Checks that operands of those types are on top, and leaves them as they are.
    void checkAll(int[] list) {
        int at = height;
        for (int i = list.length - 1; i >= 0; i--) {
            if (at > base) {
                at--;
                if (!matches(types[at], list[i])) {
                    throw Errors.typeMismatch(
                            text(list), text(Math.max(base, height - list.length)), offset());
                }
            } else if (!isUnreachable) {
                throw Errors.typeMismatch(text(list), text(base), offset());
            }
        }
    }

    /// The rest of the block cannot be reached: the stack is whatever is needed.
    void setUnreachable() {
        height = base;
        isUnreachable = true;
    }

    boolean matches(int sub, int sup) {
        if (sub == sup || sub == ValType.BOTTOM) {
            return true;
        }
        if (ValType.heapType(sub) == ValType.ABSTRACT) {
            return ValType.isRef(sup);
        }
        return Subtyping.matches(module, sub, sup);
    }

    boolean matchAll(int[] subs, int[] sups) {
        if (subs.length != sups.length) {
            return false;
        }
        for (int i = 0; i < subs.length; i++) {
            if (!matches(subs[i], sups[i])) {
                return false;
            }
        }
        return true;
    }

    private int offset() {
        return cursor.offset0;
    }

    private InvalidException mismatch(int expected) {
        return Errors.typeMismatch(
                "[" + ValType.text(expected) + "]", text(Math.max(base, height - 1)), offset());
    }

    /// The types from a height up: `[i32 i64]`.
    String text(int from) {
        return text(Arrays.copyOfRange(types, from, height));
    }

    static String text(int[] types) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < types.length; i++) {
            text.append(i == 0 ? "" : " ").append(ValType.text(types[i]));
        }
        return text.append(']').toString();
    }
}
