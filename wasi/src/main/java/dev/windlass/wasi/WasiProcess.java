package dev.windlass.wasi;

import dev.windlass.runtime.Extern;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasi.abi.WasiFunction;
import dev.windlass.wasi.host.GuestProcess;
import dev.windlass.wasi.preview1.Preview1;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TypeRegistry;
import dev.windlass.wasm.ValType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A guest's process: descriptors, arguments, threads, exit code. Shared by all stores that its
/// threads run in; each gets host functions of its own, which all act on this one process.
public final class WasiProcess implements AutoCloseable {
    private static final String THREADS_MODULE = "wasi";
    private static final String THREAD_SPAWN = "thread-spawn";

    private final GuestThreads threads = new GuestThreads();
    private final GuestProcess process;
    private volatile @Nullable ThreadSpawner spawner;

    /// Opens what the configuration names.
    ///
    /// @throws IOException if a directory or listener cannot be opened; the message says which
    public WasiProcess(WasiConfig config) throws IOException {
        process = ProcessSetup.open(config, threads);
    }

    /// Lets the guest start threads, with `thread-spawn` of wasi-threads. To be called before the
    /// module is instantiated.
    public void threadSpawner(ThreadSpawner newSpawner) {
        spawner = newSpawner;
    }

    /// What a guest of a store gets for an import, or null if it is not WASI's. Made when asked for.
    public @Nullable Extern extern(RuntimeStore store, String module, String name) {
        if (module.equals(WasiFunction.MODULE)) {
            WasiFunction function = WasiFunction.of(name);
            return function == null ? null : extern(store, function);
        }
        ThreadSpawner current = spawner;
        boolean spawn = module.equals(THREADS_MODULE) && name.equals(THREAD_SPAWN);
        return spawn && current != null ? threadSpawn(store, current) : null;
    }

    private Extern extern(RuntimeStore store, WasiFunction function) {
        return store.newHostFunction(type(function), new Preview1(function, process));
    }

    private static DefType type(WasiFunction function) {
        int[] params = new int[function.params().length()];
        for (int i = 0; i < params.length; i++) {
            params[i] = function.params().charAt(i) == 'l' ? ValType.I64 : ValType.I32;
        }
        return type(function.hasResult() ? FuncType.of(params, ValType.I32) : FuncType.of(params));
    }

    private static DefType type(FuncType type) {
        List<SubType> group = List.of(new SubType(true, List.of(), type));
        return TypeRegistry.canonical(group, new int[] {0})[0];
    }

    private Extern threadSpawn(RuntimeStore store, ThreadSpawner current) {
        HostFunction function =
                (_, _, slots) ->
                        Slots.putI32(slots, 0, threads.spawn(current, Slots.getI32(slots, 0)));
        return store.newHostFunction(
                type(FuncType.of(new int[] {ValType.I32}, ValType.I32)), function);
    }

    /// Says that this thread runs a guest of the process in a store, until the result is closed: the
    /// end of the process interrupts it. If the process has ended already, the store is interrupted.
    public Attachment attach(RuntimeStore store) {
        threads.attach(store);
        return () -> threads.detach(store);
    }

    /// A thread's part in a process.
    public interface Attachment extends AutoCloseable {
        @Override
        void close();
    }

    /// Runs the main thread; its return ends the process, as does an exit or a trap in any thread.
    ///
    /// @param main calls `_start`
    /// @return the exit code: of `proc_exit`, or 0
    /// @throws dev.windlass.runtime.Trap of the thread that trapped first, or whatever else was thrown
    public int run(RuntimeStore store, Runnable main) {
        return threads.run(store, main);
    }

    /// Closes all descriptors. Streams that were given are not closed.
    @Override
    public void close() {
        process.descriptors().closeAll();
    }
}
