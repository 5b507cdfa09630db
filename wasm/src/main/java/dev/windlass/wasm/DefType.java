package dev.windlass.wasm;

import org.jspecify.annotations.Nullable;

/// A defined type in canonical form: two types of any two modules of this process are the same if
/// and only if they are the same `DefType`. Made by [TypeRegistry] alone. Immutable, shared by
/// threads.
///
/// All references inside [#composite] are closed ([ValType#CLOSED]).
public final class DefType {
    private final int id;
    private final CompositeType composite;
    private final boolean isFinal;

    /// All supertypes from the root down to this type itself: a subtype test is one array access.
    private final DefType[] line;

    private final Object group;

    /// @param group the recursion group, kept alive as long as one of its members is
    DefType(
            int id,
            CompositeType composite,
            boolean isFinal,
            @Nullable DefType supertype,
            Object group) {
        this.id = id;
        this.composite = composite;
        this.isFinal = isFinal;
        this.group = group;
        int depth = supertype == null ? 0 : supertype.line.length;
        line = new DefType[depth + 1];
        if (supertype != null) {
            System.arraycopy(supertype.line, 0, line, 0, depth);
        }
        line[depth] = this;
    }

    /// The canonical id: unique in the process, at least 1, below 2^28, never given out again.
    public int id() {
        return id;
    }

    public CompositeType composite() {
        return composite;
    }

    /// The composite type as a function type.
    ///
    /// @throws IllegalStateException if it is another
    public FuncType funcType() {
        if (composite instanceof FuncType f) {
            return f;
        }
        throw new IllegalStateException("not a function type: " + composite);
    }

    public boolean isFinal() {
        return isFinal;
    }

    /// The length of the chain of supertypes above this type.
    public int depth() {
        return line.length - 1;
    }

    public @Nullable DefType supertype() {
        return line.length < 2 ? null : line[line.length - 2];
    }

    /// Whether this type is `other` or declared, directly or not, a subtype of it.
    public boolean isSubtypeOf(DefType other) {
        int at = other.line.length - 1;
        return at < line.length && line[at] == other;
    }

    /// The abstract heap type right above all types of this form: func, struct or array.
    public int kind() {
        return switch (composite) {
            case FuncType f -> ValType.HEAP_FUNC;
            case StructType s -> ValType.HEAP_STRUCT;
            case ArrayType a -> ValType.HEAP_ARRAY;
        };
    }

    Object group() {
        return group;
    }

    @Override
    public String toString() {
        return "type " + id + " " + composite;
    }
}
