package dev.windlass.cli;

import dev.windlass.Engine;
import dev.windlass.wasm.Features;
import java.util.List;
import picocli.CommandLine.Option;

/// `--enable` and `--disable` of the commands that read modules.
final class FeatureOptions {
    @Option(
            names = "--enable",
            paramLabel = "FEATURE",
            description = "switch a feature of the language on; repeatable")
    List<String> enabled = List.of();

    @Option(
            names = "--disable",
            paramLabel = "FEATURE",
            description = "switch a feature of the language off; repeatable")
    List<String> disabled = List.of();

    FeatureOptions() {}

    Features features() {
        Features features = Features.ALL;
        for (String name : disabled) {
            features = features.without(RunParser.feature(name));
        }
        for (String name : enabled) {
            features = features.with(RunParser.feature(name));
        }
        return features;
    }

    Engine engine() {
        return Engine.create().withFeatures(features());
    }
}
