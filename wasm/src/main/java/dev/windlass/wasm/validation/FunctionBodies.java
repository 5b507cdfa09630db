package dev.windlass.wasm.validation;

import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Validates all function bodies of a module, on several threads if there is enough code. The error
/// reported is the one with the lowest offset, however many threads there are.
final class FunctionBodies {
    /// Code below this size is not worth a second thread.
    private static final int PARALLEL_SIZE = 1 << 20;

    private static final int MAX_THREADS = 8;

    /// Functions that a thread takes at once.
    private static final int BATCH = 64;

    private final ModuleContext context;
    private final int end;
    private final AtomicInteger next;
    private final AtomicReference<@Nullable Failure> first = new AtomicReference<>();

    private FunctionBodies(ModuleContext context) {
        this.context = context;
        end = context.functionCount;
        next = new AtomicInteger(context.module.importedCount(ExternKind.FUNC));
    }

    /// @param function where the error is: functions come in the order of offsets
    private record Failure(int function, Throwable error) {}

    static void validate(ModuleContext context) {
        new FunctionBodies(context).run(threads(context.module));
    }

    private static int threads(Module module) {
        int imported = module.importedCount(ExternKind.FUNC);
        int count = module.functionCount();
        if (imported == count) {
            return 1;
        }
        int size = module.body(count - 1).end() - module.body(imported).start();
        return size < PARALLEL_SIZE
                ? 1
                : Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    }

    private void run(int threads) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            others.add(
                    Thread.ofPlatform().daemon().name("windlass-validator-" + i).start(this::work));
        }
        work();
        others.forEach(FunctionBodies::join);
        Failure failure = first.get();
        if (failure != null) {
            throw rethrown(failure.error);
        }
    }

    private static RuntimeException rethrown(Throwable error) {
        if (error instanceof Error e) {
            throw e;
        }
        return (RuntimeException) error;
    }

    private static void join(Thread thread) {
        boolean isInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        FunctionValidator validator = new FunctionValidator(context);
        while (true) {
            int from = next.getAndAdd(BATCH);
            if (from >= end || from < 0) {
                return;
            }
            for (int function = from; function < Math.min(from + BATCH, end); function++) {
                if (isBehindFailure(function)) {
                    return;
                }
                validate(validator, function);
            }
        }
    }

    private boolean isBehindFailure(int function) {
        Failure failure = first.get();
        return failure != null && failure.function < function;
    }

    private void validate(FunctionValidator validator, int function) {
        try {
            validator.validate(function);
        } catch (RuntimeException | Error e) {
            Failure failure = new Failure(function, e);
            first.accumulateAndGet(
                    failure, (a, b) -> a == null || (b != null && b.function < a.function) ? b : a);
        }
    }
}
