package dev.windlass.wasm.text;

import dev.windlass.wasm.Opcode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a function's body says beside its instructions: where they stand in the text, branch hints
/// and the blocks' labels.
final class BodyNotes {
    static final int NO_HINT = -1;

    /// Pairs of an offset in the body and a hint.
    final IntList hints = new IntList();

    /// The labels of the blocks, in the order of the binary format.
    final List<@Nullable String> labels = new ArrayList<>();

    private boolean inFunction;
    private int hint = NO_HINT;

    /// @param inFunction whether the instructions that follow are a function's
    void begin(boolean inFunction) {
        this.inFunction = inFunction;
        hints.clear();
        labels.clear();
        hint = NO_HINT;
    }

    /// A block's label, or null.
    void block(@Nullable String label) {
        labels.add(label);
    }

    /// An annotation is next: the hint for the instruction after it.
    void readHint(TokenReader in) {
        if (!inFunction || !in.isAnnotation(BranchHints.ANNOTATION)) {
            throw in.unexpected();
        }
        if (hint != NO_HINT) {
            throw in.error(BranchHints.error("duplicate annotation"));
        }
        hint = BranchHints.value(in);
    }

    /// The hint that waits for its instruction, if there is one.
    int takeHint() {
        int taken = hint;
        hint = NO_HINT;
        return taken;
    }

    /// The body ends: no hint may be left over.
    void finish(TokenReader in) {
        if (hint != NO_HINT) {
            throw Place.of(in.tokens.source, in.tokens.start(in.at))
                    .invalid(BranchHints.error("invalid target"));
        }
    }

    /// An instruction is written next.
    ///
    /// @param instructionHint from [#takeHint()]
    void instruction(Opcode opcode, Tokens tokens, int token, int instructionHint, CodeBuffer out) {
        int textOffset = tokens.start(token);
        if (instructionHint != NO_HINT) {
            if (opcode != Opcode.IF && opcode != Opcode.BR_IF) {
                throw Place.of(tokens.source, textOffset)
                        .invalid(BranchHints.error("invalid target"));
            }
            hints.add(out.size());
            hints.add(instructionHint);
        }
        out.mark(textOffset);
    }
}
