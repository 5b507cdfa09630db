package dev.windlass.llvm;

import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ModuleCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Guests trap on four threads while others make Java itself fault: null is dereferenced, stacks
/// overflow, garbage is collected. Every trap must be the right one, every fault of Java's too.
/// Arguments: how many traps.
final class GuestsAndJavaFaultsMain {
    private static final int THREADS = 4;
    private static final int VALUE = 4711;

    private static final String TEXT =
            """
            (module (memory (export "m") 1)
              (func $load (export "load") (param $depth i32) (param $at i32) (result i32)
                (if (result i32) (local.get $depth)
                  (then (i32.add (i32.const 1)
                    (call $load (i32.sub (local.get $depth) (i32.const 1)) (local.get $at))))
                  (else (i32.load (local.get $at)))))
              (func (export "store") (param i32 i32) (v128.store (local.get 1) (v128.const i64x2 1 2)))
              (func (export "divide") (param i32 i32)
                (drop (i32.div_u (local.get 0) (i32.const 0))))
              (func (export "unreachable") (param i32 i32) unreachable)
              (func $endless (export "endless") (param i32 i32)
                (call $endless (local.get 0) (local.get 1)) (i32.store (i32.const 0) (i32.const 0))))
            """;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong faults = new AtomicLong();

    private GuestsAndJavaFaultsMain() {}

    public static void main(String[] arguments) throws Exception {
        new GuestsAndJavaFaultsMain().run(Long.parseLong(arguments[0]));
    }

    private void run(long traps) throws Exception {
        LlvmEngine engine = new LlvmEngine();
        ModuleCode code = engine.load(Program.module(TEXT));
        List<Callable<Long>> others = List.of(this::nulls, this::overflows, this::garbage);
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS + others.size())) {
            List<Future<Long>> running = new ArrayList<>();
            others.forEach(other -> running.add(executor.submit(other)));
            List<Future<Long>> guests = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                guests.add(executor.submit(() -> guest(engine, code, traps / THREADS)));
            }
            long sum = sum(guests);
            isOver.set(true);
            System.out.printf("%d traps, %d faults of Java's%n", sum, sum(running));
        }
    }

    private static long sum(List<Future<Long>> futures)
            throws ExecutionException, InterruptedException {
        long sum = 0;
        for (Future<Long> future : futures) {
            sum += future.get();
        }
        return sum;
    }

    // Guests.

    private static long guest(LlvmEngine engine, ModuleCode code, long traps) {
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            Program program = new Program(engine, store);
            ModuleInstance instance = Instantiation.instantiate(store, code, List.of());
            Raw.putInt(Program.base(instance) + 8, VALUE);
            for (long i = 0; i < traps; i++) {
                int depth = (int) (i % 20);
                check(program.callI32(instance, "load", depth, 8) == VALUE + depth, "a result");
                trap(program, instance, i, depth);
            }
        }
        return traps;
    }

    private static void trap(Program program, ModuleInstance instance, long i, int depth) {
        boolean isDeepest = i % 5000 == 0;
        switch (isDeepest ? 4 : (int) (i % 4)) {
            case 0 -> trap(program, instance, "load", depth, TrapKind.MEMORY_OUT_OF_BOUNDS);
            case 1 -> trap(program, instance, "store", 0, TrapKind.MEMORY_OUT_OF_BOUNDS);
            case 2 -> trap(program, instance, "divide", 0, TrapKind.INTEGER_DIVIDE_BY_ZERO);
            case 3 -> trap(program, instance, "unreachable", 0, TrapKind.UNREACHABLE);
            default -> trap(program, instance, "endless", -1, TrapKind.CALL_STACK_EXHAUSTED);
        }
    }

    /// @param depth frames below the one that traps, or -1 for any number
    private static void trap(
            Program program, ModuleInstance instance, String name, int depth, TrapKind kind) {
        try {
            program.call(instance, name, depth, 65_533);
        } catch (Trap trap) {
            check(trap.kind() == kind, name + " trapped: " + trap.kind());
            check(
                    depth < 0 || trap.frames().size() == depth + 1,
                    name + " has frames: " + trap.frames().size());
            return;
        }
        throw new AssertionError(name + " did not trap");
    }

    private static void check(boolean isRight, String what) {
        if (!isRight) {
            throw new AssertionError("not as it should be: " + what);
        }
    }

    // Java.

    private static final class Cell {
        int value = 1;
    }

    private static int value(@Nullable Cell cell) {
        @SuppressWarnings("NullAway") // provoked
        int value = cell.value;
        return value;
    }

    /// Java finds out by a fault of the hardware that an object is missing.
    private long nulls() {
        Cell cell = new Cell();
        long found = 0;
        while (!isOver.get()) {
            for (int i = 0; i < 1000; i++) {
                check(value(cell) == 1, "a field");
            }
            try {
                value(null);
                throw new AssertionError("null was dereferenced");
            } catch (NullPointerException e) {
                found++;
            }
        }
        return found;
    }

    private long overflows() {
        long found = 0;
        while (!isOver.get()) {
            try {
                descend(0);
            } catch (StackOverflowError e) {
                found++;
            }
        }
        return found;
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private long descend(long depth) {
        faults.lazySet(depth);
        return descend(depth + 1) + 1;
    }

    private long garbage() throws InterruptedException {
        long collections = 0;
        while (!isOver.get()) {
            for (int i = 0; i < 100; i++) {
                faults.addAndGet(new byte[100_000].length);
            }
            System.gc();
            collections++;
            Thread.sleep(5);
        }
        return collections;
    }
}
