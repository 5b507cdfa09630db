package dev.windlass.wasm.text;

/// Floats as texts that are read back to the same bits.
final class FloatText {
    private static final int FRACTION_32 = (1 << 23) - 1;
    private static final long FRACTION_64 = (1L << 52) - 1;

    private FloatText() {}

    static String f32(int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            return nan(bits < 0, bits & FRACTION_32, 1 << 22);
        }
        return Float.isInfinite(value) ? infinity(bits < 0) : Float.toString(value);
    }

    static String f64(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isNaN(value)) {
            return nan(bits < 0, bits & FRACTION_64, 1L << 51);
        }
        return Double.isInfinite(value) ? infinity(bits < 0) : Double.toString(value);
    }

    private static String nan(boolean negative, long payload, long canonical) {
        return (negative ? "-nan" : "nan")
                + (payload == canonical ? "" : ":0x" + Long.toHexString(payload));
    }

    private static String infinity(boolean negative) {
        return negative ? "-inf" : "inf";
    }
}
