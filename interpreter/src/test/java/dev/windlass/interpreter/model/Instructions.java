package dev.windlass.interpreter.model;

import dev.windlass.interpreter.model.Model.Step;
import dev.windlass.interpreter.model.Model.Value;
import dev.windlass.runtime.numeric.Numerics;
import dev.windlass.runtime.numeric.VectorOps;
import dev.windlass.wasm.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The straight-line instructions that the generator chooses from, with what the model does. Float
/// operations are those whose NaNs are the same in every tier.
final class Instructions {
    /// @param text of the text format
    /// @param operands types, one letter each
    /// @param result type or empty
    record Instruction(String text, String operands, String result, Step step) {}

    final List<Instruction> all = new ArrayList<>();

    Instructions(Random random) {
        integers();
        floats();
        conversions();
        memory(random);
        bulk();
        vectors(random);
    }

    private void binary(String text, String type, String result, BiFunction<Value, Value, Long> f) {
        all.add(
                new Instruction(
                        text,
                        type + type,
                        result,
                        m -> {
                            Value y = m.pop();
                            Value x = m.pop();
                            m.push(Value.of(f.apply(x, y)));
                        }));
    }

    private void unary(String text, String type, String result, Function<Value, Long> f) {
        all.add(new Instruction(text, type, result, m -> m.push(Value.of(f.apply(m.pop())))));
    }

    private static long extended(int n) {
        return n;
    }

    private static long bit(boolean b) {
        return b ? 1 : 0;
    }

    private void integers() {
        for (String type : List.of("i", "l")) {
            String t = RandomCode.wat(type.charAt(0));
            boolean is64 = type.equals("l");
            binary(t + ".add", type, type, (x, y) -> fit(is64, x.low() + y.low()));
            binary(t + ".sub", type, type, (x, y) -> fit(is64, x.low() - y.low()));
            binary(t + ".mul", type, type, (x, y) -> fit(is64, x.low() * y.low()));
            binary(t + ".and", type, type, (x, y) -> x.low() & y.low());
            binary(t + ".or", type, type, (x, y) -> x.low() | y.low());
            binary(t + ".xor", type, type, (x, y) -> x.low() ^ y.low());
            binary(t + ".eq", type, "i", (x, y) -> bit(x.low() == y.low()));
            binary(t + ".ne", type, "i", (x, y) -> bit(x.low() != y.low()));
            binary(t + ".lt_s", type, "i", (x, y) -> bit(x.low() < y.low()));
            binary(t + ".gt_s", type, "i", (x, y) -> bit(x.low() > y.low()));
            binary(t + ".le_s", type, "i", (x, y) -> bit(x.low() <= y.low()));
            binary(t + ".ge_s", type, "i", (x, y) -> bit(x.low() >= y.low()));
            // Sign extension keeps the unsigned order of i32.
            binary(t + ".lt_u", type, "i", (x, y) -> bit(order(x, y) < 0));
            binary(t + ".gt_u", type, "i", (x, y) -> bit(order(x, y) > 0));
            binary(t + ".le_u", type, "i", (x, y) -> bit(order(x, y) <= 0));
            binary(t + ".ge_u", type, "i", (x, y) -> bit(order(x, y) >= 0));
            unary(t + ".eqz", type, "i", x -> bit(x.low() == 0));
            unary(t + ".extend8_s", type, type, x -> (long) (byte) x.low());
            unary(t + ".extend16_s", type, type, x -> (long) (short) x.low());
        }
        shifts();
        divisions();
    }

    private static int order(Value x, Value y) {
        return Long.compareUnsigned(x.low(), y.low());
    }

    private static long fit(boolean is64, long value) {
        return is64 ? value : (int) value;
    }

    private void shifts() {
        binary("i32.shl", "i", "i", (x, y) -> extended(x.i32() << y.i32()));
        binary("i32.shr_s", "i", "i", (x, y) -> extended(x.i32() >> y.i32()));
        binary("i32.shr_u", "i", "i", (x, y) -> extended(x.i32() >>> y.i32()));
        binary("i32.rotl", "i", "i", (x, y) -> extended(Integer.rotateLeft(x.i32(), y.i32())));
        binary("i32.rotr", "i", "i", (x, y) -> extended(Integer.rotateRight(x.i32(), y.i32())));
        unary("i32.clz", "i", "i", x -> extended(Integer.numberOfLeadingZeros(x.i32())));
        unary("i32.ctz", "i", "i", x -> extended(Integer.numberOfTrailingZeros(x.i32())));
        unary("i32.popcnt", "i", "i", x -> extended(Integer.bitCount(x.i32())));
        binary("i64.shl", "l", "l", (x, y) -> x.low() << y.low());
        binary("i64.shr_s", "l", "l", (x, y) -> x.low() >> y.low());
        binary("i64.shr_u", "l", "l", (x, y) -> x.low() >>> y.low());
        binary("i64.rotl", "l", "l", (x, y) -> Long.rotateLeft(x.low(), (int) y.low()));
        binary("i64.rotr", "l", "l", (x, y) -> Long.rotateRight(x.low(), (int) y.low()));
        unary("i64.clz", "l", "l", x -> extended(Long.numberOfLeadingZeros(x.low())));
        unary("i64.ctz", "l", "l", x -> extended(Long.numberOfTrailingZeros(x.low())));
        unary("i64.popcnt", "l", "l", x -> extended(Long.bitCount(x.low())));
    }

