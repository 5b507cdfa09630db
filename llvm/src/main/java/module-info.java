/// The LLVM engine: WebAssembly to shared libraries, and running them.
module dev.windlass.llvm {
    requires static org.jspecify;
    requires dev.windlass.runtime;

    uses dev.windlass.runtime.spi.ExecutionEngine;

    provides dev.windlass.runtime.spi.ExecutionEngine with
            dev.windlass.llvm.LlvmEngine;

    exports dev.windlass.llvm.artifact to
            dev.windlass.cli;
    exports dev.windlass.llvm.compile to
            dev.windlass.cli;
    exports dev.windlass.llvm.binding to
            dev.windlass.cli;
    exports dev.windlass.llvm.explore to
            dev.windlass.cli;
    exports dev.windlass.llvm to
            dev.windlass,
            dev.windlass.cli,
            dev.windlass.spec,
            dev.windlass.bench,
            dev.windlass.fuzz;
}
