package dev.windlass.wasm.internal;

import dev.windlass.wasm.Feature;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Opcode;
import org.jspecify.annotations.Nullable;

/// The texts of all errors of the binary format and of validation: each begins with the wording of
/// the specification's reference interpreter. Methods return the exception, so that the reader's
/// and validator's main line stays free of texts.
public final class Errors {
    private static final String BRANCH_HINT = "@metadata.code.branch_hint annotation: ";

    private Errors() {}

    // The binary format.

    public static MalformedException unexpectedEnd(int at) {
        return new MalformedException("unexpected end of section or function", at);
    }

    public static MalformedException lengthOutOfBounds(int at) {
        return new MalformedException("length out of bounds", at);
    }

    public static MalformedException integerTooLong(int at) {
        return new MalformedException("integer representation too long", at);
    }

    public static MalformedException integerTooLarge(int at) {
        return new MalformedException("integer too large", at);
    }

    public static MalformedException utf8(int at) {
        return new MalformedException("malformed UTF-8 encoding", at);
    }

    public static MalformedException magic() {
        return new MalformedException("magic header not detected", 0);
    }

    public static MalformedException version() {
        return new MalformedException("unknown binary version", 4);
    }

    public static MalformedException headerEnd(int length) {
        return new MalformedException("unexpected end", length);
    }

    public static MalformedException sectionId(int id, int at) {
        return new MalformedException("malformed section id " + id, at);
    }

    public static MalformedException sectionOrder(int id, int at) {
        return new MalformedException(
                "unexpected content after last section: section " + id + " is out of order", at);
    }

    public static MalformedException sectionSize(int at) {
        return new MalformedException("section size mismatch", at);
    }

    public static MalformedException codeCount(int functions, int bodies, int at) {
        return new MalformedException(
                "function and code section have inconsistent lengths: "
                        + functions
                        + " and "
                        + bodies,
                at);
    }

    public static MalformedException dataCount(int count, int segments, int at) {
        return new MalformedException(
                "data count and data section have inconsistent lengths: "
                        + count
                        + " and "
                        + segments,
                at);
    }

    /// Something that must be one of a few bytes is none of them.
    ///
    /// @param what `import kind`
    public static MalformedException malformed(String what, int at) {
        return new MalformedException("malformed " + what, at);
    }

    /// @param op the instruction whose feature is off, or null if there is none with that code
    public static MalformedException illegalOpcode(int code, @Nullable Opcode op, int at) {
        String text = "illegal opcode " + Integer.toHexString(code);
        return op == null
                ? new MalformedException(text, at)
                : needs(op.feature(), text, op.text() + " ", at);
    }

    public static MalformedException zeroByte(int at) {
        return new MalformedException("zero byte expected", at);
    }

    public static MalformedException pageSize(int at) {
        return new MalformedException("invalid custom page size", at);
    }

    /// A count above one of the implementation's limits.
    public static MalformedException tooMany(String what, long count, long limit, int at) {
        return new MalformedException(
                "too many " + what + ": " + count + ", at most " + limit + " are supported", at);
    }

    /// @param reason the wording of the error that an engine without the feature gives
    public static MalformedException needs(Feature feature, String reason, int at) {
        return needs(feature, reason, "", at);
    }

    private static MalformedException needs(Feature feature, String reason, String what, int at) {
        return new MalformedException(
                reason + " (" + what + "needs the feature " + feature.text() + ")", at);
    }

    // Validation.

    /// @param what `type`, `function`: the index space
    /// @param index unsigned
    public static InvalidException unknown(String what, int index, int at) {
        return new InvalidException("unknown " + what + " " + Integer.toUnsignedString(index), at);
    }

    public static InvalidException supertypes(int count, int at) {
        return new InvalidException("sub type has " + count + " supertypes, at most 1", at);
    }

    /// The body's bytes are used up and a block is still open.
    ///
    /// @param length of the module: what follows the body is read as an instruction by engines that
    ///     go by blocks alone
    public static MalformedException endExpected(int at, int length) {
        return at == length ? unexpectedEnd(at) : new MalformedException("END opcode expected", at);
    }

    /// An instruction that continues a block stands outside such a block.
    public static MalformedException unexpectedOpcode(Opcode op, int at) {
        return new MalformedException("END opcode expected: " + op.text() + " is misplaced", at);
    }

    public static MalformedException dataCountRequired(int at) {
        return new MalformedException("data count section required", at);
    }

    /// A type index names a type of another form.
    ///
    /// @param form `function`, `structure`, `array`
    public static InvalidException notOfForm(String form, int index, int at) {
        return new InvalidException(
                "type mismatch: type " + index + " is not a" + an(form) + " type", at);
    }

