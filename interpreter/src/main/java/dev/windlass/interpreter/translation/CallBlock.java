package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Jump;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import org.jspecify.annotations.Nullable;

/// A block that ends with a call of something else than a function of the same module.
abstract class CallBlock extends Jump {
    private final @Nullable Node body;
    final int callSite;

    CallBlock(@Nullable Node body, int callSite) {
        this.body = body;
        this.callSite = callSite;
    }

    void statements(long f, Machine m) {
        Node b = body;
        if (b != null) {
            b.x(f, m);
        }
    }

    /// Calls an imported function.
    static final class Import extends CallBlock {
        private final int function;

        Import(@Nullable Node body, int callSite, int function) {
            super(body, callSite);
            this.function = function;
        }

        @Override
        public Block run(long f, Machine m) {
            statements(f, m);
            return m.callImport(function, f + callSite, next);
        }
    }

    /// Calls by reference.
    static final class Indirect extends CallBlock {
        private final Node callee;

        /// @param callee gives a function reference of the right type
        Indirect(@Nullable Node body, int callSite, Node callee) {
            super(body, callSite);
            this.callee = callee;
        }

        @Override
        public Block run(long f, Machine m) {
            statements(f, m);
            return m.callReference(callee.l(f, m), f + callSite, next);
        }
    }
}
