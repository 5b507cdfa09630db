package dev.windlass;

import dev.windlass.internal.Modules;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Export;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.WatParser;
import dev.windlass.wasm.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A module: parsed, validated, immutable, shared between threads and stores.
public final class WasmModule {
    static {
        Modules.access(
                new Modules.Access() {
                    @Override
                    public Module module(WasmModule module) {
                        return module.module();
                    }

                    @Override
                    public WasmModule parse(Engine engine, byte[] bytes) {
                        return parseOwned(engine, bytes);
                    }

                    @Override
                    public WasmModule validated(Engine engine, byte[] bytes) {
                        return new WasmModule(engine, ModuleReader.read(bytes, engine.features()));
                    }
                });
    }

    private final Engine engine;
    private final Module module;
    private final ModuleCode code;

    private WasmModule(Engine engine, Module module) {
        this.engine = engine;
        this.module = module;
        this.code = engine.execution().load(module);
    }

    /// A module from bytes, which are copied: the binary format or the text format in UTF-8, told
    /// apart by content.
    ///
    /// @throws MalformedException if the bytes do not follow the grammar, with the place
    /// @throws InvalidException if a rule of validation is broken, with the place
    public static WasmModule parse(Engine engine, byte[] bytes) {
        return parseOwned(engine, bytes.clone());
    }

    /// A module from its text.
    ///
    /// @throws MalformedException if it does not follow the grammar, with line and column
    /// @throws InvalidException if a rule of validation is broken, with the place
    public static WasmModule parse(Engine engine, String text) {
        Features features = engine.features();
        return new WasmModule(engine, WatParser.parseModule(text, features).validated(features));
    }

    /// A module from a file: the binary format or the text format, told apart by content.
    ///
    /// @throws IOException if the file cannot be read
    /// @throws MalformedException if the bytes do not follow the grammar, with the place
    /// @throws InvalidException if a rule of validation is broken, with the place
    public static WasmModule parse(Engine engine, Path file) throws IOException {
        return parseOwned(engine, Files.readAllBytes(file));
    }

    private static WasmModule parseOwned(Engine engine, byte[] bytes) {
        return new WasmModule(engine, validated(bytes, engine.features()));
    }

    private static Module validated(byte[] bytes, Features features) {
        if (looksLikeText(bytes)) {
            return WatParser.parseModule(bytes, features).validated(features);
        }
        Module module = ModuleReader.read(bytes, features);
        Validator.validate(module);
        return module;
    }

    /// Text starts with a parenthesis or a comment; a binary module with a zero byte.
    private static boolean looksLikeText(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '(' || b == ';') {
                return true;
            }
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return false;
    }

    /// The engine that it was made for.
    public Engine engine() {
        return engine;
    }

    /// What it asks for, in the module's order.
    public List<ImportType> imports() {
        return module.imports().stream().map(this::importType).toList();
    }

    /// What it offers, in the module's order.
    public List<ExportType> exports() {
        return module.exports().stream().map(this::exportType).toList();
    }

    private ImportType importType(Import i) {
        return new ImportType(i.module(), i.name(), type(i.kind(), i.index()));
    }

    private ExportType exportType(Export e) {
        return new ExportType(e.name(), type(e.kind(), e.index()));
    }

    private ExternType type(ExternKind kind, int index) {
        return switch (kind) {
            case FUNC -> functionType(module.functionTypeIndex(index));
            case TABLE -> tableType(module.tables().get(index));
            case MEMORY -> MemoryType.of(module.memories().get(index));
            case GLOBAL -> globalType(module.globals().get(index));
            case TAG -> new TagType(functionType(module.tagTypeIndex(index)));
        };
    }

    private FunctionType functionType(int typeIndex) {
        return FunctionType.ofClosed(module.defType(typeIndex).funcType());
    }

    private TableType tableType(dev.windlass.wasm.TableType type) {
        return TableType.of(ValueType.of(module, type.element()), type);
    }

    private GlobalType globalType(dev.windlass.wasm.GlobalType type) {
        return new GlobalType(ValueType.of(module, type.type()), type.mutable());
    }

    Module module() {
        return module;
    }

    ModuleCode code() {
        return code;
    }

    @Override
    public String toString() {
        return "WasmModule[" + module.bytes().length + " bytes]";
    }
}
