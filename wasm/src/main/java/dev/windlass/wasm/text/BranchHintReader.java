package dev.windlass.wasm.text;

import dev.windlass.wasm.ByteReader;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.CustomSection;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.Types;
import java.util.HashMap;
import java.util.Map;

/// Reads the custom section of branch hints.
final class BranchHintReader {
    private final Module module;
    private final ByteReader in;
    private final Map<Integer, Map<Integer, Integer>> hints = new HashMap<>();

    private BranchHintReader(Module module, CustomSection section) {
        this.module = module;
        in = new ByteReader(module.bytes(), section.start(), section.end());
    }

    /// For each function its hints by the instruction's offset in the module. Empty if there is no
    /// such section, or if it is not just as the annotations of a text would make it.
    static Map<Integer, Map<Integer, Integer>> read(Module module) {
        CustomSection section = module.customSection(BranchHints.ANNOTATION);
        if (section == null) {
            return Map.of();
        }
        BranchHintReader reader = new BranchHintReader(module, section);
        try {
            return reader.readsAll() ? reader.hints : Map.of();
        } catch (MalformedException e) {
            // A damaged custom section is printed as bytes.
            return Map.of();
        }
    }

    private boolean readsAll() {
        int functions = in.u32();
        int last = -1;
        while (functions-- > 0) {
            int function = in.u32();
            boolean defined =
                    function > last
                            && function >= module.importedCount(ExternKind.FUNC)
                            && function < module.functionCount();
            if (!defined || !readsFunction(function)) {
                return false;
            }
            last = function;
        }
        return in.atEnd();
    }

    private boolean readsFunction(int function) {
        Map<Integer, Integer> found = new HashMap<>();
        int start = module.body(function).start();
        int count = in.u32();
        int last = -1;
        for (int i = 0; i < count; i++) {
            int offset = in.u32();
            boolean ascends = offset > last;
            if (!ascends || in.u8() != 1) {
                return false;
            }
            int value = in.u8();
            found.put(start + offset, value);
            last = offset;
            if (value > 1) {
                return false;
            }
        }
        hints.put(function, found);
        return count > 0 && targets(function, found) == found.size();
    }

    /// How many of the hints stand at an instruction that can have one.
    private int targets(int function, Map<Integer, Integer> found) {
        Cursor cursor =
                new Cursor(
                        module.bytes(),
                        module.body(function).start(),
                        module.body(function).end(),
                        module.features());
        int runs = cursor.u32();
        while (runs-- > 0) {
            cursor.u32();
            Types.readValType(cursor, module.features());
        }
        int targets = 0;
        while (cursor.next()) {
            boolean takesHint = cursor.opcode == Opcode.IF || cursor.opcode == Opcode.BR_IF;
            targets += takesHint && found.containsKey(cursor.offset0) ? 1 : 0;
        }
        return targets;
    }
}
