package dev.windlass.interpreter.generator;

/// How Java holds a value of a WebAssembly type.
enum Type {
    I("int", "i", "Raw.getInt", "I32Const"),
    L("long", "l", "Raw.getLong", "I64Const"),
    F("float", "s", "Raw.getFloat", "F32Const"),
    D("double", "d", "Raw.getDouble", "F64Const");

    final String java;
    final String method;
    private final String get;
    final String constant;

    Type(String java, String method, String get, String constant) {
        this.java = java;
        this.method = method;
        this.get = get;
        this.constant = constant;
    }

    String slot(String field) {
        return get + "(f, " + field + ")";
    }

    /// Stores to the slot `dst`.
    String put(String expression) {
        return switch (this) {
            case I, L -> "Raw.putLong(f, dst, " + expression + ");";
            case F -> "Raw.putLong(f, dst, Float.floatToRawIntBits(" + expression + "));";
            case D -> "Raw.putDouble(f, dst, " + expression + ");";
        };
    }

    static Type of(char letter) {
        return valueOf(String.valueOf(Character.toUpperCase(letter)));
    }
}
