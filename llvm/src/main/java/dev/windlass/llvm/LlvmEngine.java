package dev.windlass.llvm;

import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.llvm.binding.LlvmUnavailableException;
import dev.windlass.llvm.entry.Bridges;
import dev.windlass.llvm.entry.Entry;
import dev.windlass.llvm.entry.NativeFunction;
import dev.windlass.llvm.worker.SelfTest;
import dev.windlass.llvm.worker.WorkerPool;
import dev.windlass.llvm.worker.WorkerUnavailableException;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import java.lang.System.Logger.Level;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// The LLVM engine: native code is there when a module is loaded. What has no native code runs on the
/// interpreter; where fuel is counted, so does what was not compiled to count it.
public final class LlvmEngine implements ExecutionEngine {
    private static final System.Logger LOG = System.getLogger("dev.windlass.llvm");

    private final ExecutionEngine interpreter = findInterpreter();
    private final CodeSource source;

    /// For the service loader: compiles for this machine.
    public LlvmEngine() {
        this(new HostCompiler());
    }

    public LlvmEngine(CodeSource source) {
        this.source = source;
    }

    /// Compiles with the options that hold when a module is loaded. LLVM is not touched before.
    private static final class HostCompiler implements CodeSource {
        @Override
        public NativeLibrary library(Module module) {
            Compiler compiler =
                    new Compiler(
                            CompileOptions.forThisMachine(),
                            Isolation.ofEmbedder(),
                            Compiler.Progress.NONE);
            NativeLibrary library = compiler.library(module);
            warn(compiler.report());
            return library;
        }

        /// Nobody asks an embedded compiler for its report.
        private static void warn(@Nullable CompileReport report) {
            if (report != null) {
                report.interpreted().values().stream()
                        .filter(WorkerPool::isLoss)
                        .findFirst()
                        .ifPresent(reason ->
                                LOG.log(Level.WARNING, "Functions stay interpreted: " + reason));
            }
        }

        @Override
        public CompileOptions.MemoryMode memoryMode() {
            return CompileOptions.MemoryMode.here();
        }
    }

    private static ExecutionEngine findInterpreter() {
        return ServiceLoader.load(ExecutionEngine.class, LlvmEngine.class.getClassLoader()).stream()
                .filter(p -> p.type() != LlvmEngine.class)
                .map(ServiceLoader.Provider::get)
                .filter(e -> e.name().equals("interpreter"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the interpreter is missing"));
    }

    @Override
    public String name() {
        return "llvm";
    }

    @Override
    public String description() {
        LlvmLibrary library = LlvmLibrary.open();
        String tested = library.isPublished() ? "" : " (installed; passed its self-test)";
        return "available: LLVM " + library.version() + " in " + library.file() + tested;
    }

    @Override
    public @Nullable String obstacle() {
        try {
            return SelfTest.obstacle(LlvmLibrary.open(), interpreter.getClass());
        } catch (LlvmUnavailableException e) {
            return e.getMessage();
        }
    }

    @Override
    public ModuleCode load(Module module) {
        ModuleCode interpreted = interpreter.load(module);
        NativeLibrary library;
        try {
            library = source.library(module);
        } catch (WorkerUnavailableException e) {
            LOG.log(Level.WARNING, "A module stays interpreted: " + e.getMessage());
            return new BridgedCode(interpreted);
        }
        return new LlvmModuleCode(interpreted, library, source.memoryMode());
    }

    @Override
    public boolean guards(MemoryType type) {
        return source.memoryMode().guards(type);
    }

    @Override
    public void invoke(RuntimeStore store, FunctionInstance function, long slots) {
        NativeFunction code = nativeFunction(function);
        if (code == null) {
            interpreter.invoke(store, function, slots);
        } else {
            code.invoke(slots);
        }
    }

    @Override
    public @Nullable FunctionInstance invokeUpToTailCall(
            RuntimeStore store, FunctionInstance function, long slots) {
        NativeFunction code = nativeFunction(function);
        if (code == null) {
            return interpreter.invokeUpToTailCall(store, function, slots);
        }
        code.invoke(slots);
        return null;
    }

    /// What to call for a function, or null where it runs on the interpreter.
    private static @Nullable NativeFunction nativeFunction(FunctionInstance function) {
        NativeFunction code =
                function.engineState() instanceof NativeFunction known ? known : find(function);
        return code != null && code.isUsable() ? code : null;
    }

    private static @Nullable NativeFunction find(FunctionInstance function) {
        ModuleInstance instance = function.instance();
        if (instance != null
                && instance.code() instanceof LlvmModuleCode code
                && code.isNative(function.index())) {
            NativeFunction found = code.function(function);
            function.engineState(found);
            return found;
        }
        return null;
    }

    @Override
    public void link(FunctionInstance hostFunction) {
        Bridges.link(hostFunction.record(), hostFunction.funcType());
    }

    @Override
    public void close(RuntimeStore store) {
        Entry.close(store);
    }
}
