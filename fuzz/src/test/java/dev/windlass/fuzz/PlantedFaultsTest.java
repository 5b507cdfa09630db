package dev.windlass.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The faults that `fuzz/planted` plants fit the sources as they are.
class PlantedFaultsTest {
    @Test
    void faultsFitTheSources() throws IOException {
        assertThat(PlantedFault.all()).hasSizeGreaterThanOrEqualTo(10);
        for (PlantedFault fault : PlantedFault.all()) {
            assertThat(fault.planted()).as(fault.name()).contains(fault.wrong());
        }
    }
}
