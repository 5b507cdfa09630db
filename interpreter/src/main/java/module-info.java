/// The interpreter: the reference engine.
module dev.windlass.interpreter {
    requires static org.jspecify;
    requires dev.windlass.runtime;

    provides dev.windlass.runtime.spi.ExecutionEngine with
            dev.windlass.interpreter.Interpreter;
}
