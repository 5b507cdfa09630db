package dev.windlass.wasm.internal;

import dev.windlass.wasm.Feature;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;

/// The texts of all errors of the binary format and of validation: each begins with the wording of
/// the specification's reference interpreter. Methods return the exception, so that the reader's
/// and validator's main line stays free of texts.
public final class Errors {
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
        return new MalformedException(reason + " (needs the feature " + feature.text() + ")", at);
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
}
