/// Fuzz targets, and the generator that makes valid modules of arbitrary bytes.
module dev.windlass.fuzz {
    requires static org.jspecify;
    requires dev.windlass;

    exports dev.windlass.fuzz;
}
