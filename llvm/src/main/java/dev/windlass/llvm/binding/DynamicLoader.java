package dev.windlass.llvm.binding;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The system's loader of shared libraries. Unlike the JDK's it says why a library cannot be loaded.
public final class DynamicLoader {
    private static final int RTLD_NOW = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle DLOPEN =
            function("dlopen", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle DLSYM =
            function("dlsym", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle DLCLOSE =
            function("dlclose", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle DLERROR =
            function("dlerror", FunctionDescriptor.of(JAVA_LONG));

    private DynamicLoader() {}

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
    }

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
            try {
                int status = (int) DLCLOSE.invokeExact(handle);
                if (status != 0) {
                    throw new AssertionError("dlclose: " + status);
                }
            } catch (Throwable t) {
                throw new AssertionError(t);
            }
        }
    }

    /// Loads a library; its symbols are not seen by others.
    ///
    /// @throws LlvmException with the system's words
    public static Loaded load(String file) {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(file).address();
            long handle = (long) DLOPEN.invokeExact(name, RTLD_NOW);
            if (handle == 0) {
                long error = (long) DLERROR.invokeExact();
                throw new LlvmException(error == 0 ? "cannot load " + file : text(error));
            }
            return new Loaded(handle);
        } catch (LlvmException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static Optional<MemorySegment> find(long handle, String symbol) {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(symbol).address();
            long address = (long) DLSYM.invokeExact(handle, name);
            return address == 0 ? Optional.empty() : Optional.of(MemorySegment.ofAddress(address));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
