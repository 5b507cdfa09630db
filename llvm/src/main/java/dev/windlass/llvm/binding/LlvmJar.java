package dev.windlass.llvm.binding;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the jar with the published build of LLVM: named, beside the program, or on the class or
/// module path. It is read as a file; no class of it is used.
final class LlvmJar {
    /// Names the jar; the launcher sets it.
    static final String PROPERTY = "windlass.llvm.jar";

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private LlvmJar() {}

    static Optional<Path> find(Platform platform) {
        return candidates().stream().filter(p -> isIt(p, platform)).findFirst();
    }

    private static List<Path> candidates() {
        List<Path> all = new ArrayList<>();
        for (String property :
                List.of(
                        PROPERTY,
                        "jdk.module.path",
                        "java.class.path",
                        "surefire.test.class.path")) {
            SEPARATOR
                    .splitAsStream(System.getProperty(property, ""))
                    .forEach(part -> add(all, part));
        }
        return all;
    }

    private static void add(List<Path> all, String part) {
        try {
            if (!part.isEmpty()) {
                all.add(Path.of(part));
            }
        } catch (InvalidPathException e) {
            // Such a part of a path holds nothing for the JVM either.
            return;
        }
    }

    private static boolean isIt(Path file, Platform platform) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith("llvm-")
                && name.endsWith("-" + platform.name() + ".jar")
                && Files.isRegularFile(file);
    }
}
