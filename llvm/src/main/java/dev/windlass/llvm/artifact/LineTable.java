package dev.windlass.llvm.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The line table of a library (DWARF 4, section `.debug_line`), in which lines are offsets in the
/// guest's module.
///
/// @see <a href="https://dwarfstd.org/doc/DWARF4.pdf">DWARF 4, section 6.2</a>
public final class LineTable {
    private static final int VERSION = 4;

    // Standard opcodes.
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;

    // Extended opcodes.
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;

    /// @param line 0 if the code from here on stands for several places, [#NONE] if there is no code
    private record Row(long address, int line) {}

    private static final int NONE = -1;

    private final ByteBuffer in;
    private final List<Row> rows = new ArrayList<>();
    private final long[] addresses;
    private final int[] lines;

    // The state machine.
    private long address;
    private int line;

    // The unit's header.
    private int minimumLength;
    private int lineBase;
    private int lineRange;
    private int opcodeBase;
    private int[] operands = {};

    /// @param section the section's bytes; may be empty
    public LineTable(byte[] section) {
        in = ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= Integer.BYTES) {
            int end = in.getInt() + in.position();
            unit(end);
            in.position(end);
        }
        rows.sort(Comparator.comparingLong(Row::address));
        addresses = rows.stream().mapToLong(Row::address).toArray();
        lines = rows.stream().mapToInt(Row::line).toArray();
        rows.clear();
    }

    /// The line of an address, or 0 outside of what the table describes. Where several places share
    /// code it is the one before, in the same function.
    public int line(long wanted) {
        int low = 0;
        int high = addresses.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (addresses[middle] <= wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int row = low - 1;
        while (row > 0 && lines[row] == 0) {
            row--;
        }
        return row < 0 || lines[row] == NONE ? 0 : lines[row];
    }

    private void unit(int end) {
        if (in.getShort() != VERSION) {
            return;
        }
        int program = in.getInt() + in.position();
        minimumLength = in.get();
        in.getShort(); // operations per instruction, and whether rows begin statements
        lineBase = in.get();
        lineRange = in.get();
        opcodeBase = in.get();
        operands = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) {
            operands[i] = in.get();
        }
        in.position(program);
        reset();
        while (in.position() < end) {
            instruction(Byte.toUnsignedInt(in.get()));
        }
    }

    private void reset() {
        address = 0;
        line = 1;
    }

    private void instruction(int opcode) {
        if (opcode >= opcodeBase) {
            int adjusted = opcode - opcodeBase;
            address += (long) adjusted / lineRange * minimumLength;
            line += lineBase + adjusted % lineRange;
            row(line);
            return;
        }
        switch (opcode) {
            case 0 -> extended();
            case COPY -> row(line);
            case ADVANCE_PC -> address += unsignedLeb() * minimumLength;
            case ADVANCE_LINE -> line += (int) signedLeb();
            case CONST_ADD_PC -> address += (long) (255 - opcodeBase) / lineRange * minimumLength;
            case FIXED_ADVANCE_PC -> address += Short.toUnsignedInt(in.getShort());
            default -> {
                for (int i = 0; i < operands[opcode]; i++) {
                    unsignedLeb();
                }
            }
        }
    }

    private void extended() {
        int length = (int) unsignedLeb();
        int end = in.position() + length;
        switch (in.get()) {
            case END_SEQUENCE -> {
                row(NONE);
                reset();
            }
            case SET_ADDRESS -> address = in.getLong();
            default -> {}
        }
        in.position(end);
    }

    /// Of several rows at one address the last counts.
    private void row(int at) {
        if (!rows.isEmpty() && rows.getLast().address == address) {
            rows.removeLast();
        }
        rows.add(new Row(address, at));
    }

    private long unsignedLeb() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private long signedLeb() {
        long value = 0;
        int shift = 0;
        byte b;
        do {
            b = in.get();
            value |= (long) (b & 0x7F) << shift;
            shift += 7;
        } while (b < 0);
        return value << (64 - Math.min(shift, 64)) >> (64 - Math.min(shift, 64));
    }
}
