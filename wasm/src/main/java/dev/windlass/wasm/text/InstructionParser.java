package dev.windlass.wasm.text;

import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses instructions, folded or not, into the bytes of an expression.
///
/// What is open is kept in a list of frames, not on Java's stack, so that only [ImplementationLimits#NESTING]
/// limits how deep a text nests.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/instructions.html">Text format:
///     instructions</a>
final class InstructionParser {
    /// What is open.
    private enum Kind {
        /// `block ... end`, not folded.
        BLOCK,
        /// `(block ...)`.
        FOLDED_BLOCK,
        /// `(i32.add ...)`: operands, then the instruction.
        FOLDED_PLAIN,
        /// `(if ...` before `(then`.
        CONDITION,
        /// `(if ... (then ...)` after the condition.
        FOLDED_IF,
        /// `(try ...`, between its parts.
        FOLDED_TRY,
        /// `(then ...`, `(else ...`, `(do ...` or `(catch ...`.
        PART
    }

    private static final class Frame {
        final Kind kind;

        /// The instruction; of a block that is not folded, its last part (`else`, `catch`).
        Opcode opcode;

        /// The keyword of the last part of a folded `if` or `try`.
        String lastPart = "";

        /// The token of its keyword.
        final int token;

        @Nullable String label;

        /// Its bytes, if they come after its operands.
        byte[] pending = {};

        int hint = BodyNotes.NO_HINT;

        Frame(Kind kind, Opcode opcode, int token) {
            this.kind = kind;
            this.opcode = opcode;
            this.token = token;
        }
    }

    private final TokenReader in;
    private final ImmediateParser immediates;
    private final LabelStack labels;
    private final BodyNotes notes;
    private final List<Frame> frames = new ArrayList<>();

    private final ByteWriter scratch = new ByteWriter();

    private CodeBuffer out = new CodeBuffer();

    InstructionParser(TokenReader in, ImmediateParser immediates, BodyNotes notes) {
        this.in = in;
        this.immediates = immediates;
        this.labels = immediates.labels;
        this.notes = notes;
    }

    /// Instructions up to a closing parenthesis that belongs to none of them.
    void instructions(CodeBuffer into) {
        begin(into);
        while (!frames.isEmpty() || !in.isRight()) {
            step();
        }
    }

    /// One folded instruction.
    void folded(CodeBuffer into) {
        begin(into);
        if (in.kind() != Token.LEFT) {
            throw in.unexpected();
        }
        do {
            step();
        } while (!frames.isEmpty());
    }

    private void begin(CodeBuffer into) {
        out = into;
        frames.clear();
    }

    private void step() {
        switch (in.kind()) {
            case LEFT -> open();
            case RIGHT -> close();
            case KEYWORD -> unfolded();
            case ANNOTATION -> notes.readHint(in);
            default -> throw in.unexpected();
        }
    }

    private @Nullable Frame top() {
        return frames.isEmpty() ? null : frames.get(frames.size() - 1);
    }

    private Frame push(Kind kind, Opcode opcode, int token) {
        if (frames.size() == ImplementationLimits.NESTING) {
            throw in.error(
                    "nesting too deep: at most " + ImplementationLimits.NESTING + " are supported");
        }
        Frame frame = new Frame(kind, opcode, token);
        frames.add(frame);
        return frame;
    }

    private Frame pop() {
        return frames.remove(frames.size() - 1);
    }

    // Not folded.

    private void unfolded() {
        Frame top = top();
        if (top != null && top.kind != Kind.BLOCK && !takesInstructions(top.kind)) {
            throw in.unexpected();
        }
        int token = in.at;
        Opcode opcode = Keywords.opcode(in.keyword());
        switch (opcode) {
            case null -> throw in.unexpected(token);
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> {
                String label = in.identifier();
                emit(opcode, token);
                enter(push(Kind.BLOCK, opcode, token), label);
            }
            case ELSE, CATCH, CATCH_ALL -> middle(opcode, token);
            case END -> end(token);
            case DELEGATE -> delegate(token);
            default -> emit(opcode, token);
        }
    }

    /// Whether a list of that kind takes instructions that are not folded.
    private static boolean takesInstructions(Kind kind) {
        return kind == Kind.FOLDED_BLOCK || kind == Kind.PART;
    }

    /// Writes an instruction where it stands.
    private void emit(Opcode opcode, int token) {
        notes.instruction(opcode, in.tokens, token, notes.takeHint(), out);
        immediates.instruction(opcode, out.bytes);
    }

    /// The label of a block comes into scope.
    private void enter(Frame frame, @Nullable String label) {
        frame.label = label;
        labels.push(label);
        notes.block(label);
    }

    private Frame openBlock(int token) {
        Frame top = top();
        if (top == null || top.kind != Kind.BLOCK) {
            throw in.tokens.error(token, "unexpected token " + in.tokens.text(token));
        }
        return top;
    }

    private void middle(Opcode opcode, int token) {
        Frame block = openBlock(token);
        boolean fits =
                switch (opcode) {
                    case ELSE -> block.opcode == Opcode.IF;
                    default -> block.opcode == Opcode.TRY || block.opcode == Opcode.CATCH;
                };
        if (!fits) {
            throw in.tokens.error(token, "unexpected token " + in.tokens.text(token));
        }
        block.opcode = opcode;
        emit(opcode, token);
        if (opcode == Opcode.ELSE) {
            checkLabel(block);
        }
    }

