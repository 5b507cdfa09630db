package dev.windlass.runtime.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The system's mmap, mprotect and munmap. Linking them costs a start-up some 100 ms, so the class
/// is not touched before a region is large.
final class PageMapper {
    /// Larger reservations are not tried: the address space of user programs has 47 bits.
    static final long LARGEST = 1L << 46;

    /// At least the page size of every system.
    private static final long PAGE = 1L << 16;

    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE = 2;

    private static final @Nullable PageMapper SYSTEM = find();

    private final int flags;
    private final MethodHandle mmap;
    private final MethodHandle mprotect;
    private final MethodHandle munmap;

    private PageMapper(int flags, Linker linker, SymbolLookup lookup) {
        this.flags = flags;
        mmap =
                linker.downcallHandle(
                        lookup.findOrThrow("mmap"),
                        FunctionDescriptor.of(
                                JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                                JAVA_LONG));
        mprotect =
                linker.downcallHandle(
                        lookup.findOrThrow("mprotect"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
        munmap =
                linker.downcallHandle(
                        lookup.findOrThrow("munmap"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    }

    private static @Nullable PageMapper find() {
        int flags = anonymousFlags(System.getProperty("os.name", "").toLowerCase(Locale.ROOT));
        if (flags == 0 || ValueLayout.ADDRESS.byteSize() != 8) {
            return null;
        }
        try {
            Linker linker = Linker.nativeLinker();
            return new PageMapper(flags, linker, linker.defaultLookup());
        } catch (UnsupportedOperationException | java.util.NoSuchElementException e) {
            // No linker for this system, or a library without these functions: arenas serve.
            return null;
        }
    }

    /// MAP_ANONYMOUS, and MAP_NORESERVE so that untouched pages count nowhere; 0 where unknown.
    private static int anonymousFlags(String system) {
        if (system.contains("linux")) {
            return 0x20 | 0x4000;
        }
        if (system.contains("mac")) {
            return 0x1000 | 0x40;
        }
        return system.contains("freebsd") ? 0x1000 : 0;
    }

    /// Whether this system has them.
    static boolean exists() {
        return SYSTEM != null;
    }

    static long roundUp(long bytes) {
        return (bytes + PAGE - 1) & -PAGE;
    }

    /// Address space that nothing can touch yet, or 0.
    static long reserve(long bytes) {
        PageMapper m = system();
        try {
            int all = MAP_PRIVATE | m.flags;
            long at = (long) m.mmap.invokeExact(MemorySegment.NULL, bytes, PROT_NONE, all, -1, 0L);
            return at == -1 ? 0 : at;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Makes a part of reserved space readable and writable.
    static boolean commit(long address, long bytes) {
        try {
            return (int) system().mprotect.invokeExact(address, bytes, PROT_READ_WRITE) == 0;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    static void release(long address, long bytes) {
        try {
            int status = (int) system().munmap.invokeExact(address, bytes);
            if (status != 0) {
                throw new IllegalStateException("munmap failed");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static PageMapper system() {
        if (SYSTEM == null) {
            throw new IllegalStateException("no mmap here");
        }
        return SYSTEM;
    }
}
