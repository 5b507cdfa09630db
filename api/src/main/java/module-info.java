/// The embedding API: engines, modules, stores, and what lives in them, for Java programs.
module dev.windlass {
    requires static org.jspecify;
    requires transitive dev.windlass.wasm;
    requires transitive dev.windlass.wasi;
    requires dev.windlass.runtime;

    exports dev.windlass;
    exports dev.windlass.internal to
            dev.windlass.spec,
            dev.windlass.cli,
            dev.windlass.bench,
            dev.windlass.fuzz;

    uses dev.windlass.runtime.spi.ExecutionEngine;
}
