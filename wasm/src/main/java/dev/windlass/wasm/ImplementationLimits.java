package dev.windlass.wasm;

/// What a module may ask for before it is refused, so that a hostile module cannot exhaust the host.
/// Programs in use stay far below; most numbers are those of the specification's JavaScript
/// embedding, which other engines keep too. What takes much more memory here than in the module has
/// a lower one.
public final class ImplementationLimits {
    /// Bytes of a module.
    public static final int MODULE_SIZE = 1 << 30;

    public static final int TYPES = 200_000;

    /// Functions, imports, globals, exports, tags (each).
    public static final int DEFINITIONS = 1_000_000;

    /// Tables, and data segments.
    public static final int TABLES = 100_000;

    public static final int DATA_SEGMENTS = 100_000;

    public static final int MEMORIES = 100;

    public static final int ELEMENT_SEGMENTS = 1_000_000;

    /// Elements of a segment.
    public static final int ELEMENTS = 10_000_000;

    public static final int CUSTOM_SECTIONS = 100_000;

    /// Parameters or results of a function type, operands of `select`.
    public static final int VALUES = 1_000;

    /// Fields of a structure, and operands of `array.new_fixed`.
    public static final int FIELDS = 10_000;

    /// The length of a chain of supertypes.
    public static final int SUBTYPE_DEPTH = 63;

    /// Locals of a function, its parameters included.
    public static final int LOCALS = 50_000;

    /// Bytes of a function's body.
    public static final int FUNCTION_SIZE = 7_654_321;

    /// Blocks inside each other.
    public static final int NESTING = 100_000;

    /// Values on the operand stack of a function.
    public static final int OPERANDS = 1_000_000;

    /// Labels of a `br_table`.
    public static final int LABELS = 65_520;

    /// Catch clauses of a `try_table`.
    public static final int CATCHES = 10_000;

    private ImplementationLimits() {}
}
