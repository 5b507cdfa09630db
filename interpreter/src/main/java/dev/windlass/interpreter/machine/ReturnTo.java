package dev.windlass.interpreter.machine;

/// A continuation below a call into another instance: makes the caller's instance the current one
/// again, then goes on to the caller's own continuation.
final class ReturnTo extends Block {
    final InstanceState state;

    ReturnTo(InstanceState state) {
        this.state = state;
    }

    @Override
    public Block run(long f, Machine m) {
        m.enter(state);
        return m.pop(f);
    }
}
