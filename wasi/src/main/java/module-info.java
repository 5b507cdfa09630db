/// WASI preview 1 and wasi-threads for guests: the table of host functions, and what they do on the
/// host.
module dev.windlass.wasi {
    requires static org.jspecify;
    requires transitive dev.windlass.runtime;
    requires static java.management;

    exports dev.windlass.wasi;
}
