/// The module layer: types, the table of instructions, binary and text format, validation.
module dev.windlass.wasm {
    requires static org.jspecify;

    exports dev.windlass.wasm;
    exports dev.windlass.wasm.binary;
    exports dev.windlass.wasm.text;
    exports dev.windlass.wasm.validation;
}
