/// The command `windlass`.
module dev.windlass.cli {
    requires static org.jspecify;
    requires dev.windlass;
    requires info.picocli;

    opens dev.windlass.cli to
            info.picocli;
}
