package dev.windlass.llvm.binding;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loaded libLLVM and the lld that belongs to it: a system's, where one is named, else the
/// published build, which is unpacked into the user's cache once.
public final class LlvmLibrary {
    /// Names libLLVM itself, or the folder that holds it and lld.
    public static final String PROPERTY = "windlass.llvm.library";

    /// Says yes to systems on which nothing has been tested.
    public static final String FORCE = "windlass.llvm.force";

    static final String VARIABLE = "WINDLASS_LLVM";

    private final SymbolLookup symbols;
    private final Path file;
    private final Path lld;
    private final String version;
    private final boolean isPublished;

    /// The last passed all tests, the first the self-test. LLVM 22 loses arguments of tail calls.
    private static final List<String> VERSIONS = List.of("19.1.", "20.1.");

    private static final String NEEDED = "LLVM 20.1 or 19.1 is needed";

    private LlvmLibrary(Path file, Path lld, boolean isPublished) {
        this.file = file;
        this.lld = lld;
        this.isPublished = isPublished;
        this.symbols = load(file);
        if (symbols.find("LLVMGetVersion").isEmpty()) {
            throw new LlvmUnavailableException(file + " is an old LLVM, or none: " + NEEDED);
        }
        this.version = version(symbols);
        if (VERSIONS.stream().noneMatch(version::startsWith)) {
            throw new LlvmUnavailableException(file + " is LLVM " + version + ": " + NEEDED);
        }
    }

    /// The library of this process: found and loaded when first asked for.
    ///
    /// @throws LlvmUnavailableException if LLVM cannot be used here; every time
    public static LlvmLibrary open() {
        return Opened.orThrow();
    }

    private static LlvmLibrary find() {
        Platform.checkTested(HostSystem.NAME);
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        if (named != null && !named.isEmpty()) {
            return named(Path.of(named));
        }
        LlvmFolder folder = unpacked(Platform.here());
        return new LlvmLibrary(folder.library(), folder.lld(), true);
    }

    private static LlvmLibrary named(Path path) {
        Path file = path;
        if (Files.isDirectory(path)) {
            Path soname = path.resolve("libLLVM.so.20.1");
            file = Files.exists(soname) ? soname : path.resolve("libLLVM.so");
        }
        if (!Files.isRegularFile(file)) {
            throw new LlvmUnavailableException(
                    VARIABLE + " or -D" + PROPERTY + " names '" + file + "', which is no file");
        }
        return new LlvmLibrary(file, lldBeside(file), isUnpacked(file));
    }

    /// Whether a file is the published build, as workers are told where it lies.
    private static boolean isUnpacked(Path file) {
        try {
            return file.equals(new LlvmFolder(LlvmFolder.cache(), Platform.here()).library());
        } catch (LlvmUnavailableException e) {
            // Nothing is ever unpacked on this system.
            return false;
        }
    }

    private static Path lldBeside(Path library) {
        for (String place : new String[] {"lld", "../bin/lld", "../bin/ld.lld"}) {
            Path lld = library.resolveSibling(place).normalize();
            if (Files.isExecutable(lld)) {
                return lld;
            }
        }
        throw new LlvmUnavailableException(
                "there is no lld beside " + library + " nor in ../bin: it is needed to link");
    }

    private static LlvmFolder unpacked(Platform platform) {
        LlvmFolder folder = new LlvmFolder(LlvmFolder.cache(), platform);
        try {
            if (!folder.isComplete()) {
                folder.unpack(jar(platform));
            }
            return folder;
        } catch (IOException e) {
            throw new LlvmUnavailableException(
                    "LLVM cannot be unpacked to " + folder.path() + ": " + reason(e));
        }
    }

    private static Path jar(Platform platform) {
        return LlvmJar.find(platform)
                .orElseThrow(() ->
                        new LlvmUnavailableException(
                                platform.jarName()
                                        + " is missing: it is org.bytedeco:llvm:"
                                        + Platform.LLVM
                                        + "-1.5.12:"
                                        + platform.name()
                                        + " on Maven Central; put it on the class path, or into"
                                        + " the folder 'llvm' of the distribution, or name an"
                                        + " installed libLLVM in "
                                        + VARIABLE));
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static SymbolLookup load(Path file) {
        try {
            return DynamicLoader.load(file.toString());
        } catch (LlvmException e) {
            throw new LlvmUnavailableException("libLLVM cannot be loaded: " + e.getMessage());
        }
    }

    private static String version(SymbolLookup symbols) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_INT, 3);
            long address = out.address();
            linker.downcallHandle(
                            symbols.findOrThrow("LLVMGetVersion"),
                            FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG))
                    .invokeExact(address, address + 4, address + 8);
            return out.getAtIndex(JAVA_INT, 0)
                    + "."
                    + out.getAtIndex(JAVA_INT, 1)
                    + "."
                    + out.getAtIndex(JAVA_INT, 2);
        } catch (Throwable t) {
            throw new LlvmUnavailableException("libLLVM does not say its version: " + t);
        }
    }

    public SymbolLookup symbols() {
        return symbols;
    }

    /// The library's file.
    public Path file() {
        return file;
    }

    /// The linker: an executable.
    public Path lld() {
        return lld;
    }

    /// Whether it is the build that Windlass was tested with, and not one that somebody named.
    public boolean isPublished() {
        return isPublished;
    }

    /// The user's folder for what can be made again.
    ///
    /// @throws LlvmUnavailableException if there is none
    public static Path cache() {
        return LlvmFolder.cache();
    }

    /// As `20.1.7`.
    public String version() {
        return version;
    }

    /// Tried once per process: what failed is not tried again.
    private static final class Opened {
        private static @Nullable LlvmLibrary library;
        private static String reason = "";

        static {
            try {
                library = find();
            } catch (LlvmUnavailableException e) {
                reason = String.valueOf(e.getMessage());
            } catch (IllegalCallerException e) {
                reason = "native access is denied: " + e.getMessage();
            }
        }

        static LlvmLibrary orThrow() {
            if (library == null) {
                throw new LlvmUnavailableException(reason);
            }
            return library;
        }
    }
}
