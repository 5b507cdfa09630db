package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.FunctionCode;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import org.jspecify.annotations.Nullable;

/// A block that ends with a tail call. Its statements have moved the arguments to the start of the
/// frame, whose exception handlers are left with it.
abstract class TailCallBlock extends Block {
    private final @Nullable Node body;
    final int callAt;

    TailCallBlock(@Nullable Node body, int callAt) {
        this.body = body;
        this.callAt = callAt;
    }

    void statements(long f, Machine m) {
        Node b = body;
        if (b != null) {
            b.x(f, m);
        }
    }

    /// Calls a function of the same module.
    static final class Direct extends TailCallBlock {
        private final FunctionCode callee;

        Direct(@Nullable Node body, int callAt, FunctionCode callee) {
            super(body, callAt);
            this.callee = callee;
        }

        @Override
        public Block run(long f, Machine m) {
            statements(f, m);
            return m.tailCall(callee, f, callAt);
        }
    }

    /// Calls an imported function.
    static final class Import extends TailCallBlock {
        private final int function;

        Import(@Nullable Node body, int callAt, int function) {
            super(body, callAt);
            this.function = function;
        }

        @Override
        public Block run(long f, Machine m) {
            statements(f, m);
            return m.tailCallImport(function, f, callAt);
        }
    }

    /// Calls by reference.
    static final class Indirect extends TailCallBlock {
        private final Node callee;

        Indirect(@Nullable Node body, int callAt, Node callee) {
            super(body, callAt);
            this.callee = callee;
        }

        @Override
        public Block run(long f, Machine m) {
            statements(f, m);
            return m.tailCallReference(callee.l(f, m), f, callAt);
        }
    }
}
