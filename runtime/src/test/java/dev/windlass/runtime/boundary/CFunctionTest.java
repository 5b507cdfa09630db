package dev.windlass.runtime.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class CFunctionTest {
    @Test
    void callsWithAddressesAndNumbers() {
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocateFrom("-123456789012 rest").address();
            long end = arena.allocate(8).address();
            assertThat(CFunction.named("strlen").call(text)).isEqualTo(18);
            assertThat(CFunction.named("strtol").call(text, end, 10)).isEqualTo(-123456789012L);
            assertThat(Raw.getLong(end)).isEqualTo(text + 13);
        }
    }

    @Test
    void anIntTravelsInALong() {
        assertThat((int) CFunction.named("abs").call(-7)).isEqualTo(7);
        assertThat((int) CFunction.named("abs").call(0x7FFF_FFFF_0000_0003L)).isEqualTo(3);
    }

    @Test
    void unknownFunctionsAreRefused() {
        assertThatThrownBy(() -> CFunction.named("no_such_function"))
                .isInstanceOf(NoSuchElementException.class);
    }
}
