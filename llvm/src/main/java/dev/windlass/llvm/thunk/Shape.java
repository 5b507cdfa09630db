package dev.windlass.llvm.thunk;

import dev.windlass.runtime.boundary.ArgumentPlaces;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.ValType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What of a function type matters to machine code: one letter a value, `i` i32, `l` i64 and
/// references, `f` f32, `d` f64, `v` v128.
///
/// @param params letters of the parameters
/// @param results letters of the results
public record Shape(String params, String results) {
    public static Shape of(FuncType type) {
        return new Shape(letters(type.params()), letters(type.results()));
    }

    /// The shapes of a module's function types, each once, in the order of their first use: the
    /// order of the thunks in a library.
    public static List<Shape> of(Module module) {
        Set<Shape> shapes = new LinkedHashSet<>();
        for (SubType type : module.types()) {
            CompositeType composite = type.composite();
            if (composite instanceof FuncType function) {
                shapes.add(of(function));
            }
        }
        return new ArrayList<>(shapes);
    }

    private static String letters(int[] types) {
        StringBuilder letters = new StringBuilder();
        for (int type : types) {
            letters.append(letter(type));
        }
        return letters.toString();
    }

    private static char letter(int type) {
        return switch (type) {
            case ValType.I32 -> 'i';
            case ValType.F32 -> 'f';
            case ValType.F64 -> 'd';
            case ValType.V128 -> 'v';
            default -> 'l';
        };
    }

    /// Where the arguments of functions travel.
    public ArgumentPlaces places() {
        int[] types = new int[params.length()];
        for (int i = 0; i < types.length; i++) {
            types[i] =
                    switch (params.charAt(i)) {
                        case 'i' -> ValType.I32;
                        case 'f' -> ValType.F32;
                        case 'd' -> ValType.F64;
                        case 'v' -> ValType.V128;
                        default -> ValType.I64;
                    };
        }
        return ArgumentPlaces.of(types);
    }

    /// Slots that arguments and results need in the same place.
    public int slots() {
        return Math.max(slots(params), slots(results));
    }

    private static int slots(String letters) {
        int slots = 0;
        for (int i = 0; i < letters.length(); i++) {
            slots += letters.charAt(i) == 'v' ? 2 : 1;
        }
        return slots;
    }
}
