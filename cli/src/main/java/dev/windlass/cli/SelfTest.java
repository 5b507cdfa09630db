package dev.windlass.cli;

import dev.windlass.Engine;
import dev.windlass.Instance;
import dev.windlass.Linker;
import dev.windlass.Signature;
import dev.windlass.Store;
import dev.windlass.Trap;
import dev.windlass.WasmModule;

/// A small module that computes, traps and touches memory: enough to see whether an engine works.
final class SelfTest {
    static final String MODULE =
            """
            (module
              (memory 1)
              (func (export "sum") (param i32) (result i32) (local i32)
                (loop
                  (local.set 1 (i32.add (local.get 1) (local.get 0)))
                  (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                (i32.store (i32.const 8) (local.get 1))
                (i32.load (i32.const 8)))
              (func (export "outside") (result i32) (i32.load (i32.const 65536))))
            """;

    private SelfTest() {}

    /// @throws IllegalStateException if a result is wrong
    static String run() {
        Engine engine = Engine.create();
        try (Store store = new Store(engine)) {
            Instance instance = new Linker().instantiate(store, WasmModule.parse(engine, MODULE));
            int sum = instance.func("sum").as(Signature.I32_TO_I32).applyAsInt(100);
            if (sum != 5050) {
                throw new IllegalStateException("1 + ... + 100 gave " + sum);
            }
            return traps(instance);
        }
    }

    private static String traps(Instance instance) {
        try {
            instance.func("outside").call();
        } catch (Trap e) {
            return "passed";
        }
        throw new IllegalStateException("an access outside memory did not trap");
    }
}
