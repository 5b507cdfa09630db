package dev.windlass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final long PAGE = 65536;

    private final Engine engine = Tested.engine();
    private final Store store = new Store(engine);
    private final Memory memory = store.newMemory(MemoryType.of(1, 3));

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readsAndWritesLittleEndian() {
        memory.putLong(8, 0x0102030405060708L);
        assertThat(memory.getByte(8)).isEqualTo((byte) 8);
        assertThat(memory.getInt(12)).isEqualTo(0x01020304);
        assertThat(memory.getLong(8)).isEqualTo(0x0102030405060708L);
        memory.putByte(15, (byte) -1);
        assertThat(memory.getLong(8) >>> 56).isEqualTo(0xFF);
        memory.putFloat(100, 1.5f);
        memory.putDouble(104, -2.5);
        assertThat(memory.getFloat(100)).isEqualTo(1.5f);
        assertThat(memory.getDouble(104)).isEqualTo(-2.5);
    }

    @Test
    void copiesBytesAndText() {
        byte[] text = "Grüße".getBytes(StandardCharsets.UTF_8);
        memory.write(PAGE - text.length, text);
        assertThat(memory.readString(PAGE - text.length, text.length)).isEqualTo("Grüße");
        assertThat(memory.read(PAGE - text.length, text.length)).isEqualTo(text);
        byte[] two = new byte[4];
        memory.read(PAGE - text.length, two, 1, 2);
        assertThat(two).containsExactly(0, 'G', 'r', 0);
        memory.fill(0, PAGE, (byte) 7);
        assertThat(memory.getLong(PAGE - 8)).isEqualTo(0x0707070707070707L);
        memory.fill(PAGE, 0, (byte) 1);
    }

    @Test
    void trapsOnWhatIsOutside() {
        outside(() -> memory.getByte(PAGE));
        outside(() -> memory.getInt(PAGE - 3));
        outside(() -> memory.getLong(-1));
        outside(() -> memory.getLong(-8));
        outside(() -> memory.getInt(Long.MAX_VALUE));
        outside(() -> memory.getInt(Long.MIN_VALUE));
        outside(() -> memory.putByte(-1, (byte) 0));
        outside(() -> memory.putInt(PAGE, 0));
        outside(() -> memory.putLong(PAGE - 7, 0));
        outside(() -> memory.read(PAGE - 1, 2));
        outside(() -> memory.read(0, Integer.MAX_VALUE));
        outside(() -> memory.read(-1, 0));
        outside(() -> memory.write(PAGE - 1, new byte[2]));
        outside(() -> memory.fill(1, PAGE, (byte) 0));
        outside(() -> memory.fill(0, -1, (byte) 0));
        outside(() -> memory.fill(Long.MAX_VALUE, Long.MAX_VALUE, (byte) 0));
    }

    private static void outside(ThrowingCallable access) {
        assertThatThrownBy(access)
                .isInstanceOfSatisfying(
                        Trap.class,
                        t -> assertThat(t.kind()).isEqualTo(Trap.Kind.MEMORY_OUT_OF_BOUNDS));
    }

    @Test
    void refusesRangesOutsideTheJavaArray() {
        assertThatThrownBy(() -> memory.read(0, new byte[4], 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.write(0, new byte[4], -1, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.read(0, -1)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void growsWithinItsMaximum() {
        memory.putInt(4, 99);
        assertThat(memory.grow(2)).isEqualTo(1);
        assertThat(memory.size()).isEqualTo(3 * PAGE);
        assertThat(memory.pages()).isEqualTo(3);
        assertThat(memory.getInt(4)).isEqualTo(99);
        assertThat(memory.getInt(3 * PAGE - 4)).isZero();
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
        assertThat(memory.grow(Long.MIN_VALUE)).isEqualTo(-1);
    }

    @Test
    void cannotBeUsedWhenTheStoreIsClosed() {
        store.close();
        assertThatThrownBy(() -> memory.getByte(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the store is closed");
        assertThatThrownBy(() -> memory.write(0, new byte[1]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(memory::size).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isTheGuestsMemory() {
        Instance instance =
                new Linker()
                        .define("m", "m", memory)
                        .instantiate(
                                store,
                                WasmModule.parse(
                                        engine,
                                        """
                                        (module (import "m" "m" (memory 1))
                                          (export "again" (memory 0))
                                          (func (export "load") (param i32) (result i32)
                                            (i32.load (local.get 0)))
                                          (func (export "grow") (result i32)
                                            (memory.grow (i32.const 1))))
                                        """));
        memory.putInt(16, 1234);
        assertThat(instance.func("load").call(16)).containsExactly(1234);
        assertThat(instance.memory("again")).isEqualTo(memory);
        assertThat(instance.func("grow").call()).containsExactly(1);
        assertThat(memory.size()).isEqualTo(2 * PAGE);
    }
}
