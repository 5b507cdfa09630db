package dev.windlass.llvm;

import dev.windlass.llvm.compile.Workplace;
import dev.windlass.llvm.worker.WorkerPool;
import java.util.Locale;

/// Where LLVM works, and so what is lost when it crashes.
public enum Isolation {
    /// In this process: nothing to start, but a crash of LLVM is one of the program.
    PROCESS,

    /// In processes of its own: a crash, or a compilation without end, leaves some functions to the
    /// interpreter.
    WORKER;

    private static final String PROPERTY = "windlass.llvm.compile-in";

    /// What embedders get: workers, unless `-Dwindlass.llvm.compile-in=process` says otherwise.
    public static Isolation ofEmbedder() {
        String named = System.getProperty(PROPERTY, WORKER.text());
        for (Isolation isolation : values()) {
            if (isolation.text().equals(named)) {
                return isolation;
            }
        }
        throw new IllegalArgumentException(
                "-D" + PROPERTY + " takes process or worker, not '" + named + "'");
    }

    /// Its name in options.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Workplace workplace() {
        return switch (this) {
            case PROCESS -> Workplace.HERE;
            case WORKER -> WorkerPool.shared();
        };
    }
}
