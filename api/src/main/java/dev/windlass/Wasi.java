package dev.windlass;

import dev.windlass.wasi.WasiConfig;
import dev.windlass.wasi.WasiProcess;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Module;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A WASI process: what a guest sees of the world, which is what its configuration names and nothing
/// else. One process serves one program, with all of its threads.
///
/// ```java
/// try (Wasi wasi = Wasi.open(WasiConfig.EMPTY.withInheritedStreams().withArgs(List.of("app")));
///         Store store = new Store(engine)) {
///     Instance app = new Linker().wasi(wasi).instantiate(store, module);
///     int exitCode = wasi.run(app);
/// }
/// ```
public final class Wasi implements AutoCloseable {
    private static final String START = "_start";

    private final WasiProcess process;

    private Wasi(WasiProcess process) {
        this.process = process;
    }

    /// Opens what the configuration names.
    ///
    /// @throws IOException if a directory or listener cannot be opened; the message says which
    public static Wasi open(WasiConfig config) throws IOException {
        return new Wasi(new WasiProcess(config));
    }

    /// Whether a module imports anything of WASI, or a shared memory, as programs with threads do.
    public static boolean isNeededBy(WasmModule module) {
        Module source = module.module();
        return source.imports().stream().anyMatch(i -> isOurs(source, i));
    }

    private static boolean isOurs(Module source, Import i) {
        boolean shared = i.kind() == ExternKind.MEMORY && source.memories().get(i.index()).shared();
        return shared || i.module().startsWith("wasi");
    }

    /// Runs a program: calls its `_start` on this thread and waits for its other threads. Can be done
    /// once.
    ///
    /// @return its exit code
    /// @throws Trap if one of its threads traps
    public int run(Instance program) {
        Func start = program.func(START);
        return run(program.store(), start::call);
    }

    /// As [#run(Instance)], with another beginning than `_start`: an exit within it ends it.
    public int run(Store store, Runnable main) {
        boolean outermost = store.enter();
        try {
            return process.run(store.runtime(), main);
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        } finally {
            store.leave(outermost);
        }
    }

    /// What a guest of the store gets for an import, or null if it is not WASI's.
    dev.windlass.runtime.@Nullable Extern extern(Store store, String module, String name) {
        return process.extern(store.runtime(), module, name);
    }

    WasiProcess process() {
        return process;
    }

    /// Closes all of the guest's descriptors.
    @Override
    public void close() {
        process.close();
    }
}
