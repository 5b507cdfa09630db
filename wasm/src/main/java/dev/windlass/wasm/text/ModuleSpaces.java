package dev.windlass.wasm.text;

import dev.windlass.wasm.ExternKind;

/// All index spaces of a module.
final class ModuleSpaces {
    final TypeSpace types = new TypeSpace();
    final IndexSpace functions = new IndexSpace("func");
    final IndexSpace tables = new IndexSpace("table");
    final IndexSpace memories = new IndexSpace("memory");
    final IndexSpace globals = new IndexSpace("global");
    final IndexSpace tags = new IndexSpace("tag");
    final IndexSpace elements = new IndexSpace("elem");
    final IndexSpace data = new IndexSpace("data");

    IndexSpace of(ExternKind kind) {
        return switch (kind) {
            case FUNC -> functions;
            case TABLE -> tables;
            case MEMORY -> memories;
            case GLOBAL -> globals;
            case TAG -> tags;
        };
    }
}
