package dev.windlass.runtime.numeric;

import static dev.windlass.runtime.numeric.V128.high;
import static dev.windlass.runtime.numeric.V128.low;
import static dev.windlass.runtime.numeric.V128.put;

import dev.windlass.runtime.boundary.Raw;

/// Vectors of four 32-bit floats.
/// Operands and results as in [V128].
final class F32x4 {
    private F32x4() {}

    // spotless:off one operation, one line
    static void add(long x, long y, long d) { put(d, Lanes.floats(lane(x, 0) + lane(y, 0), lane(x, 1) + lane(y, 1)), Lanes.floats(lane(x, 2) + lane(y, 2), lane(x, 3) + lane(y, 3))); }
    static void sub(long x, long y, long d) { put(d, Lanes.floats(lane(x, 0) - lane(y, 0), lane(x, 1) - lane(y, 1)), Lanes.floats(lane(x, 2) - lane(y, 2), lane(x, 3) - lane(y, 3))); }
    static void mul(long x, long y, long d) { put(d, Lanes.floats(lane(x, 0) * lane(y, 0), lane(x, 1) * lane(y, 1)), Lanes.floats(lane(x, 2) * lane(y, 2), lane(x, 3) * lane(y, 3))); }
    static void div(long x, long y, long d) { put(d, Lanes.floats(lane(x, 0) / lane(y, 0), lane(x, 1) / lane(y, 1)), Lanes.floats(lane(x, 2) / lane(y, 2), lane(x, 3) / lane(y, 3))); }
    static void min(long x, long y, long d) { put(d, Lanes.floats(Numerics.f32Min(lane(x, 0), lane(y, 0)), Numerics.f32Min(lane(x, 1), lane(y, 1))), Lanes.floats(Numerics.f32Min(lane(x, 2), lane(y, 2)), Numerics.f32Min(lane(x, 3), lane(y, 3)))); }
    static void max(long x, long y, long d) { put(d, Lanes.floats(Numerics.f32Max(lane(x, 0), lane(y, 0)), Numerics.f32Max(lane(x, 1), lane(y, 1))), Lanes.floats(Numerics.f32Max(lane(x, 2), lane(y, 2)), Numerics.f32Max(lane(x, 3), lane(y, 3)))); }

    static void sqrt(long x, long d) { put(d, Lanes.floats(Numerics.f32Sqrt(lane(x, 0)), Numerics.f32Sqrt(lane(x, 1))), Lanes.floats(Numerics.f32Sqrt(lane(x, 2)), Numerics.f32Sqrt(lane(x, 3)))); }
    static void ceil(long x, long d) { put(d, Lanes.floats(Numerics.f32Ceil(lane(x, 0)), Numerics.f32Ceil(lane(x, 1))), Lanes.floats(Numerics.f32Ceil(lane(x, 2)), Numerics.f32Ceil(lane(x, 3)))); }
    static void floor(long x, long d) { put(d, Lanes.floats(Numerics.f32Floor(lane(x, 0)), Numerics.f32Floor(lane(x, 1))), Lanes.floats(Numerics.f32Floor(lane(x, 2)), Numerics.f32Floor(lane(x, 3)))); }
    static void trunc(long x, long d) { put(d, Lanes.floats(Numerics.f32Trunc(lane(x, 0)), Numerics.f32Trunc(lane(x, 1))), Lanes.floats(Numerics.f32Trunc(lane(x, 2)), Numerics.f32Trunc(lane(x, 3)))); }
    static void nearest(long x, long d) { put(d, Lanes.floats(Numerics.f32Nearest(lane(x, 0)), Numerics.f32Nearest(lane(x, 1))), Lanes.floats(Numerics.f32Nearest(lane(x, 2)), Numerics.f32Nearest(lane(x, 3)))); }
    static void abs(long x, long d) { put(d, low(x) & ~Lanes.H32, high(x) & ~Lanes.H32); }
    static void neg(long x, long d) { put(d, low(x) ^ Lanes.H32, high(x) ^ Lanes.H32); }

