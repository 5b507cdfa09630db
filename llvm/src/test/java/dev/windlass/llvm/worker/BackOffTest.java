package dev.windlass.llvm.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BackOffTest {
    private static final long SECOND = 1_000_000_000;

    private long now = Long.MAX_VALUE - SECOND / 2; // the clock may pass its end
    private final BackOff backOff = new BackOff(() -> now);

    @Test
    void toleratesSomeLosses() {
        backOff.lost();
        backOff.lost();
        assertThat(backOff.isPausing()).isFalse();
        backOff.worked();
        backOff.lost();
        backOff.lost();
        assertThat(backOff.isPausing()).isFalse();
    }

    @Test
    void pausesTwiceAsLongAfterEachFurtherLoss() {
        backOff.lost();
        backOff.lost();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            backOff.lost();
            now += seconds * SECOND - 1;
            assertThat(backOff.isPausing()).isTrue();
            now += 1;
            assertThat(backOff.isPausing()).isFalse();
        }
        backOff.worked();
        backOff.lost();
        assertThat(backOff.isPausing()).isFalse();
    }
}
