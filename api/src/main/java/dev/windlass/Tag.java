package dev.windlass;

import dev.windlass.runtime.TagInstance;
import org.jspecify.annotations.Nullable;

/// A tag: tells the exceptions of guests apart.
public final class Tag implements Extern {
    private final Store store;
    private final TagInstance instance;

    Tag(Store store, TagInstance instance) {
        this.store = store;
        this.instance = instance;
    }

    @Override
    public TagType type() {
        return new TagType(FunctionType.ofClosed(instance.type().funcType()));
    }

    Store store() {
        return store;
    }

    TagInstance instance() {
        return instance;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tag t && t.instance.equals(instance);
    }

    @Override
    public int hashCode() {
        return instance.hashCode();
    }

    @Override
    public String toString() {
        return "Tag[" + type() + "]";
    }
}
