package dev.windlass.wasm;

import dev.windlass.wasm.binary.ByteWriter;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.WatParser;
import dev.windlass.wasm.validation.Validator;

/// Ways to a module that tests share.
public final class Modules {
    private Modules() {}

    /// Reads and validates.
    public static Module valid(byte[] bytes, Features features) {
        Module module = ModuleReader.read(bytes, features);
        Validator.validate(module);
        return module;
    }

    public static Module valid(byte[] bytes) {
        return valid(bytes, Features.ALL);
    }

    public static byte[] bytes(String text) {
        return WatParser.parse(text, Features.ALL);
    }

    public static Module valid(String text) {
        return valid(bytes(text));
    }

    /// A vector of entries that are written already.
    public static ByteWriter vector(int count, ByteWriter entries) {
        return new ByteWriter().u32(count).append(entries);
    }

    /// A module with one function of type `[] -> []` and the given instructions, `end` excluded;
    /// with a table, memory, mutable i32 global, tag, data and element segment.
    public static byte[] withCode(ByteWriter code) {
        ByteWriter types = new ByteWriter().u8(0x60).u32(0).u32(0);
        ByteWriter body = new ByteWriter().u32(0).append(code).u8(0x0B);
        return ByteWriter.module()
                .section(1, vector(1, types))
                .section(3, vector(1, new ByteWriter().u32(0)))
                .section(4, vector(1, new ByteWriter().u8(0x70).u8(0).u32(1)))
                .section(5, vector(1, new ByteWriter().u8(0).u32(1)))
                .section(13, vector(1, new ByteWriter().u8(0).u32(0)))
                .section(6, vector(1, new ByteWriter().u8(0x7F).u8(1).u8(0x41).u8(0).u8(0x0B)))
                .section(9, vector(1, new ByteWriter().u8(1).u8(0).u32(1).u32(0)))
                .section(12, new ByteWriter().u32(1))
                .section(10, vector(1, new ByteWriter().sized(body)))
                .section(11, vector(1, new ByteWriter().u8(1).u32(0)))
                .toByteArray();
    }
}
