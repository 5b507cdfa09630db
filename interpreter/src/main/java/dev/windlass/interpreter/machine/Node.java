package dev.windlass.interpreter.machine;

/// An expression or statement of translated code. Shared by all instances, stores and threads:
/// everything that belongs to one of them is reached through the frame and the machine.
///
/// A value node implements [#x] and the one evaluation method of its type; the specification's
/// references are `long`s. An abstract class and not an interface, because HotSpot calls methods of
/// classes faster where many classes meet.
public abstract non-sealed class Node implements Built {
    /// [#kind()] of a node with a value that must be computed.
    public static final int CHILD = 0;

    /// [#kind()] of a [Local].
    public static final int LOCAL = 1;

    /// [#kind()] of a constant.
    public static final int CONST = 2;

    /// The frame offset in bytes where [#x] stores the value.
    public int dst;

    /// Evaluates an i32.
    ///
    /// @param f address of the frame
    public int i(long f, Machine m) {
        throw noValue();
    }

    /// Evaluates an i64 or a reference.
    public long l(long f, Machine m) {
        throw noValue();
    }

    /// Evaluates an f32.
    public float s(long f, Machine m) {
        throw noValue();
    }

    /// Evaluates an f64.
    public double d(long f, Machine m) {
        throw noValue();
    }

    /// Executes a statement; of a value node: evaluates and stores to the slot [#dst].
    public abstract void x(long f, Machine m);

    /// How the node can be folded into its parent.
    public int kind() {
        return CHILD;
    }

    /// A block that executes statements and branches on this i32 being non-zero.
    public Block branch(Node[] statements, int count) {
        return Branches.of(statements, count, this);
    }

    /// A block that executes statements again and again while this i32 is non-zero.
    public Block loop(Node[] statements, int count) {
        return Branches.loopOf(statements, count, this);
    }

    /// The number by which the statement can become half of a pair, or 0.
    public int pairing() {
        return 0;
    }

    /// Of a condition: one that also executes the statement just before it, if it steps a local that
    /// this compares; else this.
    public Node stepped(Node last) {
        return this;
    }

    private AssertionError noValue() {
        return new AssertionError(getClass().getName());
    }
}
