package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Rights;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The standard streams of this process, handed on to a guest.
public final class StandardStreams {
    private static final int FORMAT = 0xF000;

    private StandardStreams() {}

    /// One for the whole process: what it has read ahead must not be lost to the next guest.
    private static final class Input {
        static final Kind KIND = kind(0);
        static final InputPump PUMP =
                new InputPump(new FileInputStream(FileDescriptor.in), KIND.isFile());
    }

    public static Descriptor input() {
        return new InputStreamDescriptor(Input.KIND.type(), Input.KIND.rights(), Input.PUMP);
    }

    public static Descriptor output() {
        return output(1, FileDescriptor.out);
    }

    public static Descriptor error() {
        return output(2, FileDescriptor.err);
    }

    private static Descriptor output(int number, FileDescriptor descriptor) {
        Kind kind = kind(number);
        return new OutputStreamDescriptor(
                kind.type(), kind.rights(), new FileOutputStream(descriptor));
    }

    /// What is behind one of the process's streams.
    ///
    /// @param isFile whether reading never blocks
    /// @param rights a terminal has no others; what a guest's `isatty` asks for elsewhere
    private record Kind(FileType type, boolean isFile, long rights) {}

    private static Kind kind(int number) {
        int mode;
        long device;
        try {
            Path path = Path.of("/dev/fd/" + number);
            mode = (Integer) Files.getAttribute(path, "unix:mode");
            device = (Long) Files.getAttribute(path, "unix:rdev");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // A closed stream, or a system without such names.
            boolean terminal = isTerminal();
            return new Kind(
                    terminal ? FileType.CHARACTER_DEVICE : FileType.UNKNOWN, false, Rights.NONE);
        }
        return kind(mode, device);
    }

    @SuppressWarnings("SystemConsoleNull") // null is what the nullness checker knows
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static Kind kind(int mode, long device) {
        boolean memory = (device >>> 8 & 0xFFF) == 1; // Linux: /dev/null and its like
        return switch (mode & FORMAT) {
            case 0x8000 -> new Kind(FileType.REGULAR_FILE, true, NOT_TERMINAL);
            case 0x2000 ->
                    new Kind(
                            FileType.CHARACTER_DEVICE, memory, memory ? NOT_TERMINAL : Rights.NONE);
            case 0x6000 -> new Kind(FileType.BLOCK_DEVICE, true, NOT_TERMINAL);
            case 0xC000 -> new Kind(FileType.SOCKET_STREAM, false, Rights.NONE);
            default -> new Kind(FileType.UNKNOWN, false, Rights.NONE);
        };
    }

    private static final long NOT_TERMINAL = Rights.FD_SEEK | Rights.FD_TELL;
}
