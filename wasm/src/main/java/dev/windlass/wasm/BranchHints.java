package dev.windlass.wasm;

import dev.windlass.wasm.internal.Errors;
import java.util.Arrays;

/// The branch hints of a module: which way an `if` or `br_if` is likely to go. A compiler may lay out
/// code by them; they never change a result.
///
/// @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Branch hints</a>
public final class BranchHints {
    /// The custom section that holds them.
    public static final String SECTION = "metadata.code.branch_hint";

    private static final BranchHints NONE = new BranchHints(new long[0], new boolean[0]);

    /// Function and offset, in ascending order.
    private final long[] places;

    private final boolean[] likely;

    private BranchHints(long[] places, boolean[] likely) {
        this.places = places;
        this.likely = likely;
    }

    /// The hints of a module; none if it has no such section, the section is damaged, or
    /// [Feature#BRANCH_HINTS] is off.
    public static BranchHints of(Module module) {
        if (!module.features().has(Feature.BRANCH_HINTS)) {
            return NONE;
        }
        try {
            return read(module);
        } catch (MalformedException e) {
            return NONE;
        }
    }

    /// The hints of a module.
    ///
    /// @throws MalformedException if the section is damaged
    public static BranchHints read(Module module) {
        CustomSection section = module.customSection(SECTION);
        if (section == null) {
            return NONE;
        }
        return new Reader(module, section).read();
    }

    /// The number of hints.
    public int size() {
        return places.length;
    }

    /// The function of a hint, by its number from 0.
    public int function(int number) {
        return (int) (places[number] >>> 32);
    }

    /// The offset of a hint's instruction from the start of the function's body.
    public int offset(int number) {
        return (int) places[number];
    }

    /// Whether the branch of a hint is likely taken, or an `if` likely entered.
    public boolean isLikely(int number) {
        return likely[number];
    }

    /// The number of the hint for an instruction, or a negative number if there is none.
    ///
    /// @param offset from the start of the function's body
    public int find(int function, int offset) {
        return Arrays.binarySearch(places, place(function, offset));
    }

    private static long place(int function, int offset) {
        return ((long) function << 32) | offset;
    }

    /// Reads the section.
    private static final class Reader {
        private final Module module;
        private final ByteReader in;
        private long[] places = new long[16];
        private boolean[] likely = new boolean[16];
        private int count;

        Reader(Module module, CustomSection section) {
            this.module = module;
            in = new ByteReader(module.bytes(), section.start(), section.end());
        }

        BranchHints read() {
            int functions = in.u32();
            for (int i = 0; i != functions; i++) {
                function();
            }
            if (!in.atEnd()) {
                throw Errors.branchHint("junk after section", in.position());
            }
            return new BranchHints(Arrays.copyOf(places, count), Arrays.copyOf(likely, count));
        }

        private void function() {
            int at = in.position();
            int function = in.u32();
            int first = module.importedCount(ExternKind.FUNC);
            if (function < first || function >= module.functionCount()) {
                throw Errors.branchHint("not in a function", at);
            }
            int hints = in.u32();
            for (int i = 0; i != hints; i++) {
                hint(function);
            }
        }

        private void hint(int function) {
            int at = in.position();
            int offset = in.u32();
            if (offset < 0 || in.u32() != 1) {
                throw Errors.branchHint("malformed hint", at);
            }
            int value = in.u8();
            if (value > 1) {
                throw Errors.branchHint("malformed hint", at);
            }
            add(place(function, offset), value == 1, at);
        }

        private void add(long place, boolean isLikely, int at) {
            if (count > 0 && place <= places[count - 1]) {
                throw Errors.branchHint("duplicate annotation", at);
            }
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
                likely = Arrays.copyOf(likely, 2 * count);
            }
            places[count] = place;
            likely[count++] = isLikely;
        }
    }
}
