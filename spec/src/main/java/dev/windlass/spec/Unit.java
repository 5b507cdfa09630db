package dev.windlass.spec;

import dev.windlass.Extern;
import java.util.Map;

/// What a script's name of an instance stands for.
sealed interface Unit {
    /// An instance, as what it exports.
    record Present(Map<String, Extern> exports) implements Unit {}

    /// There is none, because its module needs what is not supported yet.
    record Unsupported(String reason) implements Unit {}

    /// There is none, because a command before has failed.
    record Missing(String reason) implements Unit {}
}
