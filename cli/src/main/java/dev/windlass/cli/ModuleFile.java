package dev.windlass.cli;

import dev.windlass.Engine;
import dev.windlass.WasmModule;
import dev.windlass.internal.Modules;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.WasmException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads module files and says what is wrong with them.
final class ModuleFile {
    private ModuleFile() {}

    /// @throws InputException naming file, place, reason and remedy
    static WasmModule load(Engine engine, String name) {
        return parse(engine, name, read(name), false);
    }

    /// A module that a library carries. The compiler validated it with these features or fewer; a
    /// run with some switched off validates it again.
    ///
    /// @param name for messages
    static WasmModule carried(Engine engine, String name, byte[] bytes) {
        return parse(engine, name, bytes, engine.features().equals(Features.ALL));
    }

    private static WasmModule parse(Engine engine, String name, byte[] bytes, boolean isValid) {
        try {
            return isValid ? Modules.validated(engine, bytes) : Modules.parse(engine, bytes);
        } catch (WasmException e) {
            throw rejected(name, bytes, e);
        }
    }

    /// All bytes of a file; `-` is standard input.
    static byte[] read(String name) {
        try {
            return name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
        } catch (InvalidPathException e) {
            throw new InputException("cannot read '" + name + "': that is not a file name");
        } catch (OutOfMemoryError e) {
            throw new InputException(
                    "cannot read '" + name + "': it is larger than 2 GiB or the heap");
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /// The message for a file that cannot be read.
    static InputException unreadable(String name, IOException e) {
        String reason =
                switch (e) {
                    case NoSuchFileException n -> "no such file; check the path" + command(name);
                    case AccessDeniedException a -> "permission denied; check its permissions";
                    default ->
                            (Files.isDirectory(Path.of(name)) ? "it is a folder" : e.getMessage())
                                    + "; give a .wasm or .wat file";
                };
        return new InputException("cannot read '" + name + "': " + reason);
    }

    private static String command(String name) {
        return name.matches("[a-z0-9]+") ? ", or the command: see 'windlass --help'" : "";
    }

    /// The message for a module that the readers or the validator refuse.
    static InputException rejected(String name, byte[] bytes, WasmException e) {
        String what =
                switch (e) {
                    case MalformedException m -> "is not a WebAssembly module";
                    case InvalidException i -> "is not a valid module";
                };
        return new InputException(
                "'" + name + "' " + what + ": " + e.getMessage() + "; " + remedy(bytes, e));
    }

    private static String remedy(byte[] bytes, WasmException e) {
        if (isComponent(bytes)) {
            return "this is a component: build a core module (wasm32-wasip1) instead";
        }
        if (e.reason().contains("needs the feature")) {
            return "leave out the --disable that names it";
        }
        if (e.line() > 0) {
            return "correct the text there";
        }
        return e instanceof MalformedException
                ? "the file is damaged or something else: build or download it again"
                : "the tool that made it is at fault: build it again with a current one";
    }

    private static boolean isComponent(byte[] bytes) {
        return bytes.length >= 8 && bytes[0] == 0 && bytes[1] == 'a' && bytes[6] == 1;
    }
}
