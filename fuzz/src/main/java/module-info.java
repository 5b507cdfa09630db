/// Fuzz targets, and the generator that makes valid modules of arbitrary bytes.
module dev.windlass.fuzz {
    requires static org.jspecify;
    requires dev.windlass;
    requires dev.windlass.llvm;
    requires dev.windlass.runtime;
    requires java.management;
    // For PlantedFaultsMain among the tests.
    requires static java.compiler;

    uses dev.windlass.runtime.spi.ExecutionEngine;

    exports dev.windlass.fuzz;
}
