package dev.windlass.runtime;

import java.util.ArrayList;
import java.util.List;

/// A guest's fault, on its way to whoever called the guest. Has no Java stack trace; the guest's
/// frames are filled in by the engine when it leaves the guest.
public final class Trap extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final TrapKind kind;
    private transient List<GuestFrame> frames = List.of();

    public Trap(TrapKind kind) {
        this(kind, kind.text());
    }

    /// @param message begins with the kind's text
    public Trap(TrapKind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public TrapKind kind() {
        return kind;
    }

    /// The guest's frames, innermost first.
    public List<GuestFrame> frames() {
        return frames;
    }

    /// Called by engines: frames of an outer part of the stack are appended.
    public void addFrames(List<GuestFrame> outer) {
        List<GuestFrame> all = new ArrayList<>(frames);
        all.addAll(outer);
        frames = all;
    }
}
