package dev.windlass.interpreter.machine;

import java.lang.invoke.VarHandle;

/// The code of a function, which is translated when it is first called. Shared by threads.
public final class FunctionCode {
    private final Translation translation;
    private final int index;

    /// Where a call starts. Read without synchronisation: what it points at was complete before.
    public Block entry;

    /// @param index in the module's function index space
    public FunctionCode(Translation translation, int index) {
        this.translation = translation;
        this.index = index;
        this.entry = new Untranslated(this);
    }

    /// A function with native code.
    public FunctionCode(NativeBlock entry, int index) {
        this.translation = function -> entry;
        this.index = index;
        this.entry = entry;
    }

    /// The index in the module's function index space.
    public int index() {
        return index;
    }

    /// Translates unless another thread was faster.
    private synchronized Block translated() {
        if (entry instanceof Untranslated) {
            Block block = translation.translate(index);
            VarHandle.releaseFence();
            entry = block;
        }
        return entry;
    }

    /// Makes functions into blocks.
    @FunctionalInterface
    public interface Translation {
        /// The entry block of a function, with its frame's size set.
        Block translate(int function);
    }

    /// The entry of a function that was never called.
    private static final class Untranslated extends Block {
        private final FunctionCode code;

        Untranslated(FunctionCode code) {
            this.code = code;
        }

        @Override
        public Block run(long f, Machine m) {
            Block entry = code.translated();
            m.checkFrame(f, entry);
            return entry;
        }
    }
}
