/// The command `windlass`.
module dev.windlass.cli {
    requires static org.jspecify;
    requires dev.windlass;
    requires static dev.windlass.llvm;
    requires dev.windlass.runtime;
    requires dev.windlass.spec;
    requires info.picocli;

    opens dev.windlass.cli to
            info.picocli;
}
