package dev.windlass.llvm.artifact;

import dev.windlass.llvm.binding.DynamicLoader;
import dev.windlass.runtime.boundary.CFunction;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// A file that is opened once: what is read and checked is what is loaded, whatever happens to its
/// name meanwhile. Linux names open files, so owner, content and loading go through that name.
final class OpenFile {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path name;
    private final boolean isCopy;

    private OpenFile(Path name, boolean isCopy) {
        this.name = name;
        this.isCopy = isCopy;
    }

    /// @throws IOException if it cannot be opened
    /// @throws ArtifactException if it is no file
    static OpenFile open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException("it is not a file");
        }
        if (!Files.isDirectory(DESCRIPTORS)) {
            Path copy = Files.createTempDirectory("windlass").resolve("module.so");
            return new OpenFile(Files.copy(file, copy), true);
        }
        int descriptor = call("open", file.toString());
        if (descriptor < 0) {
            throw new IOException(file + " cannot be opened: check its permissions");
        }
        // Not /proc/self: a debugger is to find it too. The descriptor stays open as long as the
        // library is loaded, so that no other library gets the name: the loader knows libraries by
        // it.
        Path process = Files.readSymbolicLink(Path.of("/proc/self"));
        return new OpenFile(Path.of("/proc").resolve(process).resolve("fd/" + descriptor), false);
    }

    private static int call(String function, String text) {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocateFrom(text).address();
            return (int) CFunction.named(function).call(address, READ_ONLY_CLOSE_ON_EXEC);
        }
    }

    /// Another user who may change it could run code as us.
    ///
    /// @throws ArtifactException if one may
    void checkOwner() throws IOException {
        PosixFileAttributes file = Files.readAttributes(name, PosixFileAttributes.class);
        String owner = file.owner().getName();
        String us = Files.getOwner(isCopy ? name : DESCRIPTORS).getName();
        if (!owner.equals(us) && !owner.equals("root")) {
            throw new ArtifactException("it belongs to " + owner + ", not to " + us + " or root");
        }
        if (file.permissions().stream().anyMatch(OTHERS_WRITE::contains)) {
            throw new ArtifactException("others may write to it: chmod go-w");
        }
    }

    /// To be closed; the file stays open all the same.
    FileChannel channel() throws IOException {
        return FileChannel.open(name, StandardOpenOption.READ);
    }

    DynamicLoader.Loaded load() {
        return DynamicLoader.load(name.toString());
    }
}
