package dev.windlass.llvm.binding;

import dev.windlass.runtime.boundary.CFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/// The system's loader of shared libraries. Unlike the JDK's it says why a library cannot be loaded.
public final class DynamicLoader {
    private static final int RTLD_NOW = 2;

    private static final CFunction DLOPEN = CFunction.named("dlopen");
    private static final CFunction DLSYM = CFunction.named("dlsym");
    private static final CFunction DLCLOSE = CFunction.named("dlclose");
    private static final CFunction DLERROR = CFunction.named("dlerror");

    private DynamicLoader() {}

    /// A library that is loaded.
    ///
    /// @param handle the system's
    public record Loaded(long handle) implements SymbolLookup {
        @Override
        public Optional<MemorySegment> find(String symbol) {
            return DynamicLoader.find(handle, symbol);
        }

        /// Ends one load of it; after the last one its addresses are nobody's.
        public void unload() {
            int status = (int) DLCLOSE.call(handle);
            if (status != 0) {
                throw new AssertionError("dlclose: " + status);
            }
        }
    }

    /// Loads a library; its symbols are not seen by others.
    ///
    /// @throws LlvmException with the system's words
    public static Loaded load(String file) {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(file).address();
            long handle = DLOPEN.call(name, RTLD_NOW);
            if (handle == 0) {
                long error = DLERROR.call();
                throw new LlvmException(error == 0 ? "cannot load " + file : text(error));
            }
            return new Loaded(handle);
        }
    }

    private static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static Optional<MemorySegment> find(long handle, String symbol) {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(symbol).address();
            long address = DLSYM.call(handle, name);
            return address == 0 ? Optional.empty() : Optional.of(MemorySegment.ofAddress(address));
        }
    }
}
