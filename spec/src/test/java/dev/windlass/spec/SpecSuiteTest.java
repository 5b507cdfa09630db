package dev.windlass.spec;

import dev.windlass.Engine;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The suites on the interpreter.
final class SpecSuiteTest {
    private final SpecSuite suite = new SpecSuite(Engine.create().withExecution("interpreter"));

    @TestFactory
    Stream<DynamicTest> scriptsOfTheSpecification() throws IOException {
        return suite.scriptsOfTheSpecification();
    }

    @TestFactory
    Stream<DynamicTest> scriptsOfOurs() throws IOException {
        return suite.scriptsOfOurs();
    }
}
