package dev.windlass.llvm;

import dev.windlass.llvm.artifact.Lld;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.llvm.binding.LlvmUnavailableException;
import dev.windlass.llvm.binding.TargetMachine;
import dev.windlass.llvm.compile.CompiledModule;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.llvm.entry.Bridges;
import dev.windlass.llvm.entry.Entry;
import dev.windlass.llvm.entry.SignalTraps;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The LLVM engine: compiles a module when it is loaded. What has no native code, and guests whose
/// fuel is counted, run on the interpreter.
public final class LlvmEngine implements ExecutionEngine {
    private final ExecutionEngine interpreter = findInterpreter();

    /// For the service loader.
    public LlvmEngine() {}

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
        return "available: LLVM " + library.version() + " in " + library.file();
    }

    @Override
    public @Nullable String obstacle() {
        try {
            LlvmLibrary.open();
            return null;
        } catch (LlvmUnavailableException e) {
            return e.getMessage();
        }
    }

    @Override
    public ModuleCode load(Module module) {
        CompileOptions options = options();
        CompiledModule compiled = ModuleCompiler.compile(module, options, p -> {});
        try {
            Path library = Files.createTempFile("windlass", ".so");
            try {
                Lld.link(compiled.objects(), library);
                return new LlvmModuleCode(
                        interpreter.load(module),
                        NativeLibrary.load(library, module),
                        options.memoryMode());
            } finally {
                Files.delete(library);
            }
        } catch (IOException e) {
            throw new LlvmException("the library cannot be written: " + e.getMessage());
        }
    }

    private static CompileOptions options() {
        return new CompileOptions(
                Integer.getInteger("windlass.llvm.level", 1),
                memoryMode(),
                TargetMachine.hostTriple(),
                TargetMachine.hostCpu(),
                TargetMachine.hostFeatures(),
                Runtime.getRuntime().availableProcessors(),
                mix());
    }

    /// `-Dwindlass.llvm.memory=explicit` asks for checks; else the hardware's protection is used
    /// where it can be.
    private static CompileOptions.MemoryMode memoryMode() {
        boolean isExplicit = "explicit".equals(System.getProperty("windlass.llvm.memory"));
        return isExplicit || !SignalTraps.arePossible()
                ? CompileOptions.MemoryMode.EXPLICIT
                : CompileOptions.MemoryMode.GUARD;
    }

    @Override
    public boolean guards(MemoryType type) {
        return memoryMode().guards(type);
    }

    /// For tests of mixed execution: `-Dwindlass.llvm.mix=SEED` leaves about half of the functions
    /// to the interpreter.
    private static IntPredicate mix() {
        Integer seed = Integer.getInteger("windlass.llvm.mix");
        if (seed == null) {
            return f -> false;
        }
        return f -> new Random(seed * 0x9E37_79B9L + f).nextBoolean();
    }

    @Override
    public void invoke(RuntimeStore store, FunctionInstance function, long slots) {
        ModuleInstance instance = function.instance();
        if (instance != null
                && instance.code() instanceof LlvmModuleCode code
                && code.isNative(function.index())
                && !store.hasFuel()) {
            code.invoke(store, function, slots);
        } else {
            interpreter.invoke(store, function, slots);
        }
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
