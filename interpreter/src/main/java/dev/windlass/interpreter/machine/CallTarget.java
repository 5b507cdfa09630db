package dev.windlass.interpreter.machine;

import dev.windlass.runtime.HostFunction;
import org.jspecify.annotations.Nullable;

/// What a function instance of a store is to a machine: a function of the host, or the code of a
/// guest's function and the instance that it works on.
final class CallTarget {
    final @Nullable HostFunction host;
    final @Nullable InstanceState instance;
    final @Nullable FunctionCode code;

    /// Slots of the arguments or the results, whichever are more.
    final int slots;

    CallTarget(HostFunction host, int slots) {
        this.host = host;
        this.instance = null;
        this.code = null;
        this.slots = slots;
    }

    CallTarget(InstanceState instance, FunctionCode code, int slots) {
        this.host = null;
        this.instance = instance;
        this.code = code;
        this.slots = slots;
    }
}
