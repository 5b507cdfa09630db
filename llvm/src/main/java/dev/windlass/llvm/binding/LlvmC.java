package dev.windlass.llvm.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The functions of LLVM's C interface that are used, one line each.
///
/// Every parameter and result is passed as a 64-bit integer: pointers as addresses, smaller integers
/// widened. The calling conventions of the supported systems pass both in the same registers, a
/// callee reads only its part, and a dozen signature shapes instead of a hundred make linking fast.
/// A result narrower than 64 bits is to be cast by the caller, because its upper bits are arbitrary.
///
/// @see <a href="https://llvm.org/doxygen/group__LLVMC.html">LLVM-C</a>
public final class LlvmC {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LlvmLibrary.open().symbols();

    /// An empty C string: the name of most values.
    static final long EMPTY = Arena.global().allocateFrom("").address();

    // spotless:off one function, one line
    static final MethodHandle CONTEXT_CREATE = f(0, "LLVMContextCreate");
    static final MethodHandle CONTEXT_DISPOSE = f(1, "LLVMContextDispose");
    static final MethodHandle DISCARD_VALUE_NAMES = f(2, "LLVMContextSetDiscardValueNames");
    static final MethodHandle CONTEXT_SET_DIAGNOSTIC_HANDLER =
            f(3, "LLVMContextSetDiagnosticHandler");
    static final MethodHandle INSTALL_FATAL_ERROR_HANDLER = f(1, "LLVMInstallFatalErrorHandler");
    static final MethodHandle GET_DIAG_INFO_SEVERITY = f(1, "LLVMGetDiagInfoSeverity");
    static final MethodHandle GET_DIAG_INFO_DESCRIPTION = f(1, "LLVMGetDiagInfoDescription");
    static final MethodHandle PARSE_COMMAND_LINE_OPTIONS = f(3, "LLVMParseCommandLineOptions");
    static final MethodHandle DISPOSE_MESSAGE = f(1, "LLVMDisposeMessage");

    static final MethodHandle MODULE_CREATE = f(2, "LLVMModuleCreateWithNameInContext");
    static final MethodHandle DISPOSE_MODULE = f(1, "LLVMDisposeModule");
    static final MethodHandle SET_TARGET = f(2, "LLVMSetTarget");
    static final MethodHandle SET_MODULE_DATA_LAYOUT = f(2, "LLVMSetModuleDataLayout");
    static final MethodHandle SET_MODULE_INLINE_ASM = f(3, "LLVMSetModuleInlineAsm2");
    static final MethodHandle PRINT_MODULE_TO_STRING = f(1, "LLVMPrintModuleToString");
    static final MethodHandle VERIFY_MODULE = f(3, "LLVMVerifyModule");
    static final MethodHandle ADD_MODULE_FLAG = f(5, "LLVMAddModuleFlag");

    static final MethodHandle INT_TYPE = f(2, "LLVMIntTypeInContext");
    static final MethodHandle FLOAT_TYPE = f(1, "LLVMFloatTypeInContext");
    static final MethodHandle DOUBLE_TYPE = f(1, "LLVMDoubleTypeInContext");
    static final MethodHandle VOID_TYPE = f(1, "LLVMVoidTypeInContext");
    static final MethodHandle POINTER_TYPE = f(2, "LLVMPointerTypeInContext");
    static final MethodHandle VECTOR_TYPE = f(2, "LLVMVectorType");
    static final MethodHandle ARRAY_TYPE = f(2, "LLVMArrayType2");
    static final MethodHandle FUNCTION_TYPE = f(4, "LLVMFunctionType");
    static final MethodHandle TYPE_OF = f(1, "LLVMTypeOf");
    static final MethodHandle GET_TYPE_KIND = f(1, "LLVMGetTypeKind");
    static final MethodHandle GET_ELEMENT_TYPE = f(1, "LLVMGetElementType");

    static final MethodHandle CONST_INT = f(3, "LLVMConstInt");
    static final MethodHandle CONST_NULL = f(1, "LLVMConstNull");
    static final MethodHandle GET_POISON = f(1, "LLVMGetPoison");
    static final MethodHandle CONST_VECTOR = f(2, "LLVMConstVector");
    static final MethodHandle CONST_ARRAY = f(3, "LLVMConstArray2");
    static final MethodHandle CONST_BIT_CAST = f(2, "LLVMConstBitCast");
    static final MethodHandle CONST_PTR_TO_INT = f(2, "LLVMConstPtrToInt");
    static final MethodHandle CONST_SUB = f(2, "LLVMConstSub");
    static final MethodHandle CONST_TRUNC = f(2, "LLVMConstTrunc");
    static final MethodHandle IS_CONSTANT = f(1, "LLVMIsConstant");
    static final MethodHandle GET_INSTRUCTION_OPCODE = f(1, "LLVMGetInstructionOpcode");
    static final MethodHandle IS_A_INSTRUCTION = f(1, "LLVMIsAInstruction");

