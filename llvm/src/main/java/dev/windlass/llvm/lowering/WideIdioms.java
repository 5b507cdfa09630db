package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import java.util.function.LongPredicate;

/// Arithmetic of 128 bits that Go's `math/bits` writes out with 64, because WebAssembly lacks it:
/// recognised where its last instruction is lowered. What takes its place has the same value for all
/// operands; LLVM removes the parts where nothing else uses them.
///
/// @see <a href="https://pkg.go.dev/math/bits">Mul64, Add64</a>
final class WideIdioms {
    private final Ir ir;
    private final long lowMask;
    private final long half;
    private final long allOnes;
    private final long signShift;

    WideIdioms(Ir ir) {
        this.ir = ir;
        lowMask = ir.i64(0xFFFF_FFFFL);
        half = ir.i64(32);
        allOnes = ir.i64(-1);
        signShift = ir.i64(63);
    }

    // Upper halves of products.

    /// A sum of i64, or what it stands for.
    long sum(long left, long right) {
        long upper = 0;
        if (is(Ir.ADD, left)) {
            upper = upperOfProduct(operand(left, 0), operand(left, 1), right);
        }
        if (upper == 0 && is(Ir.ADD, right)) {
            upper = upperOfProduct(operand(right, 0), operand(right, 1), left);
        }
        return upper == 0 ? ir.add(left, right) : upper;
    }

    /// The upper half of x y, if these are its three parts in any order; else 0.
    private long upperOfProduct(long a, long b, long c) {
        if (is(Ir.MUL, a)) {
            return upperOfParts(a, b, c);
        }
        return is(Ir.MUL, b) ? upperOfParts(b, a, c) : is(Ir.MUL, c) ? upperOfParts(c, a, b) : 0;
    }

    private long upperOfParts(long product, long b, long c) {
        if (!isUpperHalf(b) || !isUpperHalf(c) || !isProductOfUpperHalves(product)) {
            return 0;
        }
        long x = operand(operand(product, 0), 0);
        long y = operand(operand(product, 1), 0);
        long t = operand(b, 0);
        long u = operand(c, 0);
        return areMiddle(t, u, x, y) || areMiddle(u, t, x, y) ? upper(x, y) : 0;
    }

    private boolean isProductOfUpperHalves(long product) {
        return isUpperHalf(operand(product, 0)) && isUpperHalf(operand(product, 1));
    }

    /// With the halves of x and y: t is x1 y0 + (x0 y0 >> 32), and u is x0 y1 + (t & mask); or with x
    /// and y the other way round.
    private boolean areMiddle(long t, long u, long x, long y) {
        if (!is(Ir.ADD, t) || !is(Ir.ADD, u)) {
            return false;
        }
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 2; k++) {
                if (isUpperOfLowProduct(operand(t, i), x, y) && isLowHalf(operand(u, k), t)) {
                    long first = operand(t, 1 - i);
                    long second = operand(u, 1 - k);
                    return (isCross(first, x, y) && isCross(second, y, x))
                            || (isCross(first, y, x) && isCross(second, x, y));
                }
            }
        }
        return false;
    }

    /// x0 y0 >> 32.
    private boolean isUpperOfLowProduct(long value, long x, long y) {
        return isUpperHalf(value)
                && is(Ir.MUL, operand(value, 0))
                && areOperands(operand(value, 0), v -> isLowHalf(v, x), v -> isLowHalf(v, y));
    }

    /// x1 y0.
    private boolean isCross(long value, long x, long y) {
        return is(Ir.MUL, value)
                && areOperands(value, v -> isUpperHalf(v, x), v -> isLowHalf(v, y));
    }

    private boolean isUpperHalf(long value) {
        return is(Ir.LSHR, value) && operand(value, 1) == half;
    }

    private boolean isUpperHalf(long value, long of) {
        return isUpperHalf(value) && operand(value, 0) == of;
    }

    private boolean isLowHalf(long value, long of) {
        return isOf(Ir.AND, value, of, lowMask);
    }

    private long upper(long x, long y) {
        long wideX = ir.cast(Ir.ZEXT, x, ir.i128);
        long wideY = ir.cast(Ir.ZEXT, y, ir.i128);
        long product = ir.binary(Ir.MUL, wideX, wideY);
        return ir.cast(Ir.TRUNC, ir.binary(Ir.LSHR, product, ir.constant(ir.i128, 64)), ir.i64);
    }

    // Carries.

    /// An i64 shifted to the right without its sign, or what that stands for.
    long shifted(long value, long amount) {
        long carry = amount == signShift ? carry(value) : 0;
        return carry == 0 ? ir.binary(Ir.LSHR, value, amount) : carry;
    }

    /// (x & y) | ((x | y) & ~(x + y)), whose sign is the carry of x + y; else 0.
    private long carry(long value) {
        if (!is(Ir.OR, value)) {
            return 0;
        }
        long carry = carry(operand(value, 0), operand(value, 1));
        return carry != 0 ? carry : carry(operand(value, 1), operand(value, 0));
    }

    private long carry(long both, long differing) {
        if (!is(Ir.AND, both) || !is(Ir.AND, differing)) {
            return 0;
        }
        long x = operand(both, 0);
        long y = operand(both, 1);
        for (int i = 0; i < 2; i++) {
            long sum = inverted(operand(differing, 1 - i));
            if (isOf(Ir.OR, operand(differing, i), x, y) && isOf(Ir.ADD, sum, x, y)) {
                return ir.cast(Ir.ZEXT, ir.icmp(Ir.ULT, sum, x), ir.i64);
            }
        }
        return 0;
    }

    // Looking at instructions.

    private boolean isOf(int operator, long value, long x, long y) {
        return is(operator, value) && areOperands(value, v -> v == x, v -> v == y);
    }

    /// What the value is the complement of, or 0.
    private long inverted(long value) {
        return is(Ir.XOR, value) && operand(value, 1) == allOnes ? operand(value, 0) : 0;
    }

    /// Whether both operands are as asked, either way round.
    private boolean areOperands(long instruction, LongPredicate one, LongPredicate other) {
        long left = operand(instruction, 0);
        long right = operand(instruction, 1);
        return (one.test(left) && other.test(right)) || (one.test(right) && other.test(left));
    }

    private boolean is(int operator, long value) {
        return value != 0 && ir.isInstruction(value, operator);
    }

    private long operand(long instruction, int index) {
        return ir.operand(instruction, index);
    }
}
