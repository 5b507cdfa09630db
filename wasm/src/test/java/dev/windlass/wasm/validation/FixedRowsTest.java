package dev.windlass.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasm.Instructions;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.Modules;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows that a signature types: the right operands are accepted, each wrong one is not.
final class FixedRowsTest {
    private static final int[] TYPES = {
        ValType.I32, ValType.I64, ValType.F32, ValType.F64, ValType.V128, ValType.EXTERNREF
    };

    private static Stream<Opcode> fixedRows() {
        return Arrays.stream(Opcode.values()).filter(op -> op.typing().isFixed());
    }

    private static int[] operands(Opcode op) {
        return types(op, 0);
    }

    private static int[] results(Opcode op) {
        return types(op, 1);
    }

    private static int[] types(Opcode op, int side) {
        String signature = Objects.requireNonNull(op.typing().signature());
        return List.of(signature.split(":", -1))
                .get(side)
                .chars()
                .map(letter -> Instructions.type((char) letter))
                .toArray();
    }

    /// Validates operands, the instruction, and that it gives results of those types.
    private static void validate(Opcode op, int[] operands, int[] results) {
        ByteWriter code = new ByteWriter();
        for (int type : operands) {
            Instructions.constant(code, type);
        }
        Instructions.write(code, op);
        for (int i = results.length - 1; i >= 0; i--) {
            check(code, results[i]);
        }
        // Padding, so that the short way is taken, too.
        for (int i = 0; i < 10; i++) {
            code.opcode(Opcode.NOP);
        }
        Modules.valid(Modules.withCode(code));
    }

    /// Drops a value that must be of the type: it is compared with a constant.
    private static void check(ByteWriter code, int type) {
        Instructions.constant(code, type);
        code.opcode(
                switch (type) {
                    case ValType.I32 -> Opcode.I32_EQ;
                    case ValType.I64 -> Opcode.I64_EQ;
                    case ValType.F32 -> Opcode.F32_EQ;
                    case ValType.F64 -> Opcode.F64_EQ;
                    default -> Opcode.I8X16_EQ;
                });
        code.opcode(Opcode.DROP);
    }

    @ParameterizedTest
    @MethodSource("fixedRows")
    void acceptsItsOperands(Opcode op) {
        assertThatCode(() -> validate(op, operands(op), results(op))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("fixedRows")
    void refusesEachWrongOperand(Opcode op) {
        int[] operands = operands(op);
        for (int i = 0; i < operands.length; i++) {
            for (int type : TYPES) {
                int[] wrong = operands.clone();
                wrong[i] = type;
                if (type != operands[i]) {
                    refuses(op, wrong, results(op));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixedRows")
    void refusesAMissingOperandAndASpareResult(Opcode op) {
        int[] operands = operands(op);
        int[] results = results(op);
        if (operands.length > 0) {
            refuses(op, Arrays.copyOfRange(operands, 1, operands.length), results);
        }
        refuses(
                op,
                operands,
                Arrays.copyOf(
                        new int[] {ValType.I32, ValType.I32, ValType.I32}, results.length + 1));
    }

    private static void refuses(Opcode op, int[] operands, int[] results) {
        assertThatThrownBy(() -> validate(op, operands, results))
                .isInstanceOf(InvalidException.class)
                .hasMessageStartingWith("type mismatch");
    }

    /// No row is forgotten: the validator knows a rule for each, whatever its operands.
    @ParameterizedTest
    @EnumSource(Opcode.class)
    void everyRowHasARule(Opcode op) {
        ByteWriter code = Instructions.write(new ByteWriter(), op);
        try {
            Modules.valid(Modules.withCode(code));
        } catch (WasmException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    /// In code that cannot be reached the stack has whatever is needed.
    @ParameterizedTest
    @MethodSource("fixedRows")
    void acceptsNothingAfterUnreachable(Opcode op) {
        ByteWriter code = Instructions.write(new ByteWriter().opcode(Opcode.UNREACHABLE), op);
        for (int i = 0; i < results(op).length; i++) {
            code.opcode(Opcode.DROP);
        }
        assertThatCode(() -> Modules.valid(Modules.withCode(code))).doesNotThrowAnyException();
    }
}
