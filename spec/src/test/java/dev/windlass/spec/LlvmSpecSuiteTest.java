package dev.windlass.spec;

import dev.windlass.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// The suites on the LLVM engine: with guarded memories, with explicit checks, and with half of the
/// functions left to the interpreter. With `-Dwindlass.long=true` in both modes at all levels.
final class LlvmSpecSuiteTest {
    private static final String MEMORY = "windlass.llvm.memory";
    private static final String LEVEL = "windlass.llvm.level";
    private static final String MIX = "windlass.llvm.mix";

    private record Mode(String name, Map<String, String> properties) {}

    private static List<Mode> modes() {
        List<Mode> modes = new ArrayList<>();
        List<String> levels =
                Boolean.getBoolean("windlass.long") ? List.of("0", "1", "2") : List.of("1");
        for (String level : levels) {
            for (String memory : List.of("guard", "explicit")) {
                String name = memory + " at -O" + level;
                modes.add(new Mode(name, Map.of(MEMORY, memory, LEVEL, level)));
            }
        }
        modes.add(new Mode("mixed with the interpreter", Map.of(MIX, "1", LEVEL, "0")));
        return modes;
    }

    @TestFactory
    Stream<? extends DynamicNode> scriptsOfTheSpecification() throws IOException {
        return inAllModes(SpecSuite::scriptsOfTheSpecification);
    }

    @TestFactory
    Stream<? extends DynamicNode> scriptsOfOurs() throws IOException {
        return inAllModes(SpecSuite::scriptsOfOurs);
    }

    /// Some scripts of a suite.
    private interface Scripts {
        Stream<DynamicTest> of(SpecSuite suite) throws IOException;
    }

    private static Stream<? extends DynamicNode> inAllModes(Scripts scripts) throws IOException {
        Engine engine;
        try {
            engine = Engine.create().withExecution("llvm");
        } catch (IllegalStateException e) {
            return SpecSuite.skipped("scripts on LLVM", "LLVM cannot be used: " + e.getMessage());
        }
        List<DynamicNode> nodes = new ArrayList<>();
        for (Mode mode : modes()) {
            nodes.add(container(mode, scripts.of(new SpecSuite(engine))));
        }
        return nodes.stream();
    }

    private static DynamicContainer container(Mode mode, Stream<DynamicTest> tests) {
        return DynamicContainer.dynamicContainer(
                mode.name(),
                tests.map(test ->
                        DynamicTest.dynamicTest(
                                test.getDisplayName() + ", " + mode.name(),
                                () -> run(mode, test.getExecutable()))));
    }

    /// The engine asks for its properties whenever it compiles.
    private static void run(Mode mode, Executable test) throws Throwable {
        mode.properties().forEach(System::setProperty);
        try {
            test.execute();
        } finally {
            clear();
        }
    }

    private static void clear() {
        List.of(MEMORY, LEVEL, MIX).forEach(System::clearProperty);
    }
}
