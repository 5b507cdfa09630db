package dev.windlass;

import dev.windlass.internal.Engines;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Features;

/// How guests are read and executed: the language's features, limits, the way of execution.
/// Immutable and shared between threads; each `withX` returns a copy.
///
/// ```java
/// Engine engine = Engine.create().without(Feature.THREADS);
/// ```
public final class Engine {
    static {
        Engines.access((engine, execution) ->
                new Engine(execution, engine.features, engine.limits, engine.hasJavaStackTraces));
    }

    private final ExecutionEngine execution;
    private final Features features;
    private final ResourceLimits limits;
    private final boolean hasJavaStackTraces;

    private Engine(
            ExecutionEngine execution,
            Features features,
            ResourceLimits limits,
            boolean hasJavaStackTraces) {
        this.execution = execution;
        this.features = features;
        this.limits = limits;
        this.hasJavaStackTraces = hasJavaStackTraces;
    }

    /// The automatic engine, all features on, default limits.
    public static Engine create() {
        return new Engine(Engines.automatic(), Features.ALL, ResourceLimits.DEFAULT, true);
    }

    /// A copy that executes by the engine of that name: `auto`, `interpreter` or `llvm`.
    ///
    /// @throws IllegalArgumentException if there is no such engine; the message lists them
    /// @throws IllegalStateException if it cannot be used on this machine; the message says why
    public Engine withExecution(String name) {
        ExecutionEngine chosen = name.equals("auto") ? Engines.automatic() : Engines.named(name);
        return new Engine(chosen, features, limits, hasJavaStackTraces);
    }

    /// A copy with another set of features.
    public Engine withFeatures(Features newFeatures) {
        return new Engine(execution, newFeatures, limits, hasJavaStackTraces);
    }

    /// A copy with a feature switched off.
    public Engine without(Feature feature) {
        return withFeatures(features.without(feature));
    }

    /// A copy whose stores have these limits.
    public Engine withLimits(ResourceLimits newLimits) {
        return new Engine(execution, features, newLimits, hasJavaStackTraces);
    }

    /// A copy in whose stores a [Trap] or [GuestException] that ends a call does or does not say
    /// where in Java the call was. It does unless this is switched off; that takes about a
    /// microsecond, most of what a trap costs. [Trap#frames()] has the guest's frames in any case.
    public Engine withJavaStackTraces(boolean wanted) {
        return new Engine(execution, features, limits, wanted);
    }

    /// The name of the way of execution.
    public String executionName() {
        return execution.name();
    }

    public Features features() {
        return features;
    }

    public ResourceLimits limits() {
        return limits;
    }

    boolean hasJavaStackTraces() {
        return hasJavaStackTraces;
    }

    ExecutionEngine execution() {
        return execution;
    }

    @Override
    public String toString() {
        return "Engine[" + execution.name() + "]";
    }
}