    static void eq(long x, long y, long d) { put(d, Lanes.ints(Lanes.mask(lane(x, 0) == lane(y, 0)), Lanes.mask(lane(x, 1) == lane(y, 1))), Lanes.ints(Lanes.mask(lane(x, 2) == lane(y, 2)), Lanes.mask(lane(x, 3) == lane(y, 3)))); }
    static void ne(long x, long y, long d) { put(d, Lanes.ints(Lanes.mask(lane(x, 0) != lane(y, 0)), Lanes.mask(lane(x, 1) != lane(y, 1))), Lanes.ints(Lanes.mask(lane(x, 2) != lane(y, 2)), Lanes.mask(lane(x, 3) != lane(y, 3)))); }
    static void lt(long x, long y, long d) { put(d, Lanes.ints(Lanes.mask(lane(x, 0) < lane(y, 0)), Lanes.mask(lane(x, 1) < lane(y, 1))), Lanes.ints(Lanes.mask(lane(x, 2) < lane(y, 2)), Lanes.mask(lane(x, 3) < lane(y, 3)))); }
    static void gt(long x, long y, long d) { put(d, Lanes.ints(Lanes.mask(lane(x, 0) > lane(y, 0)), Lanes.mask(lane(x, 1) > lane(y, 1))), Lanes.ints(Lanes.mask(lane(x, 2) > lane(y, 2)), Lanes.mask(lane(x, 3) > lane(y, 3)))); }
    static void le(long x, long y, long d) { put(d, Lanes.ints(Lanes.mask(lane(x, 0) <= lane(y, 0)), Lanes.mask(lane(x, 1) <= lane(y, 1))), Lanes.ints(Lanes.mask(lane(x, 2) <= lane(y, 2)), Lanes.mask(lane(x, 3) <= lane(y, 3)))); }
    static void ge(long x, long y, long d) { put(d, Lanes.ints(Lanes.mask(lane(x, 0) >= lane(y, 0)), Lanes.mask(lane(x, 1) >= lane(y, 1))), Lanes.ints(Lanes.mask(lane(x, 2) >= lane(y, 2)), Lanes.mask(lane(x, 3) >= lane(y, 3)))); }
    static void pmin(long x, long y, long d) { put(d, Lanes.ints(lane(y, 0) < lane(x, 0) ? bits(y, 0) : bits(x, 0), lane(y, 1) < lane(x, 1) ? bits(y, 1) : bits(x, 1)), Lanes.ints(lane(y, 2) < lane(x, 2) ? bits(y, 2) : bits(x, 2), lane(y, 3) < lane(x, 3) ? bits(y, 3) : bits(x, 3))); }
    static void pmax(long x, long y, long d) { put(d, Lanes.ints(lane(x, 0) < lane(y, 0) ? bits(y, 0) : bits(x, 0), lane(x, 1) < lane(y, 1) ? bits(y, 1) : bits(x, 1)), Lanes.ints(lane(x, 2) < lane(y, 2) ? bits(y, 2) : bits(x, 2), lane(x, 3) < lane(y, 3) ? bits(y, 3) : bits(x, 3))); }

    static void relaxedMadd(long x, long y, long z, long d) { put(d, Lanes.floats(lane(x, 0) * lane(y, 0) + lane(z, 0), lane(x, 1) * lane(y, 1) + lane(z, 1)), Lanes.floats(lane(x, 2) * lane(y, 2) + lane(z, 2), lane(x, 3) * lane(y, 3) + lane(z, 3))); }
    static void relaxedNmadd(long x, long y, long z, long d) { put(d, Lanes.floats(Numerics.f32Neg(lane(x, 0)) * lane(y, 0) + lane(z, 0), Numerics.f32Neg(lane(x, 1)) * lane(y, 1) + lane(z, 1)), Lanes.floats(Numerics.f32Neg(lane(x, 2)) * lane(y, 2) + lane(z, 2), Numerics.f32Neg(lane(x, 3)) * lane(y, 3) + lane(z, 3))); }

    static void convertI32x4S(long x, long d) { put(d, Lanes.floats((float) bits(x, 0), (float) bits(x, 1)), Lanes.floats((float) bits(x, 2), (float) bits(x, 3))); }
    static void convertI32x4U(long x, long d) { put(d, Lanes.floats(Numerics.f32ConvertI32U(bits(x, 0)), Numerics.f32ConvertI32U(bits(x, 1))), Lanes.floats(Numerics.f32ConvertI32U(bits(x, 2)), Numerics.f32ConvertI32U(bits(x, 3)))); }
    static void demoteF64x2Zero(long x, long d) { put(d, Lanes.floats((float) F64x2.lane(x, 0), (float) F64x2.lane(x, 1)), 0); }
    // spotless:on

    static float lane(long x, int lane) {
        return Raw.getFloat(x + lane * 4L);
    }

    private static int bits(long x, int lane) {
        return Raw.getInt(x + lane * 4L);
    }
}
