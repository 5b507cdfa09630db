package dev.windlass.llvm.binding;

import java.io.IOException;
import java.nio.file.Path;

/// Unpacks as a process of its own: `CACHE JAR`.
final class UnpackMain {
    private UnpackMain() {}

    public static void main(String[] args) {
        try {
            new LlvmFolder(Path.of(args[0]), LlvmFolderTest.PLATFORM).unpack(Path.of(args[1]));
            System.out.println("done");
        } catch (IOException e) {
            System.out.println("failed: " + e.getMessage());
        }
    }
}
