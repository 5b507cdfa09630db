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

/// From return addresses of compiled code to the guest's frames. Knows all loaded libraries.
final class NativeFrames {
    /// Where the code of a library came from.
    private static final class Code {
        private final NativeLibrary library;
        private final Module module;
        private @Nullable LineTable lines;

        Code(NativeLibrary library, Module module) {
            this.library = library;
            this.module = module;
        }

        /// The offset of the instruction that an address belongs to, or 0. The table is read when
        /// the first guest fails.
        synchronized int offset(long address) {
            LineTable known = lines;
            if (known == null) {
                known = new LineTable(library.lines());
                lines = known;
            }
            return known.line(address - library.base());
        }
    }

    /// By the first address of the code.
    private static final ConcurrentSkipListMap<Long, Code> LIBRARIES =
            new ConcurrentSkipListMap<>();

    private NativeFrames() {}

    static void add(NativeLibrary library, Module module) {
        LIBRARIES.put(library.codeStart(), new Code(library, module));
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
        if (entry == null || address >= entry.getValue().library.codeEnd()) {
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
