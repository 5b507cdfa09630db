package dev.windlass.runtime.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Pins what compiled code in stored libraries relies on. Whoever changes a line raises
/// [ContextLayout#VERSION], so that older libraries are refused.
class LayoutTest {
    @Test
    void keepsOffsets() {
        assertThat(ContextLayout.VERSION).isEqualTo(5);
        assertThat(offsets(ContextLayout.class))
                .isEqualTo(
                        "VERSION 5, MEMORY0_BASE 0, STORE_STATE 8, HOST_CALLS 16, INSTANCE 24, "
                                + "INTERRUPT 28");
        assertThat(offsets(FunctionRecord.class))
                .isEqualTo("CALL 0, CONTEXT 8, TYPE_ID 16, NUMBER 20, SIZE 32");
        assertThat(offsets(MemoryRecord.class)).isEqualTo("BASE 0, LENGTH 8, SIZE 16");
        assertThat(offsets(TableRecord.class)).isEqualTo("BASE 0, LENGTH 8, SIZE 16");
        assertThat(offsets(StoreState.class))
                .isEqualTo(
                        "INTERRUPT 0, FUEL 8, SLOT_TOP 16, SLOT_END 24, "
                                + "STACK_LIMIT 32, ENTRY 40, HANDLER 48, LEAVE_SP 56, "
                                + "OUTER_SP 64, TRAP_KIND 72, TRAP_OFFSET 76, FRAME_COUNT 80, "
                                + "THREAD_STACK_LIMIT 600, "
                                + "TRAP_ADDRESS 608, EXCEPTION 616, TAIL_RECORD 624, RESULTS 640, "
                                + "ARGUMENTS 640, INTEGER_REGISTERS 16640, "
                                + "VECTOR_REGISTERS 16680, FRAMES 16808, "
                                + "MAX_FRAMES 208, SIZE 18472");
    }

    @Test
    void keepsHelpers() {
        assertThat(
                        Arrays.stream(NativeHelper.values())
                                .map(helper -> helper + " " + helper.offset())
                                .collect(Collectors.joining(", ")))
                .isEqualTo("UPCALL 0, MEMMOVE 8, MEMSET 16");
    }

    /// The public constants of a class, as declared.
    private static String offsets(Class<?> layout) {
        return Arrays.stream(layout.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .map(field -> field.getName() + " " + value(field))
                .collect(Collectors.joining(", "));
    }

    private static int value(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
