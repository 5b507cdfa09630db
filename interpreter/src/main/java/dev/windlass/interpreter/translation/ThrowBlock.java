package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Handler;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.TrapKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A block that ends by throwing an exception.
abstract class ThrowBlock extends Block {
    private final @Nullable Node body;
    final int throwAt;
    private final @Nullable Handler around;

    ThrowBlock(@Nullable Node body, int throwAt, @Nullable Handler around) {
        this.body = body;
        this.throwAt = throwAt;
        this.around = around;
    }

    @Override
    public final Block run(long f, Machine m) {
        if (body != null) {
            body.x(f, m);
        }
        throw m.thrown(new GuestException(exception(f, m)), throwAt, around);
    }

    abstract ExceptionInstance exception(long f, Machine m);

    /// Throws a new exception with arguments from slots.
    static final class New extends ThrowBlock {
        private final int tag;
        private final int from;

        New(@Nullable Node body, int at, @Nullable Handler around, int tag, int from) {
            super(body, at, around);
            this.tag = tag;
            this.from = from;
        }

        @Override
        ExceptionInstance exception(long f, Machine m) {
            return m.store.newException(m.moduleInstance().tag(tag), f + from);
        }
    }

    /// Throws an exception again.
    static final class Again extends ThrowBlock {
        private final Node reference;

        Again(@Nullable Node body, int at, @Nullable Handler around, Node reference) {
            super(body, at, around);
            this.reference = reference;
        }

        @Override
        ExceptionInstance exception(long f, Machine m) {
            long r = reference.l(f, m);
            if (r == 0) {
                throw m.trap(TrapKind.NULL_EXCEPTION_REFERENCE, throwAt);
            }
            return (ExceptionInstance) Objects.requireNonNull(m.store.object(r));
        }
    }
}
