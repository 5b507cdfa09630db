package dev.windlass.bench;

import dev.windlass.Engine;
import dev.windlass.Instance;
import dev.windlass.Linker;
import dev.windlass.Signature;
import dev.windlass.Store;
import dev.windlass.Trap;
import dev.windlass.WasmModule;
import java.util.concurrent.TimeUnit;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to go from Java to a guest, from a guest to Java, and to trap; through the public API.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BoundaryBenchmark {
    private static final int CALLS = 1000;

    private static final String GUEST =
            """
            (module
              (import "host" "add" (func $host (param i32 i32) (result i32)))
              (memory 1)
              (func (export "add") (param i32 i32) (result i32)
                (i32.add (local.get 0) (local.get 1)))
              (func (export "host") (param $n i32) (result i32) (local $sum i32)
                (loop $again
                  (local.set $sum (call $host (local.get $sum) (local.get $n)))
                  (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (local.get $sum))
              (func (export "trap") (param i32) (result i32) unreachable)
              (func $deep (param i32) (result i32)
                (if (i32.eqz (local.get 0)) (then unreachable))
                (i32.add (call $deep (i32.sub (local.get 0) (i32.const 1))) (i32.const 1)))
              (func (export "deep") (param i32) (result i32) (call $deep (local.get 0)))
              (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))
            """;

    @Param({"llvm", "interpreter"})
    public String engine;

    private Store store;
    private IntBinaryOperator add;
    private IntUnaryOperator host;
    private IntUnaryOperator trap;
    private IntUnaryOperator bareTrap;
    private Store bareStore;
    private IntUnaryOperator deep;
    private IntUnaryOperator load;
    private int next;

    @Setup
    public void instantiate() {
        Engine chosen = Engine.create().withExecution(engine);
        store = new Store(chosen);
        Instance instance = instantiate(store);
        add = instance.func("add").as(Signature.I32_I32_TO_I32);
        host = instance.func("host").as(Signature.I32_TO_I32);
        trap = instance.func("trap").as(Signature.I32_TO_I32);
        deep = instance.func("deep").as(Signature.I32_TO_I32);
        load = instance.func("load").as(Signature.I32_TO_I32);
        bareStore = new Store(chosen.withJavaStackTraces(false));
        bareTrap = instantiate(bareStore).func("trap").as(Signature.I32_TO_I32);
    }

    private static Instance instantiate(Store store) {
        Linker linker = new Linker().func("host", "add", Signature.I32_I32_TO_I32, (a, b) -> a + b);
        return linker.instantiate(store, WasmModule.parse(store.engine(), GUEST));
    }

    @TearDown
    public void close() {
        store.close();
        bareStore.close();
    }

    @Benchmark
    public int javaToGuest() {
        return add.applyAsInt(next++, 7);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int guestToJava() {
        return host.applyAsInt(CALLS);
    }

    @Benchmark
    public Trap explicitTrap() {
        return trapOf(trap, 0);
    }

    @Benchmark
    public Trap explicitTrapWithoutJavaStackTrace() {
        return trapOf(bareTrap, 0);
    }

    @Benchmark
    public Trap explicitTrapBelowTenFrames() {
        return trapOf(deep, 8);
    }

    @Benchmark
    public Trap outOfBoundsTrap() {
        return trapOf(load, -4);
    }

    private static Trap trapOf(IntUnaryOperator guest, int argument) {
        try {
            guest.applyAsInt(argument);
            throw new AssertionError("no trap");
        } catch (Trap expected) {
            return expected;
        }
    }
}