    private void end(int token) {
        Frame block = openBlock(token);
        checkLabel(block);
        emit(Opcode.END, token);
        labels.pop();
        pop();
    }

    private void checkLabel(Frame block) {
        int token = in.at;
        String label = in.identifier();
        if (label != null && !label.equals(block.label)) {
            throw in.tokens.error(token, "mismatching label $" + label);
        }
    }

    private void delegate(int token) {
        Frame block = openBlock(token);
        if (block.opcode != Opcode.TRY) {
            throw in.tokens.error(token, "unexpected token " + in.tokens.text(token));
        }
        labels.pop();
        emit(Opcode.DELEGATE, token);
        pop();
    }

    // Folded.

    private void open() {
        Frame top = top();
        int token = in.at + 1;
        String keyword = in.keywordAfterLeft();
        if (keyword.isEmpty()) {
            throw in.unexpected(token);
        }
        if (top != null && isPart(top, keyword)) {
            in.at += 2;
            part(top, keyword, token);
            return;
        }
        Opcode opcode = Keywords.opcode(keyword);
        if (opcode == null || (top != null && !takesFolded(top.kind))) {
            throw in.unexpected(token);
        }
        in.at += 2;
        open(opcode, token);
    }

    private static boolean takesFolded(Kind kind) {
        return switch (kind) {
            case BLOCK, FOLDED_BLOCK, FOLDED_PLAIN, CONDITION, PART -> true;
            case FOLDED_IF, FOLDED_TRY -> false;
        };
    }

    private void open(Opcode opcode, int token) {
        switch (opcode) {
            case BLOCK, LOOP, TRY_TABLE -> {
                String label = in.identifier();
                emit(opcode, token);
                enter(push(Kind.FOLDED_BLOCK, opcode, token), label);
            }
            case TRY -> {
                String label = in.identifier();
                emit(opcode, token);
                enter(push(Kind.FOLDED_TRY, opcode, token), label);
                if (!in.isLeft("do")) {
                    throw unexpectedAfterLeft();
                }
            }
            case IF -> {
                String label = in.identifier();
                defer(push(Kind.CONDITION, opcode, token)).label = label;
            }
            case ELSE, CATCH, CATCH_ALL, END, DELEGATE -> throw in.unexpected(token);
            default -> defer(push(Kind.FOLDED_PLAIN, opcode, token));
        }
    }

    private MalformedException unexpectedAfterLeft() {
        return in.unexpected(in.kind() == Token.LEFT ? in.at + 1 : in.at);
    }

    /// Keeps the instruction's bytes for after its operands.
    private Frame defer(Frame frame) {
        frame.hint = notes.takeHint();
        immediates.instruction(frame.opcode, scratch.clear());
        frame.pending = scratch.toByteArray();
        return frame;
    }

    private void emitDeferred(Frame frame) {
        notes.instruction(frame.opcode, in.tokens, frame.token, frame.hint, out);
        out.bytes.bytes(frame.pending);
    }

    private static boolean isPart(Frame top, String keyword) {
        return switch (top.kind) {
            case CONDITION -> keyword.equals("then");
            case FOLDED_IF -> keyword.equals("else") && top.lastPart.equals("then");
            case FOLDED_TRY ->
                    switch (keyword) {
                        case "do" -> top.lastPart.isEmpty();
                        case "catch", "catch_all" ->
                                top.lastPart.equals("do") || top.lastPart.equals("catch");
                        case "delegate" -> top.lastPart.equals("do");
                        default -> false;
                    };
            case BLOCK, FOLDED_BLOCK, FOLDED_PLAIN, PART -> false;
        };
    }

    private void part(Frame top, String keyword, int token) {
        switch (keyword) {
            case "then" -> {
                emitDeferred(pop());
                Frame rest = push(Kind.FOLDED_IF, Opcode.IF, top.token);
                rest.lastPart = keyword;
                enter(rest, top.label);
            }
            case "do" -> top.lastPart = keyword;
            case "delegate" -> {
                foldedDelegate(token);
                return;
            }
            default -> {
                top.lastPart = keyword;
                emit(partOpcode(keyword), token);
            }
        }
        push(Kind.PART, Opcode.NOP, token);
    }

    private static Opcode partOpcode(String keyword) {
        return switch (keyword) {
            case "else" -> Opcode.ELSE;
            case "catch" -> Opcode.CATCH;
            default -> Opcode.CATCH_ALL;
        };
    }

    private void foldedDelegate(int token) {
        labels.pop();
        emit(Opcode.DELEGATE, token);
        in.right();
        in.right();
        pop();
    }

    private void close() {
        Frame top = top();
        if (top == null || top.kind == Kind.BLOCK || top.kind == Kind.CONDITION) {
            throw in.unexpected();
        }
        int token = in.at++;
        pop();
        switch (top.kind) {
            case FOLDED_PLAIN -> emitDeferred(top);
            case FOLDED_BLOCK, FOLDED_IF, FOLDED_TRY -> {
                emit(Opcode.END, token);
                labels.pop();
            }
            case BLOCK, CONDITION, PART -> {}
        }
    }
}
