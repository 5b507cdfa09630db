package dev.windlass.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.Trap;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.WasiFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a guest passes, it gets an error number: no exception, no access outside its memory.
class HostileArgumentsTest {
    /// The functions of `wasi_snapshot_preview1.witx`.
    private static final String WITX =
            """
            args_get args_sizes_get environ_get environ_sizes_get clock_res_get clock_time_get
            fd_advise fd_allocate fd_close fd_datasync fd_fdstat_get fd_fdstat_set_flags
            fd_fdstat_set_rights fd_filestat_get fd_filestat_set_size fd_filestat_set_times fd_pread
            fd_prestat_get fd_prestat_dir_name fd_pwrite fd_read fd_readdir fd_renumber fd_seek
            fd_sync fd_tell fd_write path_create_directory path_filestat_get
            path_filestat_set_times path_link path_open path_readlink path_remove_directory
            path_rename path_symlink path_unlink_file poll_oneoff proc_exit proc_raise sched_yield
            random_get sock_accept sock_recv sock_send sock_shutdown
            """;

    private static final long[] EDGES = {
        0,
        1,
        2,
        3,
        4,
        8,
        TestGuest.RESULT,
        TestGuest.PAGES * 65536L - 1,
        TestGuest.PAGES * 65536L,
        0x7FFF_FFFF,
        0x8000_0000L,
        0xFFFF_FFF8L,
        0xFFFF_FFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
    };

    @TempDir Path directory;

    @Test
    void theTableHasAllFunctions() {
        TreeSet<String> table =
                Arrays.stream(WasiFunction.values())
                        .map(WasiFunction::text)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(table).hasSize(46).containsExactlyInAnyOrder(WITX.trim().split("\\s+"));
    }

    @ParameterizedTest
    @EnumSource(WasiFunction.class)
    void anyArgumentsGiveAnErrorNumber(WasiFunction function) throws IOException {
        Random random = new Random(function.text().hashCode());
        for (int i = 0; i < 80; i++) {
            try (TestGuest guest = guest()) {
                long[] args = new long[function.params().length()];
                for (int k = 0; k < args.length; k++) {
                    args[k] = EDGES[random.nextInt(EDGES.length)];
                    if (function.params().charAt(k) != 'l') {
                        args[k] = (int) args[k];
                    }
                }
                if (function == WasiFunction.FD_ALLOCATE && args[2] > 8) {
                    args[2] = 8; // the disk is real
                }
                if (function == WasiFunction.POLL_ONEOFF) {
                    guest.store().interrupt(); // a clock at the end of time is no error, only long
                }
                assertThat(outcome(guest, function, args)).isNotNull();
            }
        }
    }

    /// A guest with files, directories and streams under the lowest numbers.
    private TestGuest guest() throws IOException {
        Files.writeString(directory.resolve("f"), "text");
        TestGuest guest = TestGuest.in(directory);
        guest.created(3, "f");
        guest.openedDirectory(3, ".");
        guest.reset();
        return guest;
    }

    private static Object outcome(TestGuest guest, WasiFunction function, long[] args) {
        try {
            return guest.call(function, args);
        } catch (ProcExit e) {
            return e;
        } catch (Trap e) {
            assertThat(guest.store().isInterrupted()).isTrue();
            return e;
        }
    }

    @Test
    void listsOfBuffersAreBounded() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            assertThat(guest.call(WasiFunction.FD_WRITE, 1, 16, -1, TestGuest.RESULT))
                    .isEqualTo(Errno.FAULT);
            // A list that is all inside, each of its buffers outside.
            int list = guest.buffer(-8, 16);
            assertThat(guest.call(WasiFunction.FD_WRITE, 1, list, 1, TestGuest.RESULT))
                    .isEqualTo(Errno.FAULT);
            assertThat(guest.call(WasiFunction.FD_WRITE, 1, list, 1, -4)).isEqualTo(Errno.FAULT);
            // Twenty thousand buffers of nothing.
            assertThat(guest.call(WasiFunction.FD_WRITE, 1, 1024, 20_000, TestGuest.RESULT))
                    .isEqualTo(Errno.INVAL);
        }
    }

    @Test
    void aGuestWithoutMemoryGetsFaults() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            assertThat(guest.call(WasiFunction.ARGS_GET, -1, -1)).isEqualTo(Errno.FAULT);
            assertThat(guest.call(WasiFunction.RANDOM_GET, 0, -1)).isEqualTo(Errno.FAULT);
        }
    }

    @Test
    void argumentsAndVariablesHoldNoNul() {
        assertThatThrownBy(() -> WasiConfig.EMPTY.withArgs(List.of("a\0b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WasiConfig.EMPTY.withEnv(Map.of("A=B", "c")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
