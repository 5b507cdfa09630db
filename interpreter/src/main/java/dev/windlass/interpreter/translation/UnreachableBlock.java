package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.TrapKind;
import org.jspecify.annotations.Nullable;

/// A block that traps at its end.
final class UnreachableBlock extends Block {
    private final @Nullable Node body;
    private final int trapAt;

    UnreachableBlock(@Nullable Node body, int trapAt) {
        this.body = body;
        this.trapAt = trapAt;
    }

    @Override
    public Block run(long f, Machine m) {
        if (body != null) {
            body.x(f, m);
        }
        throw m.trap(TrapKind.UNREACHABLE, trapAt);
    }
}
