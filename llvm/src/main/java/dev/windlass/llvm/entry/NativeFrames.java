package dev.windlass.llvm.entry;

import dev.windlass.llvm.artifact.LineTable;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.runtime.GuestFrame;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// From return addresses of compiled code to the guest's frames. Knows all loaded libraries, without
/// keeping them loaded.
final class NativeFrames {
    /// Where the code of a library came from.
    private static final class Code {
        private final long base;
        private final long end;
        private final byte[] section;
        private final Module module;
        private @Nullable LineTable lines;

        /// How often it is loaded: the system loads a file once.
        private int loads = 1;

        Code(NativeLibrary library, Module module) {
            base = library.base();
            end = library.codeEnd();
            section = library.lines();
            this.module = module;
        }

        /// The offset of the instruction that an address belongs to, or 0. The table is read when
        /// the first guest fails.
        synchronized int offset(long address) {
            LineTable known = lines;
            if (known == null) {
                known = new LineTable(section);
                lines = known;
            }
            return known.line(address - base);
        }
    }

    /// By the first address of the code.
    private static final ConcurrentSkipListMap<Long, Code> LIBRARIES =
            new ConcurrentSkipListMap<>();

    private NativeFrames() {}

    static void add(NativeLibrary library, Module module) {
        long start = library.codeStart();
        add(start, new Code(library, module));
        library.beforeUnloading(() -> remove(start));
    }

    private static synchronized void add(long start, Code code) {
        Code known = LIBRARIES.putIfAbsent(start, code);
        if (known != null) {
            known.loads++;
        }
    }

    private static synchronized void remove(long start) {
        Code code = LIBRARIES.get(start);
        if (code != null && --code.loads == 0) {
            LIBRARIES.remove(start);
        }
    }

    /// The frames whose return addresses a store's state holds, innermost first.
    ///
    /// @param state of the store
    /// @param trapOffset where the innermost frame trapped, or -1 where only its address tells
    static List<GuestFrame> of(long state, int trapOffset) {
        List<GuestFrame> frames = new ArrayList<>();
        long count = Raw.getLong(state + StoreState.FRAME_COUNT);
        for (int i = 0; i < count && frames.size() < GuestFrame.MOST; i++) {
            long address = Raw.getLong(state + StoreState.FRAMES + 8L * i) - 1;
            add(frames, address, i == 0 && trapOffset > 0 ? trapOffset : -1);
        }
        return frames;
    }

    /// Adds the frame of an address, if that is in a guest's function.
    private static void add(List<GuestFrame> frames, long address, int known) {
        Map.Entry<Long, Code> entry = LIBRARIES.floorEntry(address);
        if (entry == null || address >= entry.getValue().end) {
            return;
        }
        Code code = entry.getValue();
        int found = code.offset(address);
        int offset = known > 0 ? known : found;
        if (offset > 0) {
            frames.add(GuestFrame.of(code.module, offset));
        }
    }
}
