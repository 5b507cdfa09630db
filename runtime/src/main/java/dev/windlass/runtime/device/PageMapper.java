package dev.windlass.runtime.device;

import dev.windlass.runtime.boundary.CFunction;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The system's mmap, mprotect and munmap. Linking them costs a start-up some 20 ms, a multiple of
/// that where nothing was trained, so the class is not touched before a region is large.
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
    private final CFunction mmap = CFunction.named("mmap");
    private final CFunction mprotect = CFunction.named("mprotect");
    private final CFunction munmap = CFunction.named("munmap");

    private PageMapper(int flags) {
        this.flags = flags;
    }

    private static @Nullable PageMapper find() {
        int flags = anonymousFlags(System.getProperty("os.name", "").toLowerCase(Locale.ROOT));
        if (flags == 0 || ValueLayout.ADDRESS.byteSize() != 8) {
            return null;
        }
        try {
            return new PageMapper(flags);
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
        long at = m.mmap.call(0, bytes, PROT_NONE, MAP_PRIVATE | m.flags, -1, 0);
        return at == -1 ? 0 : at;
    }

    /// Makes a part of reserved space readable and writable.
    static boolean commit(long address, long bytes) {
        return (int) system().mprotect.call(address, bytes, PROT_READ_WRITE) == 0;
    }

    static void release(long address, long bytes) {
        int status = (int) system().munmap.call(address, bytes);
        if (status != 0) {
            throw new IllegalStateException("munmap failed");
        }
    }

    private static PageMapper system() {
        if (SYSTEM == null) {
            throw new IllegalStateException("no mmap here");
        }
        return SYSTEM;
    }
}
