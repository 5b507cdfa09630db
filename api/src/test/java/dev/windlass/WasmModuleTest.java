package dev.windlass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasm.Feature;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasmModuleTest {
    private final Engine engine = Tested.engine();

    @Test
    void listsImportsAndExports() {
        WasmModule module =
                WasmModule.parse(
                        engine,
                        """
                        (module
                          (import "env" "f" (func (param i32) (result f64)))
                          (import "env" "t" (table 1 2 externref))
                          (memory (export "memory") 1 4 shared)
                          (global (export "g") (mut v128) (v128.const i64x2 0 0))
                          (tag (export "tag") (param i64)))
                        """);
        FunctionType f = FunctionType.of(List.of(ValueType.I32), ValueType.F64);
        assertThat(module.imports())
                .extracting(ImportType::toString)
                .first()
                .asString()
                .contains("[i32] -> [f64]");
        assertThat(module.imports().getFirst()).isEqualTo(new ImportType("env", "f", f));
        assertThat(module.imports().get(1).type()).hasToString("1 2 externref");
        assertThat(module.exports())
                .extracting(e -> e.name() + " " + e.type())
                .containsExactly("memory 1 4 shared", "g (mut v128)", "tag [i64] -> []");
    }

    @Test
    void tellsTextFromBytes(@TempDir Path folder) throws Exception {
        byte[] empty = {0, 'a', 's', 'm', 1, 0, 0, 0};
        assertThat(WasmModule.parse(engine, empty).exports()).isEmpty();
        byte[] text = " \n;; text\n(module)".getBytes(StandardCharsets.UTF_8);
        assertThat(WasmModule.parse(engine, text).exports()).isEmpty();
        Path file = Files.writeString(folder.resolve("m.wasm"), "(module (func (export \"f\")))");
        assertThat(WasmModule.parse(engine, file).exports()).hasSize(1);
    }

    @Test
    void doesNotSeeLaterChangesOfTheBytes() {
        byte[] bytes = {0, 'a', 's', 'm', 1, 0, 0, 0};
        WasmModule module = WasmModule.parse(engine, bytes);
        bytes[0] = 1;
        try (Store store = new Store(engine)) {
            new Linker().instantiate(store, module);
        }
    }

    @Test
    void saysWhereItIsMalformedOrInvalid() {
        assertThatThrownBy(() -> WasmModule.parse(engine, new byte[0]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("unexpected end");
        assertThatThrownBy(() -> WasmModule.parse(engine, new byte[] {1, 2, 3, 4}))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("magic header not detected (at offset 0x0)");
        assertThatThrownBy(() -> WasmModule.parse(engine, "(module (func i32.nonsense))"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at line 1, column");
        assertThatThrownBy(() -> WasmModule.parse(engine, "(module (func (result i32)))"))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("type mismatch");
        byte[] wrong = {'(', (byte) 0xFF};
        assertThatThrownBy(() -> WasmModule.parse(engine, wrong))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("malformed UTF-8 encoding");
    }

    @Test
    void holdsModulesToASmallerLanguage() {
        Engine small = engine.without(Feature.SIMD);
        assertThatThrownBy(() -> WasmModule.parse(small, "(module (func (param v128)))"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("simd");
    }

    @Test
    void namesTheEnginesThereAre() {
        assertThat(engine.withExecution("interpreter").executionName()).isEqualTo("interpreter");
        assertThat(engine.withExecution("auto").executionName()).isNotEmpty();
        assertThatThrownBy(() -> engine.withExecution("steam"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no engine named 'steam'; there are: interpreter");
    }
}
