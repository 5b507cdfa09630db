package dev.windlass.wasm.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One command of a test script.
///
/// Identifiers name modules, module instances and threads of the script; a missing identifier
/// means the newest one.
///
/// @see <a href="https://github.com/WebAssembly/spec/tree/main/interpreter#scripts">Scripts</a>
public sealed interface Command {
    /// The line of the script, from 1.
    int line();

    /// `(module ...)`: a module, of which an instance is made.
    record DefineModule(int line, ScriptModule module) implements Command {}

    /// `(module definition ...)`: a module without an instance.
    record DefineOnly(int line, ScriptModule module) implements Command {}

    /// `(module instance $instance $module)`: an instance of a module that was defined before.
    record Instantiate(int line, @Nullable String instance, @Nullable String module)
            implements Command {}

    /// `(register "name" $instance)`: later modules import from the instance by that name.
    record Register(int line, String name, @Nullable String instance) implements Command {}

    /// An action whose results do not matter.
    record Perform(int line, Action action) implements Command {}

    record AssertReturn(int line, Action action, List<ResultPattern> results) implements Command {}

    record AssertTrap(int line, Action action, String text) implements Command {}

    /// The instantiation of the module traps.
    record AssertModuleTrap(int line, ScriptModule module, String text) implements Command {}

    record AssertExhaustion(int line, Action action, String text) implements Command {}

    record AssertException(int line, Action action) implements Command {}

    /// The module is refused, for that kind of reason.
    record AssertRefused(int line, Refusal refusal, ScriptModule module, String text)
            implements Command {}

    /// `(thread $id (shared (module $m)) ...)`: commands that run beside the script.
    ///
    /// @param shared identifiers of the instances that they may use
    record RunThread(int line, @Nullable String id, List<String> shared, List<Command> commands)
            implements Command {}

    /// `(wait $id)`: waits for the end of a thread.
    record Wait(int line, @Nullable String id) implements Command {}

    /// Why a module is refused.
    enum Refusal {
        MALFORMED,
        INVALID,
        UNLINKABLE,
        /// Malformed by way of an annotation.
        MALFORMED_CUSTOM,
        /// Invalid by way of an annotation.
        INVALID_CUSTOM
    }

    /// Something that an instance does.
    sealed interface Action {
        /// The identifier of the instance, or null for the newest one.
        @Nullable String instance();

        /// The name of the export.
        String name();
    }

    /// A call of an exported function.
    record Invoke(@Nullable String instance, String name, List<ScriptValue> arguments)
            implements Action {}

    /// A look at an exported global.
    record Get(@Nullable String instance, String name) implements Action {}
}