    private void divisions() {
        binary("i32.div_s", "i", "i", (x, y) -> extended(Numerics.i32DivS(x.i32(), y.i32())));
        binary("i32.div_u", "i", "i", (x, y) -> extended(Numerics.i32DivU(x.i32(), y.i32())));
        binary("i32.rem_s", "i", "i", (x, y) -> extended(Numerics.i32RemS(x.i32(), y.i32())));
        binary("i32.rem_u", "i", "i", (x, y) -> extended(Numerics.i32RemU(x.i32(), y.i32())));
        binary("i64.div_s", "l", "l", (x, y) -> Numerics.i64DivS(x.low(), y.low()));
        binary("i64.div_u", "l", "l", (x, y) -> Numerics.i64DivU(x.low(), y.low()));
        binary("i64.rem_s", "l", "l", (x, y) -> Numerics.i64RemS(x.low(), y.low()));
        binary("i64.rem_u", "l", "l", (x, y) -> Numerics.i64RemU(x.low(), y.low()));
    }

    private static long bits(double d) {
        return Double.doubleToRawLongBits(d);
    }

    private static long bits(float f) {
        return Float.floatToRawIntBits(f);
    }

    private void floats() {
        binary("f64.sub", "d", "d", (x, y) -> bits(x.f64() - y.f64()));
        binary("f64.div", "d", "d", (x, y) -> bits(x.f64() / y.f64()));
        binary("f64.min", "d", "d", (x, y) -> bits(Numerics.f64Min(x.f64(), y.f64())));
        binary("f64.max", "d", "d", (x, y) -> bits(Numerics.f64Max(x.f64(), y.f64())));
        binary("f64.copysign", "d", "d", (x, y) -> bits(Numerics.f64Copysign(x.f64(), y.f64())));
        binary("f64.eq", "d", "i", (x, y) -> bit(x.f64() == y.f64()));
        binary("f64.ne", "d", "i", (x, y) -> bit(x.f64() != y.f64()));
        binary("f64.lt", "d", "i", (x, y) -> bit(x.f64() < y.f64()));
        binary("f64.gt", "d", "i", (x, y) -> bit(x.f64() > y.f64()));
        binary("f64.le", "d", "i", (x, y) -> bit(x.f64() <= y.f64()));
        binary("f64.ge", "d", "i", (x, y) -> bit(x.f64() >= y.f64()));
        unary("f64.neg", "d", "d", x -> x.low() ^ Long.MIN_VALUE);
        unary("f64.abs", "d", "d", x -> x.low() & Long.MAX_VALUE);
        unary("f64.floor", "d", "d", x -> bits(Numerics.f64Floor(x.f64())));
        unary("f64.nearest", "d", "d", x -> bits(Numerics.f64Nearest(x.f64())));
        binary("f32.sub", "f", "f", (x, y) -> bits(x.f32() - y.f32()));
        binary("f32.max", "f", "f", (x, y) -> bits(Numerics.f32Max(x.f32(), y.f32())));
        binary("f32.lt", "f", "i", (x, y) -> bit(x.f32() < y.f32()));
        binary("f32.ge", "f", "i", (x, y) -> bit(x.f32() >= y.f32()));
        unary("f32.abs", "f", "f", x -> extended(x.i32() & Integer.MAX_VALUE));
        unary("f32.trunc", "f", "f", x -> bits(Numerics.f32Trunc(x.f32())));
    }

    private void conversions() {
        unary("i64.extend_i32_s", "i", "l", x -> (long) x.i32());
        unary("i64.extend_i32_u", "i", "l", x -> Integer.toUnsignedLong(x.i32()));
        unary("i32.wrap_i64", "l", "i", x -> (long) (int) x.low());
        unary("f64.convert_i32_s", "i", "d", x -> bits((double) x.i32()));
        unary("f64.convert_i64_u", "l", "d", x -> bits(Numerics.f64ConvertI64U(x.low())));
        unary("i32.trunc_sat_f64_s", "d", "i", x -> (long) (int) x.f64());
        unary("i32.trunc_f64_u", "d", "i", x -> (long) Numerics.i32TruncF64U(x.f64()));
        unary("i64.reinterpret_f64", "d", "l", Value::low);
        unary("f64.reinterpret_i64", "l", "d", Value::low);
        unary("i32.reinterpret_f32", "f", "i", x -> (long) x.i32());
        unary("f32.reinterpret_i32", "i", "f", x -> (long) x.i32());
        unary("f64.promote_f32", "f", "d", x -> bits((double) x.f32()));
        unary("f32.convert_i64_s", "l", "f", x -> bits((float) x.low()));
    }

