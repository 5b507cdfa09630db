package dev.windlass.llvm.binding;

/// The system that this runs on, by Java's names.
public final class HostSystem {
    public static final String NAME = System.getProperty("os.name", "");
    public static final String MACHINE = System.getProperty("os.arch", "");

    private HostSystem() {}

    public static boolean isLinux() {
        return NAME.startsWith("Linux");
    }
}
