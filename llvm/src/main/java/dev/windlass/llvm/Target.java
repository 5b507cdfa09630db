package dev.windlass.llvm;

import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.llvm.binding.TargetMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What machine code is made for.
///
/// @param triple LLVM's name of the system
/// @param cpu LLVM's name of the processor
/// @param features LLVM's list of features
public record Target(String triple, String cpu, String features) {
    /// The systems that code can be made for, by the names on the command line.
    public static final List<String> NAMES = List.of("x86_64-linux", "aarch64-linux");

    /// The levels of x86-64; the first has what WebAssembly's vectors need.
    public static final List<String> X86_LEVELS = List.of("x86-64-v2", "x86-64-v3", "x86-64-v4");

    private static final String NATIVE = "native";
    private static final String GENERIC = "generic";

    /// This machine.
    ///
    /// @throws dev.windlass.llvm.binding.LlvmUnavailableException if LLVM cannot be used
    public static Target here() {
        LlvmLibrary.open();
        return new Target(
                TargetMachine.hostTriple(), TargetMachine.hostCpu(), TargetMachine.hostFeatures());
    }

    /// A named target.
    ///
    /// @param name one of [#NAMES], null for this machine
    /// @param cpu null for this machine's or, if that cannot be, the plainest
    /// @throws IllegalArgumentException for a name that is not known; the message lists those that
    ///     are
    public static Target of(@Nullable String name, @Nullable String cpu) {
        if (name != null && !NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "unknown target '" + name + "'; there are: " + String.join(", ", NAMES));
        }
        Target here = here();
        boolean isHere = name == null || name.equals(here.name());
        if (isHere && (cpu == null || cpu.equals(NATIVE))) {
            return here;
        }
        String system = name == null ? here.name() : name;
        return new Target(triple(system), plain(system, cpu), "");
    }

    private static String plain(String system, @Nullable String cpu) {
        List<String> known = system.startsWith("x86_64") ? X86_LEVELS : List.of(GENERIC);
        if (cpu == null) {
            return known.getFirst();
        }
        if (!known.contains(cpu)) {
            throw new IllegalArgumentException(
                    "unknown processor '"
                            + cpu
                            + "' for "
                            + system
                            + "; there are: "
                            + String.join(", ", known)
                            + ", and native for this machine");
        }
        return cpu;
    }

    private static String triple(String name) {
        return name.replace("-linux", "-unknown-linux-gnu");
    }

    /// The name on the command line.
    private String name() {
        return triple.replaceFirst("-.*linux.*", "-linux");
    }
}