    static final MethodHandle ADD_FUNCTION = f(3, "LLVMAddFunction");
    static final MethodHandle GET_NAMED_FUNCTION = f(2, "LLVMGetNamedFunction");
    static final MethodHandle GET_PARAM = f(2, "LLVMGetParam");
    static final MethodHandle ADD_GLOBAL = f(3, "LLVMAddGlobal");
    static final MethodHandle GET_NAMED_GLOBAL = f(2, "LLVMGetNamedGlobal");
    static final MethodHandle SET_INITIALIZER = f(2, "LLVMSetInitializer");
    static final MethodHandle SET_GLOBAL_CONSTANT = f(2, "LLVMSetGlobalConstant");
    static final MethodHandle SET_VISIBILITY = f(2, "LLVMSetVisibility");
    static final MethodHandle SET_SECTION = f(2, "LLVMSetSection");
    static final MethodHandle ATTRIBUTE_KIND = f(2, "LLVMGetEnumAttributeKindForName");
    static final MethodHandle CREATE_ENUM_ATTRIBUTE = f(3, "LLVMCreateEnumAttribute");
    static final MethodHandle CREATE_STRING_ATTRIBUTE = f(5, "LLVMCreateStringAttribute");
    static final MethodHandle ADD_ATTRIBUTE = f(3, "LLVMAddAttributeAtIndex");
    static final MethodHandle ADD_CALL_SITE_ATTRIBUTE = f(3, "LLVMAddCallSiteAttribute");
    static final MethodHandle DELETE_FUNCTION = f(1, "LLVMDeleteFunction");

    static final MethodHandle APPEND_BASIC_BLOCK = f(3, "LLVMAppendBasicBlockInContext");
    static final MethodHandle GET_BASIC_BLOCK_TERMINATOR = f(1, "LLVMGetBasicBlockTerminator");
    static final MethodHandle CREATE_BUILDER = f(1, "LLVMCreateBuilderInContext");
    static final MethodHandle DISPOSE_BUILDER = f(1, "LLVMDisposeBuilder");
    static final MethodHandle POSITION_AT_END = f(2, "LLVMPositionBuilderAtEnd");
    static final MethodHandle POSITION_BEFORE = f(2, "LLVMPositionBuilderBefore");
    static final MethodHandle GET_FIRST_INSTRUCTION = f(1, "LLVMGetFirstInstruction");
    static final MethodHandle GET_NEXT_INSTRUCTION = f(1, "LLVMGetNextInstruction");
    static final MethodHandle GET_FIRST_BASIC_BLOCK = f(1, "LLVMGetFirstBasicBlock");
    static final MethodHandle GET_NEXT_BASIC_BLOCK = f(1, "LLVMGetNextBasicBlock");
    static final MethodHandle GET_BASIC_BLOCK_PARENT = f(1, "LLVMGetBasicBlockParent");
    static final MethodHandle IS_A_SELECT = f(1, "LLVMIsASelectInst");
    static final MethodHandle IS_A_FCMP = f(1, "LLVMIsAFCmpInst");
    static final MethodHandle GET_OPERAND = f(2, "LLVMGetOperand");
    static final MethodHandle SET_OPERAND = f(3, "LLVMSetOperand");
    static final MethodHandle REPLACE_ALL_USES = f(2, "LLVMReplaceAllUsesWith");

