package dev.windlass.interpreter.machine;

/// A block with two successors.
public abstract class Branch extends Block {
    protected Block yes = HALT;
    protected Block no = HALT;

    @Override
    public void link(int edge, Block target) {
        if (edge == 0) {
            yes = target;
        } else {
            no = target;
        }
    }
}
