package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;

/// Arithmetic of 128 bits written out with 64, as Go does, for the LLVM engine recognises it; at times with something
/// else in one place, which it must notice.
final class DifferentialWide {
    // How many places there are where something else may stand.
    private static final int PRODUCT = 24;
    private static final int CARRY = 7;

    private final DifferentialBody body;
    private final DifferentialCode code;
    private final int temporary;

    /// Two locals, which may be the same.
    private final int[] factors;

    /// The places until the one that is not as it should be.
    private int places;

    DifferentialWide(DifferentialBody body) {
        this.body = body;
        code = body.code;
        temporary = body.module.localOf(body.function, 'l');
        String locals = body.module.locals(body.function);
        factors = new int[] {locals.indexOf('l'), locals.lastIndexOf('l')};
    }

    /// Pushes an i64.
    void push() {
        boolean isProduct = body.entropy.below(2) == 0;
        boolean isRight = body.entropy.below(2) == 0;
        places = isRight ? -1 : body.entropy.below(isProduct ? PRODUCT : CARRY);
        if (isProduct) {
            upperOfProduct();
        } else {
            carry();
        }
    }

    private boolean isWrong() {
        return places-- == 0;
    }

    private void upperOfProduct() {
        int cross = body.entropy.below(2);
        product(cross, 32, 1 - cross, 0);
        product(0, 0, 1, 0);
        shift(32);
        sum();
        code.set(temporary);
        product(0, 32, 1, 32);
        code.get(temporary);
        shift(32);
        sum();
        product(1 - cross, 32, cross, 0);
        code.get(temporary);
        mask();
        sum();
        shift(32);
        sum();
    }

    /// Of two halves.
    private void product(int left, int leftShift, int right, int rightShift) {
        if (body.entropy.below(2) == 0) {
            halves(left, leftShift, right, rightShift);
        } else {
            halves(right, rightShift, left, leftShift);
        }
        code.op(Opcode.I64_MUL);
    }

    private void halves(int left, int leftShift, int right, int rightShift) {
        half(left, leftShift);
        half(right, rightShift);
    }

    private void half(int factor, int shift) {
        code.get(factors[isWrong() ? 1 - factor : factor]);
        if (shift == 0) {
            mask();
        } else {
            shift(shift);
        }
    }

    private void mask() {
        code.i64(isWrong() ? 0x7FFF_FFFFL : 0xFFFF_FFFFL);
        code.op(Opcode.I64_AND);
    }

    private void shift(int by) {
        code.i64(isWrong() ? by - 1 : by);
        code.op(Opcode.I64_SHR_U);
    }

    private void sum() {
        code.op(isWrong() ? Opcode.I64_SUB : Opcode.I64_ADD);
    }

    private void carry() {
        factors();
        sum();
        code.set(temporary);
        factors();
        code.op(Opcode.I64_AND);
        factors();
        code.op(isWrong() ? Opcode.I64_XOR : Opcode.I64_OR);
        code.get(temporary);
        code.i64(isWrong() ? 1 : -1);
        code.ops(Opcode.I64_XOR, Opcode.I64_AND, Opcode.I64_OR);
        shift(63);
    }

    private void factors() {
        int first = body.entropy.below(2);
        code.get(factors[first]);
        code.get(factors[isWrong() ? first : 1 - first]);
    }
}
