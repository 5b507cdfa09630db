/// What both engines share: the store and everything in it, the boundary, traps, limits, linking.
module dev.windlass.runtime {
    requires static org.jspecify;
    requires transitive dev.windlass.wasm;

    exports dev.windlass.runtime to
            dev.windlass.interpreter,
            dev.windlass.llvm,
            dev.windlass.wasi,
            dev.windlass,
            dev.windlass.spec,
            dev.windlass.cli,
            dev.windlass.bench,
            dev.windlass.fuzz;
    exports dev.windlass.runtime.boundary to
            dev.windlass.interpreter,
            dev.windlass.llvm,
            dev.windlass.wasi,
            dev.windlass,
            dev.windlass.fuzz;
    exports dev.windlass.runtime.numeric to
            dev.windlass.interpreter,
            dev.windlass.llvm;
    exports dev.windlass.runtime.spi to
            dev.windlass.interpreter,
            dev.windlass.llvm,
            dev.windlass,
            dev.windlass.spec,
            dev.windlass.cli,
            dev.windlass.fuzz;
}