    private static String an(String form) {
        return (form.startsWith("a") ? "n " : " ") + form;
    }

    public static InvalidException typeMismatch(String required, String found, int at) {
        return new InvalidException(
                "type mismatch: instruction requires " + required + " but stack has " + found, at);
    }

    public static InvalidException operandMissing(String required, int at) {
        return typeMismatch(required, "[]", at);
    }

    public static InvalidException blockMismatch(String required, String found, int at) {
        return new InvalidException(
                "type mismatch: block requires " + required + " but stack has " + found, at);
    }

    /// A label, cast or segment that does not fit.
    public static InvalidException unfit(String required, String found, int at) {
        return new InvalidException(
                "type mismatch: " + required + " is required but this is " + found, at);
    }

    public static InvalidException noElse(String params, String results, int at) {
        return new InvalidException(
                "type mismatch: if without else has type " + params + " -> " + results, at);
    }

    public static InvalidException resultMismatch(String required, String found, int at) {
        return new InvalidException(
                "type mismatch: current function requires result type "
                        + required
                        + " but callee returns "
                        + found,
                at);
    }

    public static InvalidException uninitializedLocal(int index, int at) {
        return new InvalidException("uninitialized local " + index, at);
    }

    public static InvalidException immutableGlobal(int index, int at) {
        return new InvalidException("immutable global " + index, at);
    }

    public static InvalidException immutableField(int at) {
        return new InvalidException("immutable field", at);
    }

    public static InvalidException immutableArray(int at) {
        return new InvalidException("immutable array", at);
    }

    public static InvalidException arrayTypes(int at) {
        return new InvalidException("array types do not match", at);
    }

    public static InvalidException notNumeric(int at) {
        return new InvalidException("array type is not numeric or vector", at);
    }

    public static InvalidException notDefaultable(String type, int at) {
        return new InvalidException("type mismatch: " + type + " has no default value", at);
    }

    public static InvalidException packing(boolean isPacked, int at) {
        return new InvalidException(
                isPacked
                        ? "type mismatch: field is packed, its sign must be given"
                        : "type mismatch: field is not packed",
                at);
    }

    public static InvalidException resultArity(int count, int at) {
        return new InvalidException("invalid result arity: " + count, at);
    }

    public static InvalidException rethrowLabel(int at) {
        return new InvalidException("invalid rethrow label", at);
    }

    public static InvalidException alignment(int at) {
        return new InvalidException("alignment must not be larger than natural", at);
    }

    public static InvalidException atomicAlignment(int at) {
        return new InvalidException("atomic alignment must be natural", at);
    }

    public static InvalidException offsetRange(int at) {
        return new InvalidException("offset out of range", at);
    }

    public static InvalidException laneIndex(int at) {
        return new InvalidException("invalid lane index", at);
    }

    public static InvalidException undeclared(int function, int at) {
        return new InvalidException("undeclared function reference " + function, at);
    }

    public static InvalidException notConstant(Opcode op, int at) {
        return new InvalidException("constant expression required, found " + op.text(), at);
    }

    public static InvalidException subType(int index, String reason, int at) {
        return new InvalidException("sub type " + index + " " + reason, at);
    }

    public static InvalidException multiple(String what, int at) {
        return new InvalidException("multiple " + what, at);
    }

    public static InvalidException tagResult(int at) {
        return new InvalidException("non-empty tag result type", at);
    }

    public static InvalidException limitsOrder(int at) {
        return new InvalidException("size minimum must not be greater than maximum", at);
    }

    public static InvalidException tableSize(int at) {
        return new InvalidException("table size must be at most 2^32-1", at);
    }

    /// @param limit `65536 pages (4GiB)`
    public static InvalidException memorySize(String limit, int at) {
        return new InvalidException("memory size must be at most " + limit, at);
    }

    public static InvalidException sharedMax(int at) {
        return new InvalidException("shared memory must have maximum", at);
    }

    public static InvalidException invalidPageSize(int log2, int at) {
        return new InvalidException("invalid custom page size 2^" + log2, at);
    }

    public static InvalidException duplicateExport(String name, int at) {
        return new InvalidException("duplicate export name \"" + name + '"', at);
    }

    public static InvalidException mutableGlobal(String where, int at) {
        return new InvalidException("mutable globals cannot be " + where, at);
    }

    public static InvalidException startFunction(String type, int at) {
        return new InvalidException("start function must not have type " + type, at);
    }

    // Custom sections.

    public static MalformedException branchHint(String what, int at) {
        return new MalformedException(BRANCH_HINT + what, at);
    }

    public static InvalidException branchHintTarget(int at) {
        return new InvalidException(BRANCH_HINT + "invalid target", at);
    }
}
