package dev.windlass.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a command's result goes.
final class OutputFile {
    private OutputFile() {}

    /// The given name, else the input's with another ending; standard input goes to standard output.
    static String name(@Nullable String given, String input, String ending) {
        if (given != null) {
            return given;
        }
        if (input.equals("-")) {
            return "-";
        }
        String name = Path.of(input).getFileName().toString();
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + ending;
    }

    /// The message for a file that cannot be written.
    static InputException unwritable(String name, IOException e) {
        String reason =
                switch (e) {
                    case NoSuchFileException n -> "there is no such folder";
                    case AccessDeniedException a -> "permission denied";
                    default -> String.valueOf(e.getMessage());
                };
        return new InputException("cannot write '" + name + "': " + reason);
    }

    /// Writes all bytes; `-` is standard output.
    static void write(String name, byte[] bytes) throws IOException {
        if (!name.equals("-")) {
            Files.write(Path.of(name), bytes);
            return;
        }
        @SuppressWarnings("resource") // the process's own
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write(bytes);
    }
}
