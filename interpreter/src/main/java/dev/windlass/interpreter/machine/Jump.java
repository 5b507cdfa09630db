package dev.windlass.interpreter.machine;

/// A block with one successor.
public abstract class Jump extends Block {
    protected Block next = HALT;

    @Override
    public void link(int edge, Block target) {
        next = target;
    }
}
