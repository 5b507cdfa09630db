package dev.windlass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each shape, from Java through a guest to a lambda and back.
class SignatureTest {
    private final Engine engine = Tested.engine();
    private final Store store = new Store(engine);
    private long seen;

    @AfterEach
    void close() {
        store.close();
    }

    /// A view of a guest's function that does nothing but call the lambda.
    private <F> F through(Signature<F> signature, F lambda) {
        StringBuilder text = new StringBuilder("(module (import \"h\" \"f\" (func $f");
        signature.type().params().forEach(p -> text.append(" (param ").append(p).append(')'));
        signature.type().results().forEach(r -> text.append(" (result ").append(r).append(')'));
        text.append(")) (func (export \"g\")");
        signature.type().params().forEach(p -> text.append(" (param ").append(p).append(')'));
        signature.type().results().forEach(r -> text.append(" (result ").append(r).append(')'));
        for (int i = 0; i < signature.type().params().size(); i++) {
            text.append(" local.get ").append(i);
        }
        text.append(" call $f))");
        return new Linker()
                .func("h", "f", signature, lambda)
                .instantiate(store, WasmModule.parse(engine, text.toString()))
                .func("g")
                .as(signature);
    }

    @Test
    void withoutParameters() {
        through(Signature.NONE, () -> seen = 5).run();
        assertThat(seen).isEqualTo(5);
        assertThat(through(Signature.TO_I32, () -> -1).getAsInt()).isEqualTo(-1);
        assertThat(through(Signature.TO_I64, () -> Long.MIN_VALUE).getAsLong())
                .isEqualTo(Long.MIN_VALUE);
        assertThat(through(Signature.TO_F64, () -> 0.25).getAsDouble()).isEqualTo(0.25);
    }

    @Test
    void withoutResults() {
        through(Signature.I32, i -> seen = i).accept(-3);
        assertThat(seen).isEqualTo(-3);
        through(Signature.I64, i -> seen = i).accept(1L << 50);
        assertThat(seen).isEqualTo(1L << 50);
        through(Signature.F64, d -> seen = (long) d).accept(12.0);
        assertThat(seen).isEqualTo(12);
        through(Signature.I32_I32, (a, b) -> seen = 10L * a + b).accept(4, 2);
        assertThat(seen).isEqualTo(42);
        through(Signature.I32_I32_I32, (a, b, c) -> seen = 100L * a + 10L * b + c).accept(1, 2, 3);
        assertThat(seen).isEqualTo(123);
    }

    @Test
    void withResults() {
        assertThat(through(Signature.I32_TO_I32, i -> -i).applyAsInt(5)).isEqualTo(-5);
        assertThat(through(Signature.I64_TO_I64, i -> -i).applyAsLong(1L << 40))
                .isEqualTo(-(1L << 40));
        DoubleUnaryOperator half = through(Signature.F64_TO_F64, d -> d / 2);
        assertThat(half.applyAsDouble(3)).isEqualTo(1.5);
        assertThat(through(Signature.I32_TO_I64, i -> (long) i << 32).applyAsLong(-1))
                .isEqualTo(-1L << 32);
        assertThat(through(Signature.I64_TO_I32, i -> (int) (i >> 32)).applyAsInt(-1L << 32))
                .isEqualTo(-1);
        assertThat(through(Signature.I32_I32_TO_I32, Integer::sum).applyAsInt(2, 3)).isEqualTo(5);
        LongBinaryOperator product = through(Signature.I64_I64_TO_I64, (a, b) -> a * b);
        assertThat(product.applyAsLong(1L << 20, 1L << 20)).isEqualTo(1L << 40);
        assertThat(through(Signature.F64_F64_TO_F64, Math::atan2).applyAsDouble(1, 1))
                .isEqualTo(Math.PI / 4);
        assertThat(through(Signature.I32_I32_I32_TO_I32, (a, b, c) -> a + b * c).apply(1, 2, 3))
                .isEqualTo(7);
        assertThat(
                        through(Signature.I32_I32_I32_I32_TO_I32, (a, b, c, d) -> a + b * c - d)
                                .apply(1, 2, 3, 4))
                .isEqualTo(3);
    }
}
