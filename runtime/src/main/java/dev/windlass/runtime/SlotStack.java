package dev.windlass.runtime;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.runtime.device.Region;
import dev.windlass.runtime.device.Regions;
import org.jspecify.annotations.Nullable;

/// The slot stack of a store: guest frames and the arguments of calls, allocated when first needed.
/// Its top and end are in the [StoreState].
final class SlotStack {
    /// A stack takes no more than this part of a small budget.
    private static final int SHARE = 4;

    private static final long SMALLEST = 1 << 16;

    private final MemoryBudget budget;
    private final long wanted;
    private final long state;
    private @Nullable Region region;
    private long bytes;
    private long end;

    SlotStack(MemoryBudget budget, long wanted, long state) {
        this.budget = budget;
        this.wanted = wanted;
        this.state = state;
    }

    private Region region() {
        Region present = region;
        return present != null ? present : allocate();
    }

    private Region allocate() {
        bytes = Math.min(wanted, Math.max(SMALLEST, budget.limit() / SHARE)) & -16;
        MemorySizes.reserve(budget, bytes);
        Region fresh = Regions.allocateFixed(bytes, bytes);
        if (fresh == null) {
            budget.release(bytes);
            throw MemorySizes.outOfMemory(bytes);
        }
        region = fresh;
        Raw.putLong(state + StoreState.SLOT_TOP, fresh.base());
        end = fresh.base() + bytes;
        Raw.putLong(state + StoreState.SLOT_END, end);
        return fresh;
    }

    long top() {
        region();
        return Raw.getLong(state + StoreState.SLOT_TOP);
    }

    void top(long address) {
        Raw.putLong(state + StoreState.SLOT_TOP, address);
    }

    long end() {
        region();
        return end;
    }

    /// All slots that could hold a reference.
    void forEachSlot(HandleTable.Marker marker) {
        Region present = region;
        if (present != null) {
            marker.markRange(present.base(), bytes >>> 3);
        }
    }

    void free() {
        Region present = region;
        if (present != null) {
            budget.release(bytes);
            present.free();
        }
    }
}
