package dev.windlass.llvm;

import dev.windlass.llvm.entry.SignalTraps;
import dev.windlass.wasm.MemoryType;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/// How a module is compiled.
///
/// @param level 0 to 2
/// @param memoryMode how accesses to guest memory are kept inside
/// @param triple LLVM's name of the target
/// @param cpu LLVM's name of the processor
/// @param features LLVM's list of features
/// @param threads how many compile at a time
/// @param isLinked whether functions of the module call each other through their records, so that
///     they can be replaced while the program runs; else the module is sealed
/// @param countsFuel whether the code pays for its instructions
/// @param interpreted says which functions get no native code, as tests of mixed execution want it
public record CompileOptions(
        int level,
        MemoryMode memoryMode,
        String triple,
        String cpu,
        String features,
        int threads,
        boolean isLinked,
        boolean countsFuel,
        IntPredicate interpreted) {
    /// How accesses to guest memory are kept inside it.
    public enum MemoryMode {
        /// A comparison and a branch before each access.
        EXPLICIT,

        /// The hardware's page protection, where the memory's kind allows it; else as above.
        GUARD;

        private static final int WASM_PAGE_LOG2 = 16;

        /// What is used here unless asked otherwise: `-Dwindlass.llvm.memory=explicit` asks for
        /// checks; else the hardware's protection is used where it can be.
        public static MemoryMode here() {
            boolean isExplicit = "explicit".equals(System.getProperty("windlass.llvm.memory"));
            return isExplicit || !SignalTraps.arePossible() ? EXPLICIT : GUARD;
        }

        /// Whether accesses to memories of a type rely on the hardware's protection.
        public boolean guards(MemoryType type) {
            return this == GUARD && !type.is64() && type.pageSizeLog2() == WASM_PAGE_LOG2;
        }
    }

    /// For this machine and process.
    ///
    /// @throws dev.windlass.llvm.binding.LlvmUnavailableException if LLVM cannot be used
    public static CompileOptions forThisMachine() {
        Target target = Target.here();
        CompileOptions options =
                new CompileOptions(
                        Integer.getInteger("windlass.llvm.level", 1),
                        MemoryMode.here(),
                        target.triple(),
                        target.cpu(),
                        target.features(),
                        Runtime.getRuntime().availableProcessors(),
                        Boolean.getBoolean("windlass.llvm.linked"),
                        Boolean.getBoolean("windlass.llvm.fuel"),
                        f -> false);
        Long seed = Long.getLong("windlass.llvm.mix");
        return seed == null ? options : options.mixed(seed);
    }

    /// For tests of mixed execution: leaves about half of the functions to the interpreter.
    /// `-Dwindlass.llvm.mix=SEED` does it everywhere.
    ///
    /// @param seed of the choice
    public CompileOptions mixed(long seed) {
        // Neighbouring seeds of java.util.Random begin alike.
        return withInterpreted(f -> new SplittableRandom(seed * 0x9E37_79B9L + f).nextBoolean());
    }

    public CompileOptions forTarget(Target target) {
        return new CompileOptions(
                level,
                memoryMode,
                target.triple(),
                target.cpu(),
                target.features(),
                threads,
                isLinked,
                countsFuel,
                interpreted);
    }

    public CompileOptions withMemoryMode(MemoryMode other) {
        return new CompileOptions(
                level, other, triple, cpu, features, threads, isLinked, countsFuel, interpreted);
    }

    /// The same, but certain functions get no native code.
    public CompileOptions withInterpreted(IntPredicate functions) {
        return new CompileOptions(
                level, memoryMode, triple, cpu, features, threads, isLinked, countsFuel, functions);
    }

    public CompileOptions atLevel(int other) {
        return new CompileOptions(
                other,
                memoryMode,
                triple,
                cpu,
                features,
                threads,
                isLinked,
                countsFuel,
                interpreted);
    }

    /// The same, but functions can be replaced while they run.
    public CompileOptions linked() {
        return new CompileOptions(
                level, memoryMode, triple, cpu, features, threads, true, countsFuel, interpreted);
    }

    /// The same, but the code pays for its instructions, and runs where fuel is counted.
    public CompileOptions countingFuel() {
        return new CompileOptions(
                level, memoryMode, triple, cpu, features, threads, isLinked, true, interpreted);
    }

    /// Whether a function gets no native code by request.
    public boolean isInterpreted(int function) {
        return interpreted.test(function);
    }
}
