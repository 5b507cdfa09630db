package dev.windlass.wasm;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An immutable set of the language's features that are on.
public final class Features {
    /// WebAssembly 3.0 and threads, custom page sizes, wide arithmetic, branch hints and the legacy
    /// form of exceptions.
    public static final Features ALL = new Features(EnumSet.allOf(Feature.class));

    private final EnumSet<Feature> on;

    /// Made when first asked for; a race makes it twice, which does no harm.
    @SuppressWarnings("Immutable")
    private volatile @Nullable Opcode @Nullable [] oneByteOpcodes;

    private Features(EnumSet<Feature> on) {
        this.on = on;
    }

    public boolean has(Feature feature) {
        return on.contains(feature);
    }

    /// The instructions of one byte by their code, null for those that are off. Not to be written to.
    @Nullable Opcode[] oneByteOpcodes() {
        @Nullable Opcode[] known = oneByteOpcodes;
        if (known == null) {
            known = new Opcode[256];
            for (int code = 0; code < known.length; code++) {
                Opcode op = Opcode.of(0, code);
                known[code] = op != null && has(op.feature()) ? op : null;
            }
            oneByteOpcodes = known;
        }
        return known;
    }

    /// A copy with the feature off.
    ///
    /// @throws IllegalArgumentException for [Feature#CORE]
    public Features without(Feature feature) {
        if (feature == Feature.CORE) {
            throw new IllegalArgumentException("the core language cannot be switched off");
        }
        EnumSet<Feature> copy = EnumSet.copyOf(on);
        copy.remove(feature);
        return new Features(copy);
    }

    /// A copy with the feature on.
    public Features with(Feature feature) {
        EnumSet<Feature> copy = EnumSet.copyOf(on);
        copy.add(feature);
        return new Features(copy);
    }

    /// The features that are on, as a set that the caller may keep.
    public Set<Feature> toSet() {
        return EnumSet.copyOf(on);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Features f && f.on.equals(on);
    }

    @Override
    public int hashCode() {
        return on.hashCode();
    }

    @Override
    public String toString() {
        return on.toString();
    }
}
