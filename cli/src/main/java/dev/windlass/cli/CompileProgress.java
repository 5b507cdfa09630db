package dev.windlass.cli;

import dev.windlass.llvm.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Shows how far a compilation is, on one line of a terminal, if it takes more than a second.
final class CompileProgress implements Compiler.Progress {
    private static final long PATIENCE = 1_000_000_000;
    private static final long BETWEEN = 100_000_000;

    private final boolean isShown = isTerminal(Path.of("/proc/self/fd/2"));
    private long next = System.nanoTime() + PATIENCE;
    private boolean isVisible;

    CompileProgress() {}

    /// Whether a descriptor leads to a terminal; where the system does not say, no.
    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    @Override
    public void at(int done, int all) {
        long now = System.nanoTime();
        if (!isShown || (now < next && !(isVisible && done == all))) {
            return;
        }
        next = now + BETWEEN;
        isVisible = done < all;
        System.err.print(
                done < all ? "\rwindlass: compiling " + 100 * done / all + " %" : "\r\033[K");
        System.err.flush();
    }
}
