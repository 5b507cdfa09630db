package dev.windlass;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.internal.Engines;

/// The engine that the tests are about: all of them run once on the interpreter and once on compiled
/// code.
final class Tested {
    private static final String NAME = System.getProperty("windlass.test.engine", "interpreter");

    private Tested() {}

    static Engine engine() {
        String obstacle = Engines.installed(NAME).obstacle();
        assumeTrue(obstacle == null, () -> "no engine " + NAME + ": " + obstacle);
        return Engine.create().withExecution(NAME);
    }
}
