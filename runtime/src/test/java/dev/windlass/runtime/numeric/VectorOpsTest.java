package dev.windlass.runtime.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.Family;
import dev.windlass.wasm.Immediates;
import dev.windlass.wasm.Opcode;
import java.lang.foreign.Arena;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every row of the vector instructions against [VectorReference], each also with the result over
/// an operand, as the operand stack has it.
class VectorOpsTest {
    private static final int COUNT = 80;
    private static final Arena ARENA = Arena.ofShared();
    private static final long X = ARENA.allocate(256, 16).address();
    private static final long Y = X + 32;
    private static final long Z = X + 64;
    private static final long D = X + 96;

    private static final List<byte[]> VECTORS = vectors();

    @AfterAll
    static void free() {
        ARENA.close();
    }

    static Stream<Opcode> rows() {
        return Arrays.stream(Opcode.values())
                .filter(op -> op.family() == Family.VECTOR)
                .filter(op -> op.immediates() != Immediates.SHUFFLE)
                .filter(op -> op != Opcode.V128_CONST && op != Opcode.V128_STORE);
    }

    /// Vectors of edge lanes of every width, and random ones.
    private static List<byte[]> vectors() {
        Random random = new Random(Edges.SEED);
        List<byte[]> all = new ArrayList<>();
        for (int bits : new int[] {8, 16, 32, 64}) {
            for (long[] edges : List.of(Edges.i32(), Edges.i64(), Edges.f32(), Edges.f64())) {
                for (int i = 0; i < COUNT / 16; i++) {
                    byte[] vector = new byte[16];
                    for (int at = 0; at < 16; at += bits / 8) {
                        long lane = edges[random.nextInt(edges.length)];
                        putLittleEndian(vector, at, lane, bits / 8);
                    }
                    all.add(vector);
                }
            }
        }
        byte[] ones = new byte[16];
        Arrays.fill(ones, (byte) -1);
        all.add(ones);
        all.add(new byte[16]);
        all.add(new byte[] {15, 0, 16, 1, 17, -1, 31, 2, -128, 127, 3, 14, 5, 128 - 256, 8, 7});
        return all;
    }