    // Memory.

    private interface Get {
        long at(Model model, int index);
    }

    private interface Put {
        void at(Model model, int index, Value value);
    }

    private void load(Random random, String text, String result, int width, Get get) {
        int offset = offset(random);
        all.add(
                new Instruction(
                        text + " offset=" + offset,
                        "i",
                        result,
                        m -> m.push(Value.of(get.at(m, m.index(m.pop(), offset, width))))));
    }

    private void store(Random random, String text, String type, int width, Put put) {
        int offset = offset(random);
        all.add(
                new Instruction(
                        text + " offset=" + offset,
                        "i" + type,
                        "",
                        m -> {
                            Value value = m.pop();
                            put.at(m, m.index(m.pop(), offset, width), value);
                        }));
    }

    private static int offset(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 65_530 - random.nextInt(20);
            case 1 -> random.nextInt(64);
            default -> 8;
        };
    }

    private void memory(Random random) {
        for (int i = 0; i < 2; i++) {
            load(random, "i32.load", "i", 4, (m, at) -> m.memory.getInt(at));
            load(random, "i32.load8_u", "i", 1, (m, at) -> m.memory.get(at) & 0xFF);
            load(random, "i32.load16_s", "i", 2, (m, at) -> m.memory.getShort(at));
            load(random, "i64.load", "l", 8, (m, at) -> m.memory.getLong(at));
            load(random, "i64.load32_u", "l", 4, (m, at) -> m.memory.getInt(at) & 0xFFFF_FFFFL);
            load(random, "f64.load", "d", 8, (m, at) -> m.memory.getLong(at));
            load(random, "f32.load", "f", 4, (m, at) -> m.memory.getInt(at));
            store(random, "i32.store", "i", 4, (m, at, v) -> m.memory.putInt(at, v.i32()));
            store(random, "i32.store8", "i", 1, (m, at, v) -> m.memory.put(at, (byte) v.low()));
            store(random, "i64.store", "l", 8, (m, at, v) -> m.memory.putLong(at, v.low()));
            store(random, "f64.store", "d", 8, (m, at, v) -> m.memory.putLong(at, v.low()));
            store(random, "f32.store", "f", 4, (m, at, v) -> m.memory.putInt(at, v.i32()));
        }
    }

    /// Growth moves the memory; bulk operations change much of it.
    private void bulk() {
        all.add(new Instruction("i32.const 1\n    memory.grow", "", "i", m -> m.pushI32(m.grow())));
        all.add(new Instruction("memory.size", "", "i", m -> m.pushI32(m.pages())));
        all.add(
                new Instruction(
                        "i32.const 77\n    i32.const 33\n    memory.fill",
                        "i",
                        "",
                        m -> {
                            int at = m.range(m.pop(), 33);
                            for (int i = 0; i < 33; i++) {
                                m.memory.put(at + i, (byte) 77);
                            }
                        }));
        all.add(
                new Instruction(
                        "i32.const 19\n    memory.copy",
                        "ii",
                        "",
                        m -> {
                            Value from = m.pop();
                            int to = m.range(m.pop(), 19);
                            byte[] bytes = new byte[19];
                            m.memory.get(m.range(from, 19), bytes);
                            m.memory.put(to, bytes);
                        }));
    }

    // Vectors: the operations themselves are tested elsewhere.

    private static final List<Opcode> BINARY =
            List.of(
                    Opcode.I8X16_ADD,
                    Opcode.I16X8_MUL,
                    Opcode.I32X4_SUB,
                    Opcode.I64X2_EQ,
                    Opcode.V128_ANDNOT,
                    Opcode.I8X16_SWIZZLE,
                    Opcode.F64X2_DIV,
                    Opcode.F32X4_MIN);

    private static final List<Opcode> UNARY =
            List.of(Opcode.V128_NOT, Opcode.I8X16_POPCNT, Opcode.I32X4_EXTEND_HIGH_I16X8_S);

    private void vectors(Random random) {
        for (Opcode op : BINARY) {
            vector(op.text(), "vv", () -> VectorOps.binary(op, x(0), x(1), x(3)));
        }
        for (Opcode op : UNARY) {
            vector(op.text(), "v", () -> VectorOps.unary(op, x(0), x(3)));
        }
        vector(
                "v128.bitselect",
                "vvv",
                () -> VectorOps.ternary(Opcode.V128_BITSELECT, x(0), x(1), x(2), x(3)));
        for (Opcode op : List.of(Opcode.I16X8_SHL, Opcode.I64X2_SHR_S)) {
            all.add(
                    new Instruction(
                            op.text(),
                            "vi",
                            "v",
                            m -> {
                                int count = m.pop().i32();
                                Model.toScratch(0, m.pop());
                                VectorOps.shift(op, x(0), count, x(3));
                                m.push(Model.fromScratch(48));
                            }));
        }
        splat(Opcode.I8X16_SPLAT, "i");
        splat(Opcode.I64X2_SPLAT, "l");
        splat(Opcode.F32X4_SPLAT, "f");
        splat(Opcode.F64X2_SPLAT, "d");
        lane(random, Opcode.I16X8_EXTRACT_LANE_U, Opcode.I16X8_REPLACE_LANE, "i", 8);
        lane(random, Opcode.I32X4_EXTRACT_LANE, Opcode.I32X4_REPLACE_LANE, "i", 4);
        lane(random, Opcode.I64X2_EXTRACT_LANE, Opcode.I64X2_REPLACE_LANE, "l", 2);
        lane(random, Opcode.F32X4_EXTRACT_LANE, Opcode.F32X4_REPLACE_LANE, "f", 4);
        lane(random, Opcode.F64X2_EXTRACT_LANE, Opcode.F64X2_REPLACE_LANE, "d", 2);
        for (Opcode op :
                List.of(Opcode.V128_ANY_TRUE, Opcode.I8X16_BITMASK, Opcode.I32X4_ALL_TRUE)) {
            all.add(
                    new Instruction(
                            op.text(),
                            "v",
                            "i",
                            m -> {
                                Model.toScratch(0, m.pop());
                                m.pushI32(VectorOps.test(op, x(0)));
                            }));
        }
        vectorMemory(random);
    }

    private static long x(int operand) {
        return Model.SCRATCH + operand * 16L;
    }

    /// An operation on scratch vectors 0, 1, 2 with its result in 3.
    private void vector(String text, String operands, Runnable operation) {
        all.add(
                new Instruction(
                        text,
                        operands,
                        "v",
                        m -> {
                            for (int i = operands.length() - 1; i >= 0; i--) {
                                Model.toScratch(i * 16, m.pop());
                            }
                            operation.run();
                            m.push(Model.fromScratch(48));
                        }));
    }

    private void splat(Opcode op, String type) {
        all.add(
                new Instruction(
                        op.text(),
                        type,
                        "v",
                        m -> {
                            VectorOps.splat(op, m.pop().low(), x(3));
                            m.push(Model.fromScratch(48));
                        }));
    }

    private void lane(Random random, Opcode extract, Opcode replace, String type, int lanes) {
        int lane = random.nextInt(lanes);
        all.add(
                new Instruction(
                        extract.text() + " " + lane,
                        "v",
                        type,
                        m -> {
                            Model.toScratch(0, m.pop());
                            m.push(Value.of(VectorOps.extract(extract, x(0), lane)));
                        }));
        all.add(
                new Instruction(
                        replace.text() + " " + lane,
                        "v" + type,
                        "v",
                        m -> {
                            long value = m.pop().low();
                            Model.toScratch(0, m.pop());
                            VectorOps.replace(replace, x(0), lane, value, x(3));
                            m.push(Model.fromScratch(48));
                        }));
    }

    private void vectorMemory(Random random) {
        int offset = offset(random);
        all.add(
                new Instruction(
                        "v128.load offset=" + offset,
                        "i",
                        "v",
                        m -> {
                            int at = m.index(m.pop(), offset, 16);
                            m.push(new Value(m.memory.getLong(at), m.memory.getLong(at + 8)));
                        }));
        all.add(
                new Instruction(
                        "v128.store offset=" + offset,
                        "iv",
                        "",
                        m -> {
                            Value value = m.pop();
                            int at = m.index(m.pop(), offset, 16);
                            m.memory.putLong(at, value.low());
                            m.memory.putLong(at + 8, value.high());
                        }));
        all.add(
                new Instruction(
                        "v128.load32_lane offset=" + offset + " 2",
                        "iv",
                        "v",
                        m -> {
                            Value x = m.pop();
                            int at = m.index(m.pop(), offset, 4);
                            long high =
                                    (x.high() & ~0xFFFF_FFFFL)
                                            | (m.memory.getInt(at) & 0xFFFF_FFFFL);
                            m.push(new Value(x.low(), high));
                        }));
    }
}
