package dev.windlass.llvm.compile;

import java.util.Map;
import java.util.Set;

/// A piece of work for LLVM: what one object file is made of.
public sealed interface Job {
    /// Functions of the module.
    ///
    /// @param from the first
    /// @param to after the last
    /// @param interpreted those that get no native code, with the reason
    /// @param output what is made of them
    record Functions(int from, int to, Map<Integer, String> interpreted, Output output)
            implements Job {
        public Functions {
            interpreted = Map.copyOf(interpreted);
        }
    }

    /// The support code: the same for all modules.
    record Support() implements Job {}

    /// The table of the library and the thunks.
    ///
    /// @param interpreted functions without native code
    record Table(Set<Integer> interpreted) implements Job {
        public Table {
            interpreted = Set.copyOf(interpreted);
        }
    }
}