    private static void putLittleEndian(byte[] vector, int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            vector[at + i] = (byte) (value >>> (8 * i));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithTheReference(Opcode op) {
        VectorReference reference = new VectorReference(op.text());
        switch (Objects.requireNonNull(op.typing().signature())) {
            case "v:v" -> unary(op, reference);
            case "vv:v" -> binary(op, reference);
            case "vvv:v" -> ternary(op, reference);
            case "a:v" -> load(op, reference);
            case "av:v" -> loadLane(op, reference);
            case "av:" -> storeLane(op, reference);
            case "i:v", "l:v", "f:v", "d:v" -> splat(op, reference);
            case "vi:v", "vl:v", "vf:v", "vd:v" -> {
                if (op.immediates() == Immediates.LANE) {
                    replace(op, reference);
                } else {
                    shift(op, reference);
                }
            }
            default -> {
                if (op.immediates() == Immediates.LANE) {
                    extract(op, reference);
                } else {
                    test(op, reference);
                }
            }
        }
    }

    private static void unary(Opcode op, VectorReference reference) {
        for (byte[] x : VECTORS) {
            byte[] expected = reference.unary(x);
            for (long d : new long[] {D, X}) {
                put(X, x);
                VectorOps.unary(op, X, d);
                check(op, reference, expected, get(d), x);
            }
        }
    }

    private static void binary(Opcode op, VectorReference reference) {
        for (byte[] x : VECTORS) {
            for (byte[] y : VECTORS) {
                byte[] expected = reference.binary(x, y);
                for (long d : new long[] {D, X, Y}) {
                    put(X, x);
                    put(Y, y);
                    VectorOps.binary(op, X, Y, d);
                    check(op, reference, expected, get(d), x, y);
                }
            }
        }
    }

    private static void ternary(Opcode op, VectorReference reference) {
        Random random = new Random(Edges.SEED);
        for (int i = 0; i < 5000; i++) {
            byte[] x = VECTORS.get(random.nextInt(VECTORS.size()));
            byte[] y = VECTORS.get(random.nextInt(VECTORS.size()));
            byte[] z = VECTORS.get(random.nextInt(VECTORS.size()));
            byte[] expected = reference.ternary(x, y, z);
            for (long d : new long[] {D, X, Y, Z}) {
                put(X, x);
                put(Y, y);
                put(Z, z);
                VectorOps.ternary(op, X, Y, Z, d);
                check(op, reference, expected, get(d), x, y, z);
            }
        }
    }

    private static void shift(Opcode op, VectorReference reference) {
        for (byte[] x : VECTORS) {
            for (int count : new int[] {0, 1, 3, 7, 8, 9, 15, 16, 31, 32, 63, 64, 65, -1, -8}) {
                for (long d : new long[] {D, X}) {
                    put(X, x);
                    VectorOps.shift(op, X, count, d);
                    check(op, reference, reference.shift(x, count), get(d), x);
                }
            }
        }
    }

    private static void test(Opcode op, VectorReference reference) {
        for (byte[] x : VECTORS) {
            put(X, x);
            assertThat(VectorOps.test(op, X)).isEqualTo(reference.test(x));
        }
    }

    private static void splat(Opcode op, VectorReference reference) {
        for (long value : Edges.i64()) {
            VectorOps.splat(op, value, D);
            assertThat(get(D)).isEqualTo(reference.splat(value));
        }
    }

    private static void extract(Opcode op, VectorReference reference) {
        for (byte[] x : VECTORS) {
            put(X, x);
            for (int lane = 0; lane < 128 / reference.laneBits(); lane++) {
                assertThat(VectorOps.extract(op, X, lane)).isEqualTo(reference.extract(x, lane));
            }
        }
    }

    private static void replace(Opcode op, VectorReference reference) {
        for (byte[] x : VECTORS) {
            for (int lane = 0; lane < 128 / reference.laneBits(); lane++) {
                for (long d : new long[] {D, X}) {
                    long value = Edges.i64()[lane + 3];
                    put(X, x);
                    VectorOps.replace(op, X, lane, value, d);
                    assertThat(get(d)).isEqualTo(reference.replace(x, lane, value));
                }
            }
        }
    }

    private static void load(Opcode op, VectorReference reference) {
        for (byte[] memory : VECTORS) {
            put(Y + 1, memory);
            VectorOps.load(op, Y + 1, D);
            assertThat(get(D)).isEqualTo(reference.load(memory));
        }
    }

    private static void loadLane(Opcode op, VectorReference reference) {
        int bits = reference.memoryLaneBits();
        VectorReference lanes = new VectorReference("i" + bits + "x" + 128 / bits + ".replace");
        byte[] memory = VECTORS.get(5);
        long value = new BigInteger(1, reversed(memory)).longValue();
        for (byte[] x : VECTORS) {
            for (int lane = 0; lane < 128 / bits; lane++) {
                for (long d : new long[] {D, X}) {
                    put(X, x);
                    put(Y + 1, memory);
                    VectorOps.loadLane(op, Y + 1, X, lane, d);
                    assertThat(get(d)).isEqualTo(lanes.replace(x, lane, value));
                }
            }
        }
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }

    private static void storeLane(Opcode op, VectorReference reference) {
        int bytes = reference.memoryLaneBits() / 8;
        for (byte[] x : VECTORS) {
            for (int lane = 0; lane < 16 / bytes; lane++) {
                put(X, x);
                put(Y + 1, new byte[16]);
                VectorOps.storeLane(op, Y + 1, X, lane);
                byte[] expected =
                        Arrays.copyOf(Arrays.copyOfRange(x, lane * bytes, (lane + 1) * bytes), 16);
                assertThat(get(Y + 1)).isEqualTo(expected);
            }
        }
    }

    @Test
    void shufflesBytesOfBothOperands() {
        Random random = new Random(Edges.SEED);
        for (int i = 0; i < 1000; i++) {
            byte[] x = VECTORS.get(random.nextInt(VECTORS.size()));
            byte[] y = VECTORS.get(random.nextInt(VECTORS.size()));
            byte[] lanes = new byte[16];
            byte[] expected = new byte[16];
            for (int k = 0; k < 16; k++) {
                lanes[k] = (byte) random.nextInt(32);
                expected[k] = lanes[k] < 16 ? x[lanes[k]] : y[lanes[k] - 16];
            }
            for (long d : new long[] {D, X, Y}) {
                put(Z, lanes);
                put(X, x);
                put(Y, y);
                VectorOps.shuffle(X, Y, Raw.getLong(Z), Raw.getLong(Z + 8), d);
                assertThat(get(d)).isEqualTo(expected);
            }
        }
    }

    /// Float results are judged lane by lane, because a NaN may be one of several.
    private static void check(
            Opcode op,
            VectorReference reference,
            byte[] expected,
            byte[] actual,
            byte[]... operands) {
        if (Arrays.equals(expected, actual)) {
            return;
        }
        boolean accepted = reference.isFloat() && acceptsFloats(op, expected, actual, operands);
        assertThat(accepted)
                .as(
                        "%s %s gives %s, not %s",
                        op.text(),
                        Arrays.stream(operands).map(HexFormat.of()::formatHex).toList(),
                        HexFormat.of().formatHex(actual),
                        HexFormat.of().formatHex(expected))
                .isTrue();
    }

    private static boolean acceptsFloats(
            Opcode op, byte[] expected, byte[] actual, byte[]... operands) {
        boolean isExact =
                List.of("abs", "neg", "pmin", "pmax").contains(op.text().substring(6))
                        || ("vv:v".equals(op.typing().signature()) && isComparison(op));
        boolean single = op.text().startsWith("f32");
        for (int at = 0; at < 16; at += single ? 4 : 8) {
            if (isExact || !acceptsFloat(op, single, at, expected, actual, operands)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isComparison(Opcode op) {
        return List.of("eq", "ne", "lt", "gt", "le", "ge").contains(op.text().substring(6));
    }

    private static boolean acceptsFloat(
            Opcode op, boolean single, int at, byte[] expected, byte[] actual, byte[]... operands) {
        // A conversion takes its lane from elsewhere: any odd NaN in the operand then counts.
        boolean converts = op.text().contains("mote_");
        boolean oddNaN = false;
        for (byte[] operand : operands) {
            oddNaN |= converts || isOddNaN(operand, at, single);
        }
        return single
                ? FloatReference.accepts32(
                        Float.intBitsToFloat((int) lane(expected, at, 4)),
                        (int) lane(actual, at, 4),
                        oddNaN)
                : FloatReference.accepts64(
                        Double.longBitsToDouble(lane(expected, at, 8)),
                        lane(actual, at, 8),
                        oddNaN);
    }

    private static boolean isOddNaN(byte[] operand, int at, boolean single) {
        return single
                ? FloatReference.isOddNaN32((int) lane(operand, at, 4))
                : FloatReference.isOddNaN64(lane(operand, at, 8));
    }

    private static long lane(byte[] vector, int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << 8) | (vector[at + i] & 0xFF);
        }
        return value;
    }

    private static void put(long address, byte[] vector) {
        Raw.copy(vector, 0, address, vector.length);
    }

    private static byte[] get(long address) {
        byte[] vector = new byte[16];
        Raw.copy(address, vector, 0, 16);
        return vector;
    }
}
