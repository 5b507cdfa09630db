package dev.windlass.llvm.compile;

/// A thread that compiles: LLVM recurses deeply on large functions.
public final class CompileThread extends Thread {
    private static final long STACK_BYTES = 64L << 20;

    public CompileThread(Runnable work) {
        super(null, work, "windlass-compile", STACK_BYTES);
        setDaemon(true);
    }
}
