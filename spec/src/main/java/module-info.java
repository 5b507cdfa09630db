/// Runs test scripts (`.wast`) through the embedding API.
module dev.windlass.spec {
    requires static org.jspecify;
    requires transitive dev.windlass;
    requires dev.windlass.runtime;

    exports dev.windlass.spec;
}
