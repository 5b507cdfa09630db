package dev.windlass.cli;

import dev.windlass.wasm.Features;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command line of `run` asks for. Filled by [RunParser], read afterwards.
final class RunSettings {
    /// A folder that the program gets.
    ///
    /// @param host its path here
    /// @param guest its name there
    record Dir(String host, String guest) {}

    String engine = "auto";
    Features features = Features.ALL;
    final List<Dir> dirs = new ArrayList<>();
    final Map<String, String> env = new LinkedHashMap<>();
    final List<String> listeners = new ArrayList<>();
    @Nullable String argv0;
    @Nullable String invoke;
    @Nullable Duration timeout;
    @Nullable Long fuel;
    @Nullable Long maxMemory;
    @Nullable Long stackSize;
    boolean precompiled;
    @Nullable Integer level;
    @Nullable String memoryMode;
    @Nullable String compileIn;
    boolean force;
    @Nullable Long testMix;
    boolean stats;
    String module = "";
    List<String> args = List.of();
}
