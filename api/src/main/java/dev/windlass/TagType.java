package dev.windlass;

/// The type of a tag: a function type whose parameters are what an exception carries.
public record TagType(FunctionType type) implements ExternType {
    @Override
    public String toString() {
        return type.toString();
    }
}
