package dev.windlass;

import dev.windlass.wasi.ThreadSpawner;
import dev.windlass.wasi.WasiProcess;

/// Starts the threads of a WASI program: each has a store and an instance of its own on the shared
/// memories of the first.
final class GuestThread implements ThreadSpawner {
    private static final String ENTRY = "wasi_thread_start";

    private final WasiProcess process;
    private final Store first;
    private final WasmModule module;
    private final Imports imports;

    /// @param first the program's first store: its limits and fuel are those of each thread
    GuestThread(WasiProcess process, Store first, WasmModule module, Imports imports) {
        this.process = process;
        this.first = first;
        this.module = module;
        this.imports = imports;
    }

    @Override
    public void run(int threadId, int startArg) {
        try (Store store = first.sibling();
                WasiProcess.Attachment _ = process.attach(store.runtime())) {
            Instance instance = imports.instantiate(store, module);
            instance.func(ENTRY).call(threadId, startArg);
        }
    }
}