    static final MethodHandle BUILD_BIN_OP = f(5, "LLVMBuildBinOp");
    static final MethodHandle BUILD_CAST = f(5, "LLVMBuildCast");
    static final MethodHandle BUILD_FNEG = f(3, "LLVMBuildFNeg");
    static final MethodHandle BUILD_ICMP = f(5, "LLVMBuildICmp");
    static final MethodHandle BUILD_FCMP = f(5, "LLVMBuildFCmp");
    static final MethodHandle BUILD_SELECT = f(5, "LLVMBuildSelect");
    static final MethodHandle BUILD_LOAD = f(4, "LLVMBuildLoad2");
    static final MethodHandle BUILD_STORE = f(3, "LLVMBuildStore");
    static final MethodHandle BUILD_GEP = f(6, "LLVMBuildGEP2");
    static final MethodHandle BUILD_ALLOCA = f(3, "LLVMBuildAlloca");
    static final MethodHandle BUILD_BR = f(2, "LLVMBuildBr");
    static final MethodHandle BUILD_COND_BR = f(4, "LLVMBuildCondBr");
    static final MethodHandle BUILD_SWITCH = f(4, "LLVMBuildSwitch");
    static final MethodHandle ADD_CASE = f(3, "LLVMAddCase");
    static final MethodHandle BUILD_UNREACHABLE = f(1, "LLVMBuildUnreachable");
    static final MethodHandle BUILD_RET = f(2, "LLVMBuildRet");
    static final MethodHandle BUILD_RET_VOID = f(1, "LLVMBuildRetVoid");
    static final MethodHandle BUILD_PHI = f(3, "LLVMBuildPhi");
    static final MethodHandle ADD_INCOMING = f(4, "LLVMAddIncoming");
    static final MethodHandle BUILD_CALL = f(6, "LLVMBuildCall2");
    static final MethodHandle SET_TAIL_CALL_KIND = f(2, "LLVMSetTailCallKind");
    static final MethodHandle SET_FUNCTION_CALL_CONV = f(2, "LLVMSetFunctionCallConv");
    static final MethodHandle SET_INSTRUCTION_CALL_CONV = f(2, "LLVMSetInstructionCallConv");
    static final MethodHandle BUILD_EXTRACT_ELEMENT = f(4, "LLVMBuildExtractElement");
    static final MethodHandle BUILD_INSERT_ELEMENT = f(5, "LLVMBuildInsertElement");
    static final MethodHandle BUILD_SHUFFLE_VECTOR = f(5, "LLVMBuildShuffleVector");
    static final MethodHandle BUILD_EXTRACT_VALUE = f(4, "LLVMBuildExtractValue");
    static final MethodHandle BUILD_ATOMIC_RMW = f(6, "LLVMBuildAtomicRMW");
    static final MethodHandle BUILD_ATOMIC_CMPXCHG = f(7, "LLVMBuildAtomicCmpXchg");
    static final MethodHandle BUILD_FENCE = f(4, "LLVMBuildFence");
    static final MethodHandle SET_VOLATILE = f(2, "LLVMSetVolatile");
    static final MethodHandle SET_ORDERING = f(2, "LLVMSetOrdering");
    static final MethodHandle SET_ALIGNMENT = f(2, "LLVMSetAlignment");
    static final MethodHandle GET_INLINE_ASM = f(9, "LLVMGetInlineAsm");
    static final MethodHandle LOOKUP_INTRINSIC_ID = f(2, "LLVMLookupIntrinsicID");
    static final MethodHandle GET_INTRINSIC_DECLARATION = f(4, "LLVMGetIntrinsicDeclaration");
    static final MethodHandle INTRINSIC_GET_TYPE = f(4, "LLVMIntrinsicGetType");

    static final MethodHandle MD_STRING = f(3, "LLVMMDStringInContext2");
    static final MethodHandle MD_NODE = f(3, "LLVMMDNodeInContext2");
    static final MethodHandle METADATA_AS_VALUE = f(2, "LLVMMetadataAsValue");
    static final MethodHandle VALUE_AS_METADATA = f(1, "LLVMValueAsMetadata");
    static final MethodHandle MD_KIND_ID = f(3, "LLVMGetMDKindIDInContext");
    static final MethodHandle SET_METADATA = f(3, "LLVMSetMetadata");

    static final MethodHandle CREATE_DI_BUILDER = f(1, "LLVMCreateDIBuilder");
    static final MethodHandle DISPOSE_DI_BUILDER = f(1, "LLVMDisposeDIBuilder");
    static final MethodHandle DI_BUILDER_FINALIZE = f(1, "LLVMDIBuilderFinalize");
    static final MethodHandle DI_CREATE_FILE = f(5, "LLVMDIBuilderCreateFile");
    static final MethodHandle DI_CREATE_COMPILE_UNIT = f(19, "LLVMDIBuilderCreateCompileUnit");
    static final MethodHandle DI_CREATE_SUBROUTINE_TYPE = f(5, "LLVMDIBuilderCreateSubroutineType");
    static final MethodHandle DI_CREATE_FUNCTION = f(14, "LLVMDIBuilderCreateFunction");
    static final MethodHandle DI_CREATE_DEBUG_LOCATION = f(5, "LLVMDIBuilderCreateDebugLocation");
    static final MethodHandle SET_SUBPROGRAM = f(2, "LLVMSetSubprogram");
    static final MethodHandle SET_CURRENT_DEBUG_LOCATION = f(2, "LLVMSetCurrentDebugLocation2");

