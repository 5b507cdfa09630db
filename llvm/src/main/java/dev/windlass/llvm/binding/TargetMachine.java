package dev.windlass.llvm.binding;

import static dev.windlass.llvm.binding.LlvmC.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// What machine code is made for, and how well. One thread at a time.
public final class TargetMachine implements AutoCloseable {
    private static final int RELOC_PIC = 2;

    /// Never the "JIT default", which selects the large model.
    private static final int CODE_MODEL_DEFAULT = 0;

    /// What lowering takes for granted on x86-64 (`x86-64-v2`): LLVM ends the process when it must
    /// select an instruction that the processor lacks, and calls library functions to round. Without
    /// GFNI, by which LLVM 20 shifts bytes right by zero wrongly where it finds the zero late.
    private static final String X86_FEATURES = "+ssse3,+sse4.1,+sse4.2,+popcnt,+cx16,-gfni";

    private static final int ASSEMBLY = 0;
    private static final int OBJECT = 1;

    /// What makes LLVM faster and the code no slower. The line tables are read for the places of calls
    /// and accesses alone: nothing is asked about variables, and code between them need not say that
    /// it has no place. Addresses are folded once a block, not until nothing changes in a function.
    private static final List<String> SHORT_WAYS =
            List.of(
                    "-experimental-debug-variable-locations=false",
                    "-use-unknown-locations=Disable",
                    "-cgpp-huge-func=0");

    /// LLVM makes a branch of a conditional move from memory, which leaves the load out where its value
    /// is not wanted, though it is volatile: in guard mode an access has to trap.
    private static final List<String> ALL_LOADS =
            List.of("-x86-cmov-converter-force-mem-operand=false");

    static {
        ToolOptions.set(ALL_LOADS);
        // What is right for us alone: a system's LLVM may serve others in this process.
        if (LlvmLibrary.open().isPublished()) {
            ToolOptions.set(SHORT_WAYS);
        }
    }

    private final String triple;
    private final long machine;
    private final long dataLayout;

    /// @param cpu LLVM's name
    /// @param features LLVM's list (`+avx2,-fma`), to which those that are always needed are added
    /// @param level 0 to 3: of code generation
    /// @throws LlvmException if LLVM does not know the target
    public TargetMachine(String triple, String cpu, String features, int level) {
        this.triple = triple;
        initialize(triple);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG, 2);
            long name = arena.allocateFrom(triple).address();
            if ((int) invoke(GET_TARGET_FROM_TRIPLE, name, out.address(), out.address() + 8) != 0) {
                throw new LlvmException(
                        "LLVM does not know the target "
                                + triple
                                + ": "
                                + takeMessage(out.get(ValueLayout.JAVA_LONG, 8)));
            }
            machine =
                    invoke(
                            CREATE_TARGET_MACHINE,
                            out.get(ValueLayout.JAVA_LONG, 0),
                            name,
                            arena.allocateFrom(cpu).address(),
                            arena.allocateFrom(needed(features)).address(),
                            level,
                            RELOC_PIC,
                            CODE_MODEL_DEFAULT);
        }
        if (level == 0) {
            invoke(SET_FAST_ISEL, machine, 1);
        }
        dataLayout = invoke(CREATE_TARGET_DATA_LAYOUT, machine);
    }

    /// The last one of a feature counts.
    private String needed(String features) {
        if (!triple.startsWith("x86_64")) {
            return features;
        }
        return features.isEmpty() ? X86_FEATURES : features + "," + X86_FEATURES;
    }

    private static synchronized void initialize(String triple) {
        if (triple.startsWith("x86_64")) {
            initializeTarget("X86");
        } else if (triple.startsWith("aarch64") || triple.startsWith("arm64")) {
            initializeTarget("AArch64");
        } else {
            throw new LlvmException(
                    "no code is made for " + triple + ": x86_64 and aarch64 are supported");
        }
    }

    /// Of the machine that this runs on.
    public static String hostTriple() {
        return takeMessage(invoke(GET_DEFAULT_TARGET_TRIPLE));
    }

    public static String hostCpu() {
        return takeMessage(invoke(GET_HOST_CPU_NAME));
    }

    public static String hostFeatures() {
        return takeMessage(invoke(GET_HOST_CPU_FEATURES));
    }

    /// Tells a module what it is compiled for: before anything is built in it.
    public void prepare(Ir ir) {
        invoke(SET_TARGET, ir.module, ir.string(triple));
        invoke(SET_MODULE_DATA_LAYOUT, ir.module, dataLayout);
    }

    /// Runs pipelines in LLVM's textual form, one after the other. Selections of floats are fenced
    /// between them: each but the first may begin with `instcombine`.
    ///
    /// @throws LlvmException if LLVM reports an error
    public void run(Ir ir, List<String> pipelines) {
        for (int i = 0; i < pipelines.size(); i++) {
            if (i > 0) {
                FloatSelects.fence(ir);
            }
            run(ir, pipelines.get(i));
        }
    }

    private void run(Ir ir, String passes) {
        long options = invoke(CREATE_PASS_BUILDER_OPTIONS);
        long error = invoke(RUN_PASSES, ir.module, ir.string(passes), machine, options);
        invoke(DISPOSE_PASS_BUILDER_OPTIONS, options);
        if (error != 0) {
            long message = invoke(GET_ERROR_MESSAGE, error);
            String text = text(message);
            invoke(DISPOSE_ERROR_MESSAGE, message);
            throw new LlvmException("LLVM's passes failed: " + text);
        }
        check(ir);
    }

    /// The object file.
    public byte[] object(Ir ir) {
        return emit(ir, OBJECT);
    }

    /// The symbols of functions in the object made last whose frame exceeds their attribute
    /// `warn-stack-size`.
    public static List<String> largeFrames(Ir ir) {
        return Diagnostics.takeLargeFrames(ir.context);
    }

    /// The assembly text.
    public byte[] assembly(Ir ir) {
        return emit(ir, ASSEMBLY);
    }

    private byte[] emit(Ir ir, int kind) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG, 2);
            long failed =
                    invoke(
                            EMIT_TO_MEMORY_BUFFER,
                            machine,
                            ir.module,
                            kind,
                            out.address(),
                            out.address() + 8);
            if ((int) failed != 0) {
                throw new LlvmException(
                        "LLVM made no code: " + takeMessage(out.get(ValueLayout.JAVA_LONG, 0)));
            }
            long buffer = out.get(ValueLayout.JAVA_LONG, 8);
            byte[] bytes =
                    MemorySegment.ofAddress(invoke(GET_BUFFER_START, buffer))
                            .reinterpret(invoke(GET_BUFFER_SIZE, buffer))
                            .toArray(ValueLayout.JAVA_BYTE);
            invoke(DISPOSE_MEMORY_BUFFER, buffer);
            check(ir);
            return bytes;
        }
    }

    /// LLVM reports some errors to the handler alone and goes on as if nothing were.
    private static void check(Ir ir) {
        String error = Diagnostics.take(ir.context);
        if (error != null) {
            throw new LlvmException("LLVM reported an error: " + error);
        }
    }

    @Override
    public void close() {
        invoke(DISPOSE_TARGET_DATA, dataLayout);
        invoke(DISPOSE_TARGET_MACHINE, machine);
    }
}
