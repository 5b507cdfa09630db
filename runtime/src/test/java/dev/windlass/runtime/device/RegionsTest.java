package dev.windlass.runtime.device;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.boundary.Raw;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RegionsTest {
    private static final long MIB = 1 << 20;
    private static final long SMALL = MIB / 4;

    private static void assertUsable(Region region, long bytes) {
        assertThat(region.base() & 15).isZero();
        assertThat(Raw.getLong(region.base())).isZero();
        assertThat(Raw.getLong(region.base() + bytes - 8)).isZero();
        Raw.putLong(region.base() + bytes - 8, -1);
        Raw.putLong(region.base() + bytes + Region.PADDING - 8, 0);
    }

    @Test
    void choosesTheDeviceBySize() {
        Region small = requireNonNull(Regions.allocate(SMALL, 64 * MIB));
        Region large = requireNonNull(Regions.allocate(64 * MIB, 64 * MIB));
        assertThat(small).isInstanceOf(ArenaRegion.class);
        if (PageMapper.exists()) {
            assertThat(large).isInstanceOf(MappedRegion.class);
        }
        for (Region region : List.of(small, large)) {
            region.free();
        }
    }

    @Test
    void extendsAReservationInPlace() {
        Assumptions.assumeTrue(PageMapper.exists(), "no mmap on this system");
        Region region = requireNonNull(Regions.allocateFixed(100, 1L << 30));
        assertUsable(region, 104);
        assertThat(region.extend(MIB)).isTrue();
        assertUsable(region, MIB);
        assertThat(region.extend(1L << 30)).isTrue();
        assertUsable(region, 1L << 30);
        assertThat(region.extend((1L << 30) + 1)).isFalse();
        region.free();
    }

    @Test
    void givesArenasWhenGrowthIsSmallAndHeadroomWithThem() {
        Region region =
                requireNonNull(Regions.allocateLarger(2 * SMALL, 1L << 32, SMALL + SMALL / 2));
        assertThat(region).isInstanceOf(ArenaRegion.class);
        assertThat(region.capacity()).isEqualTo(3 * SMALL);
        assertThat(region.extend(3 * SMALL)).isTrue();
        assertUsable(region, 3 * SMALL);
        region.free();
    }

    @Test
    void mapsMediumRegionsOnceTheSystemIsLinked() {
        Assumptions.assumeTrue(PageMapper.exists(), "no mmap on this system");
        requireNonNull(Regions.allocate(64 * MIB, 64 * MIB)).free();
        Region medium = requireNonNull(Regions.allocate(8 * MIB, 8 * MIB));
        assertThat(medium).isInstanceOf(MappedRegion.class);
        assertUsable(medium, 8 * MIB);
        medium.free();
    }

    @Test
    void fallsBackToSmallerReservations() {
        Assumptions.assumeTrue(PageMapper.exists(), "no mmap on this system");
        Region region = requireNonNull(MappedRegion.reserve(MIB, PageMapper.LARGEST));
        assertThat(region.capacity()).isGreaterThanOrEqualTo(MIB);
        assertThat(region.extend(MIB)).isTrue();
        assertUsable(region, MIB);
        region.free();
    }

    @Test
    void answersNullForWhatNobodyHas() {
        assertThat(ArenaRegion.allocate(1L << 46)).isNull();
        assertThat(ArenaRegion.allocate(Long.MAX_VALUE)).isNull();
        assertThat(Regions.allocate(Long.MAX_VALUE, Long.MAX_VALUE)).isNull();
        assertThat(Regions.allocateFixed(0, 1L << 62)).isNull();
    }

    @Test
    void hasPaddingBehindNothing() {
        Region region = requireNonNull(Regions.allocate(0, 0));
        assertThat(Raw.getLong(region.base())).isZero();
        region.free();
    }
}
