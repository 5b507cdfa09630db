package dev.windlass.cli;

import dev.windlass.wasi.WasiConfig;
import dev.windlass.wasi.WasiDirectory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the options of `run` give a program of the world.
final class WasiSettings {
    private WasiSettings() {}

    static WasiConfig of(RunSettings settings) {
        WasiConfig config =
                WasiConfig.EMPTY
                        .withInheritedStreams()
                        .withArgs(args(settings))
                        .withEnv(settings.env)
                        .withDirectories(
                                settings.dirs.stream().map(WasiSettings::directory).toList());
        for (String listener : settings.listeners) {
            config = config.withListener(address(listener));
        }
        return config;
    }

    private static List<String> args(RunSettings settings) {
        List<String> args = new ArrayList<>();
        args.add(settings.argv0 == null ? settings.module : settings.argv0);
        if (settings.invoke == null) {
            args.addAll(settings.args);
        }
        return args;
    }

    private static WasiDirectory directory(RunSettings.Dir dir) {
        Path host = Path.of(dir.host());
        if (!Files.isDirectory(host)) {
            throw new InputException(
                    "--dir '"
                            + dir.host()
                            + "' "
                            + (Files.exists(host) ? "is not a folder" : "does not exist")
                            + "; give an existing folder");
        }
        return new WasiDirectory(host, dir.guest(), false);
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon >= 0 && port >= 0 && port <= 0xFFFF) {
                boolean bracketed = host.startsWith("[") && host.endsWith("]");
                String name = bracketed ? host.substring(1, host.length() - 1) : host;
                return new InetSocketAddress(name.isEmpty() ? "0.0.0.0" : name, port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException("--tcplisten takes HOST:PORT, not '" + text + "'");
    }
}
