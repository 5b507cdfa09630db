package dev.windlass.llvm.artifact;

import dev.windlass.llvm.binding.DynamicLoader;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.compile.TableObject;
import dev.windlass.llvm.thunk.Shape;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A loaded library of a module: where its functions and thunks are. It is unloaded when nobody has
/// this object any more, unless something of it serves the whole process ([#keep]). Whoever may run
/// its code has this object: an instance in a store that is not closed, by way of its module's code.
public final class NativeLibrary {
    private static final int PT_LOAD = 1;
    private static final int PF_X = 1;

    /// The section with the line table.
    static final String LINES = ".debug_line";

    private final long table;
    private final int imported;
    private final int defined;
    private final Map<Shape, Integer> shapes = new HashMap<>();
    private final byte[] lines;
    private final Unloading unloading;

    private static final Cleaner CLEANER = Cleaner.create();

    /// What happens at the end. Has no reference to the library, which else would never end.
    private static final class Unloading implements Runnable {
        private final DynamicLoader.Loaded loaded;
        private final List<Runnable> before = new ArrayList<>();
        private boolean isKept;

        Unloading(DynamicLoader.Loaded loaded) {
            this.loaded = loaded;
        }

        synchronized void keep() {
            isKept = true;
        }

        synchronized void before(Runnable action) {
            before.add(action);
        }

        @Override
        public synchronized void run() {
            if (!isKept) {
                before.forEach(Runnable::run);
                loaded.unload();
            }
        }
    }

    private NativeLibrary(DynamicLoader.Loaded loaded, Module module, byte[] lines) {
        table = loaded.findOrThrow(TableObject.SYMBOL).address();
        this.lines = lines;
        unloading = new Unloading(loaded);
        CLEANER.register(this, unloading);
        imported = module.importedCount(ExternKind.FUNC);
        defined = number(TableObject.Cell.DEFINED);
        List<Shape> all = Shape.of(module);
        for (int i = 0; i < all.size(); i++) {
            shapes.put(all.get(i), i);
        }
    }

    /// Loads a library that was made from this module.
    ///
    /// @throws IOException if it cannot be read
    /// @throws LlvmException with the system's words, if it cannot be loaded
    public static NativeLibrary load(Path file, Module module) throws IOException {
        byte[] lines;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            lines = new ElfSections(ByteSource.of(channel)).contentOrEmpty(LINES);
        }
        return of(DynamicLoader.load(file.toString()), module, lines);
    }

    /// A library that is loaded already.
    static NativeLibrary of(DynamicLoader.Loaded loaded, Module module, byte[] lines) {
        return new NativeLibrary(loaded, module, lines);
    }

    /// Never unloads it.
    public void keep() {
        unloading.keep();
    }

    /// Adds what is to be done before it is unloaded.
    ///
    /// @param action without a reference to the library
    public void beforeUnloading(Runnable action) {
        unloading.before(action);
    }

    private int number(int index) {
        return Raw.getInt(table + 4L * index);
    }

    private int number(TableObject.Cell cell) {
        return number(cell.index());
    }

    private long address(int index) {
        int distance = number(index);
        return distance == 0 ? 0 : table + distance;
    }

    private long address(TableObject.Cell cell) {
        return address(cell.index());
    }

    /// The address of `wl_enter`.
    public long enter() {
        return address(TableObject.Cell.ENTER);
    }

    /// Where the call in `wl_enter` returns to.
    public long enterReturn() {
        return address(TableObject.Cell.RETURN);
    }

    /// The handler of SIGSEGV, or 0.
    public long signalHandler() {
        return address(TableObject.Cell.SIGNAL);
    }

    /// The cell for the address of the handler's state, or 0.
    public long signalState() {
        return address(TableObject.Cell.SIGNAL_STATE);
    }

    /// Where the library begins: addresses in its file count from here.
    public long base() {
        return address(TableObject.Cell.START);
    }

    /// Whether its functions call each other through their records.
    public boolean isLinked() {
        return number(TableObject.Cell.IS_LINKED) != 0;
    }

    /// Whether its functions pay for their instructions.
    public boolean countsFuel() {
        return number(TableObject.Cell.COUNTS_FUEL) != 0;
    }

    /// The section with the line table, or nothing if it was stripped.
    public byte[] lines() {
        return lines;
    }

    /// The first address of the machine code.
    public long codeStart() {
        return address(TableObject.Cell.START) + Raw.getLong(codeHeader() + 16);
    }

    /// The address after the machine code.
    public long codeEnd() {
        return codeStart() + Raw.getLong(codeHeader() + 40);
    }

    /// The program header (ELF, 64 bits) of the executable segment.
    private long codeHeader() {
        long elf = address(TableObject.Cell.START);
        int count = Short.toUnsignedInt(Raw.getShort(elf + 56));
        int size = Short.toUnsignedInt(Raw.getShort(elf + 54));
        for (int i = 0; i < count; i++) {
            long header = elf + Raw.getLong(elf + 32) + (long) i * size;
            if (Raw.getInt(header) == PT_LOAD && (Raw.getInt(header + 4) & PF_X) != 0) {
                return header;
            }
        }
        throw new LlvmException("the library has no code");
    }

    /// The code of a function that the module defines, or 0.
    public long code(int function) {
        return address(TableObject.HEADER + function - imported);
    }

    public Iterable<Shape> shapes() {
        return shapes.keySet();
    }

    /// The thunk that enters functions of a shape, or 0 if the module has none of it.
    public long enterThunk(Shape shape) {
        return thunk(shape, 0);
    }

    /// The bridge of a shape, or 0 if the module has none of it.
    public long bridge(Shape shape) {
        return thunk(shape, 1);
    }

    private long thunk(Shape shape, int which) {
        Integer number = shapes.get(shape);
        return number == null
                ? 0
                : address(TableObject.HEADER + defined + TableObject.PER_SHAPE * number + which);
    }
}