    static final MethodHandle GET_TARGET_FROM_TRIPLE = f(3, "LLVMGetTargetFromTriple");
    static final MethodHandle CREATE_TARGET_MACHINE = f(7, "LLVMCreateTargetMachine");
    static final MethodHandle SET_FAST_ISEL = f(2, "LLVMSetTargetMachineFastISel");
    static final MethodHandle DISPOSE_TARGET_MACHINE = f(1, "LLVMDisposeTargetMachine");
    static final MethodHandle CREATE_TARGET_DATA_LAYOUT = f(1, "LLVMCreateTargetDataLayout");
    static final MethodHandle DISPOSE_TARGET_DATA = f(1, "LLVMDisposeTargetData");
    static final MethodHandle EMIT_TO_MEMORY_BUFFER = f(5, "LLVMTargetMachineEmitToMemoryBuffer");
    static final MethodHandle GET_BUFFER_START = f(1, "LLVMGetBufferStart");
    static final MethodHandle GET_BUFFER_SIZE = f(1, "LLVMGetBufferSize");
    static final MethodHandle DISPOSE_MEMORY_BUFFER = f(1, "LLVMDisposeMemoryBuffer");
    static final MethodHandle GET_HOST_CPU_NAME = f(0, "LLVMGetHostCPUName");
    static final MethodHandle GET_HOST_CPU_FEATURES = f(0, "LLVMGetHostCPUFeatures");
    static final MethodHandle GET_DEFAULT_TARGET_TRIPLE = f(0, "LLVMGetDefaultTargetTriple");

    static final MethodHandle CREATE_PASS_BUILDER_OPTIONS = f(0, "LLVMCreatePassBuilderOptions");
    static final MethodHandle DISPOSE_PASS_BUILDER_OPTIONS = f(1, "LLVMDisposePassBuilderOptions");
    static final MethodHandle RUN_PASSES = f(4, "LLVMRunPasses");
    static final MethodHandle GET_ERROR_MESSAGE = f(1, "LLVMGetErrorMessage");
    static final MethodHandle DISPOSE_ERROR_MESSAGE = f(1, "LLVMDisposeErrorMessage");

    // spotless:on

    private LlvmC() {}

    private static MethodHandle f(int params, String name) {
        MemoryLayout[] layouts = new MemoryLayout[params];
        Arrays.fill(layouts, JAVA_LONG);
        return LINKER.downcallHandle(
                SYMBOLS.findOrThrow(name), FunctionDescriptor.of(JAVA_LONG, layouts));
    }

    /// Makes a target usable (`X86`, `AArch64`). Does nothing the second time.
    static void initializeTarget(String name) {
        for (String part : new String[] {"TargetInfo", "Target", "TargetMC", "AsmPrinter"}) {
            invoke(f(0, "LLVMInitialize" + name + part));
        }
        invoke(f(0, "LLVMInitialize" + name + "AsmParser"));
    }

    // Calls: small, so that a constant handle is inlined.

    static long invoke(MethodHandle h) {
        try {
            return (long) h.invokeExact();
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long invoke(MethodHandle h, long a) {
        try {
            return (long) h.invokeExact(a);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long invoke(MethodHandle h, long a, long b) {
        try {
            return (long) h.invokeExact(a, b);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long invoke(MethodHandle h, long a, long b, long c) {
        try {
            return (long) h.invokeExact(a, b, c);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long invoke(MethodHandle h, long a, long b, long c, long d) {
        try {
            return (long) h.invokeExact(a, b, c, d);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long invoke(MethodHandle h, long a, long b, long c, long d, long e) {
        try {
            return (long) h.invokeExact(a, b, c, d, e);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long invoke(MethodHandle h, long a, long b, long c, long d, long e, long g) {
        try {
            return (long) h.invokeExact(a, b, c, d, e, g);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long invoke(MethodHandle h, long a, long b, long c, long d, long e, long g, long i) {
        try {
            return (long) h.invokeExact(a, b, c, d, e, g, i);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /// For the few functions with many parameters: not for hot paths.
    static long invokeMany(MethodHandle h, Object... arguments) {
        try {
            return (long) h.invokeWithArguments(arguments);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /// Native functions throw nothing: what arrives here is the JVM's own error.
    private static Error failure(Throwable t) {
        if (t instanceof Error e) {
            return e;
        }
        return new AssertionError(t);
    }

    /// The text of a C string.
    static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    /// The text of a C string that LLVM allocated, which is freed.
    static String takeMessage(long address) {
        String text = text(address);
        invoke(DISPOSE_MESSAGE, address);
        return text;
    }
}
