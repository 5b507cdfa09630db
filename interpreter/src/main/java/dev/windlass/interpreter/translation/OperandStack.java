package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Local;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.ValType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The operand stack while a block is translated. Each operand has its slot in the frame; its value
/// is there already, or *pending*: an expression that was not executed yet, so that it can become
/// part of a bigger one.
///
/// A pending expression must be stored to its slot ("spilled") before anything changes what it would
/// find: a local that it reads is set, or an effect happens and it reads memory or may trap. Effects
/// themselves are never pending. The operands' slots rise with the stack, and an expression reads no
/// slot of the stack below its own; so spilling from the bottom up destroys nothing.
///
/// What the operands of an expression under construction read is collected by [#pop()] and goes into
/// the next [#push].
final class OperandStack {
    /// Reads a slot of the operand stack.
    static final int READS_STACK = 1;

    /// Reads what effects change, or may trap.
    static final int IMPURE = 2;

    /// Expressions deeper than this are spilled: evaluation recurs on the Java stack.
    private static final int MAX_DEPTH = 24;

    /// Bounds the time for looking through pending operands.
    private static final int MAX_PENDING = 32;

    private final Statements sink;
    private final int base;
    private int[] types = new int[32];
    private int[] slots = new int[32];
    private @Nullable Node[] pending = new Node[32];
    private int[] flags = new int[32];
    private long[] locals = new long[32];
    private int[] depths = new int[32];
    private int height;

    /// No operand below is pending.
    private int firstPending;

    private int top;
    private int maxTop;

    private int poppedFlags;
    private long poppedLocals;
    private int poppedDepth;

    /// Where spilled expressions go.
    @FunctionalInterface
    interface Statements {
        void add(Node statement);
    }

    /// @param base the frame offset of the first operand's slot
    OperandStack(int base, Statements sink) {
        this.sink = sink;
        this.base = base;
        this.top = base;
        this.maxTop = base;
    }

    int height() {
        return height;
    }

    /// The frame offset of the first free slot.
    int top() {
        return top;
    }

    /// The size of the frame, as far as is known.
    int maxTop() {
        return maxTop;
    }

    int type(int index) {
        return types[index];
    }

    /// The frame offset of an operand.
    int slot(int index) {
        return index == height ? top : slots[index];
    }

    // Building expressions.

    /// Takes the top operand as an expression.
    Node pop() {
        int i = drop();
        Node node = pending[i];
        if (node == null) {
            poppedFlags |= READS_STACK;
            poppedDepth = Math.max(poppedDepth, 1);
            return new Local(slots[i]);
        }
        pending[i] = null;
        poppedFlags |= flags[i];
        poppedLocals |= locals[i];
        poppedDepth = Math.max(poppedDepth, depths[i]);
        return node;
    }

    private int drop() {
        height--;
        top = slots[height];
        firstPending = Math.min(firstPending, height);
        return height;
    }

    /// Whether what was popped for the expression under construction may trap or reads what effects
    /// change.
    boolean isPoppedImpure() {
        return (poppedFlags & IMPURE) != 0;
    }

    /// Pushes an expression of what was popped.
    ///
    /// @param more flags that it has by itself
    void push(int type, Node node, int more) {
        int depth = poppedDepth + 1;
        int i = reserve(type);
        pending[i] = node;
        flags[i] = poppedFlags | more;
        locals[i] = poppedLocals;
        depths[i] = depth;
        clearPopped();
        if (depth > MAX_DEPTH) {
            spill(i);
        } else if (i - firstPending >= MAX_PENDING) {
            spill(firstPending);
            firstPending++;
        }
    }

    /// Pushes the value of a local.
    void pushLocal(int type, int slot) {
        int i = reserve(type);
        pending[i] = new Local(slot);
        flags[i] = 0;
        locals[i] = bit(slot);
        depths[i] = 1;
        if (i - firstPending >= MAX_PENDING) {
            spill(firstPending);
            firstPending++;
        }
    }

    /// Pushes an operand whose value is in its slot.
    ///
    /// @return its frame offset
    int pushStored(int type) {
        int i = reserve(type);
        pending[i] = null;
        return slots[i];
    }

    private int reserve(int type) {
        if (height == types.length) {
            growArrays();
        }
        int i = height++;
        types[i] = type;
        slots[i] = top;
        top += ValType.slots(type) * Slots.SIZE;
        maxTop = Math.max(maxTop, top);
        return i;
    }

    private void growArrays() {
        int n = 2 * types.length;
        types = Arrays.copyOf(types, n);
        slots = Arrays.copyOf(slots, n);
        pending = Arrays.copyOf(pending, n);
        flags = Arrays.copyOf(flags, n);
        locals = Arrays.copyOf(locals, n);
        depths = Arrays.copyOf(depths, n);
    }

    /// What was popped has become a statement.
    void clearPopped() {
        poppedFlags = 0;
        poppedLocals = 0;
        poppedDepth = 0;
    }

    /// Takes a vector operand: the frame offset where it is, in its own slots or a local's.
    int popVector() {
        int i = drop();
        Node node = pending[i];
        pending[i] = null;
        poppedDepth = Math.max(poppedDepth, 1);
        if (node instanceof Local local) {
            poppedLocals |= locals[i];
            return local.slot;
        }
        poppedFlags |= READS_STACK;
        return slots[i];
    }

    /// Forgets operands above a height, whatever they are, and has those below in their slots.
    void reset(int to, int[] above) {
        for (int i = firstPending; i < height; i++) {
            pending[i] = null;
        }
        height = Math.min(height, to);
        top =
                height == 0
                        ? base
                        : slots[height - 1] + ValType.slots(types[height - 1]) * Slots.SIZE;
        firstPending = height;
        for (int type : above) {
            pushStored(type);
        }
        firstPending = height;
        clearPopped();
    }

    // Spilling.

    /// Stores all pending operands.
    void spillAll() {
        for (int i = firstPending; i < height; i++) {
            spill(i);
        }
        firstPending = height;
    }

    /// Before an effect: stores what reads what effects change, or may trap.
    void spillImpure() {
        spillWith(IMPURE);
    }

    /// Before an effect that writes to a new operand's slot.
    void spillForResult() {
        spillWith(IMPURE | READS_STACK);
    }

    private void spillWith(int mask) {
        for (int i = firstPending; i < height; i++) {
            if (pending[i] != null && (flags[i] & mask) != 0) {
                spill(i);
            }
        }
    }

    /// Before a local is set.
    void spillReaders(int slot) {
        long bit = bit(slot);
        for (int i = firstPending; i < height; i++) {
            if (pending[i] != null && (locals[i] & bit) != 0) {
                spill(i);
            }
        }
    }

    private void spill(int index) {
        Node node = pending[index];
        if (node == null) {
            return;
        }
        int before = READS_STACK | (flags[index] & IMPURE);
        for (int i = firstPending; i < index; i++) {
            if (pending[i] != null && (flags[i] & before) != 0) {
                store(i);
            }
        }
        store(index);
    }

    private void store(int index) {
        Node node = pending[index];
        if (node == null) {
            return;
        }
        pending[index] = null;
        if (types[index] == ValType.V128) {
            sink.add(new CopyVector(((Local) node).slot, slots[index]));
        } else {
            node.dst = slots[index];
            sink.add(node);
        }
    }

    private static long bit(int slot) {
        return 1L << (slot / Slots.SIZE);
    }
}
