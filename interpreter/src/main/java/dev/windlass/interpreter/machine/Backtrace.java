package dev.windlass.interpreter.machine;

import dev.windlass.runtime.GuestFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the frames of a trap from the continuations.
final class Backtrace {
    private Backtrace() {}

    /// @param at the offset of the instruction that trapped, or -1 if no guest's code was running
    /// @param bottom the index of the driver's first continuation
    static List<GuestFrame> of(
            @Nullable InstanceState current, int at, Block[] rs, int sp, int bottom) {
        List<GuestFrame> frames = new ArrayList<>();
        InstanceState state = current;
        if (state != null && at >= 0) {
            frames.add(frame(state, at));
        }
        for (int i = sp - 1; i > bottom && frames.size() < GuestFrame.MOST; i--) {
            if (rs[i] instanceof ReturnTo r) {
                state = r.state;
            } else if (state != null) {
                frames.add(frame(state, rs[i].at));
            }
        }
        return frames;
    }

    private static GuestFrame frame(InstanceState state, int at) {
        return GuestFrame.of(state.instance.module(), at);
    }
}
