/// The command `windlass`.
module dev.windlass.cli {
    requires static org.jspecify;
    requires dev.windlass;
    requires dev.windlass.spec;
    requires info.picocli;

    opens dev.windlass.cli to
            info.picocli;
}
