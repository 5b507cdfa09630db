package dev.windlass.bench;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// What one run of a program is given: `arguments` start with the program's name, `directories` maps guest to host paths.
public record GuestRun(
        List<String> arguments,
        Map<String, String> environment,
        Map<String, String> directories,
        InputStream in,
        OutputStream out) {}
