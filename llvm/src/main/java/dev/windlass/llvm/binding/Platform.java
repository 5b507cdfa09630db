package dev.windlass.llvm.binding;

import dev.windlass.runtime.boundary.CFunction;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The systems that LLVM's published builds are for.
///
/// @param name the last part of the jar's name, and the folder in it
/// @param library what libLLVM is called in the jar
/// @param libraryFile what lld wants it to be called beside itself
record Platform(String name, String library, String libraryFile) {
    /// The version that everything was tested with; the cache folder carries it.
    static final String LLVM = "20.1.7";

    /// The versioned symbols that the published builds need.
    private static final int GLIBC_MINOR = 34;

    private static final Pattern VERSION_2 = Pattern.compile("2\\.[0-9]{1,4}");

    private static final Platform LINUX_X86_64 = linux("linux-x86_64");
    private static final Platform LINUX_ARM64 = linux("linux-arm64");
    private static final Platform MACOS_ARM64 =
            new Platform("macosx-arm64", "libLLVM.dylib", "libLLVM.dylib");

    private static Platform linux(String name) {
        return new Platform(name, "libLLVM.so", "libLLVM.so.20.1");
    }

    /// The system that this runs on.
    ///
    /// @throws LlvmUnavailableException if there is no build of LLVM for it
    static Platform here() {
        return of(HostSystem.NAME, HostSystem.MACHINE, glibc());
    }

    /// @throws LlvmUnavailableException on systems where nothing has been tested, unless forced
    static void checkTested(String system) {
        boolean isMac = system.toLowerCase(Locale.ROOT).startsWith("mac");
        if (isMac && !Boolean.getBoolean(LlvmLibrary.FORCE)) {
            throw new LlvmUnavailableException(
                    "native code has not been tested on macOS: --force, or -D"
                            + LlvmLibrary.FORCE
                            + "=true, tries it");
        }
    }

    /// @param glibc the version of the GNU C library, empty if the C library is another one
    static Platform of(String system, String machine, Optional<String> glibc) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        boolean x86 = machine.equals("amd64") || machine.equals("x86_64");
        if (os.startsWith("linux") && (arm || x86)) {
            checkC(glibc);
            return arm ? LINUX_ARM64 : LINUX_X86_64;
        }
        if (os.startsWith("mac") && arm) {
            return MACOS_ARM64;
        }
        throw new LlvmUnavailableException(
                "there is no build of LLVM for "
                        + system
                        + " on "
                        + machine
                        + ": Linux on x86-64 or arm64, or macOS on arm64 is needed");
    }

    private static void checkC(Optional<String> glibc) {
        String version =
                glibc.orElseThrow(() ->
                        new LlvmUnavailableException(
                                "LLVM needs the GNU C library, this system has another one"
                                        + " (musl?)"));
        if (!VERSION_2.matcher(version).matches()
                || Integer.parseInt(version, 2, version.length(), 10) < GLIBC_MINOR) {
            throw new LlvmUnavailableException(
                    "LLVM needs the GNU C library 2."
                            + GLIBC_MINOR
                            + " or later, this system has "
                            + version);
        }
    }

    private static Optional<String> glibc() {
        try {
            long text = CFunction.named("gnu_get_libc_version").call();
            return Optional.of(
                    MemorySegment.ofAddress(text).reinterpret(Long.MAX_VALUE).getString(0));
        } catch (NoSuchElementException e) {
            // Another library.
            return Optional.empty();
        }
    }

    /// The folder of the jar with the files.
    String entry(String file) {
        return "org/bytedeco/llvm/" + name + "/" + file;
    }

    /// The jar's name as Maven repositories have it.
    String jarName() {
        return "llvm-" + LLVM + "-1.5.12-" + name + ".jar";
    }
}
