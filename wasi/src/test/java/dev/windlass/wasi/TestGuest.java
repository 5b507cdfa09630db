package dev.windlass.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestMemory;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.abi.WasiFunction;
import dev.windlass.wasi.host.Descriptor;
import dev.windlass.wasi.host.GuestProcess;
import dev.windlass.wasi.host.Interrupts;
import dev.windlass.wasi.host.Listener;
import dev.windlass.wasi.preview1.Preview1;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A guest without code: makes calls with arguments in a memory of four pages. One for each thread;
/// threads share a process by [#another].
final class TestGuest implements AutoCloseable {
    static final int PAGES = 4;

    /// Where results go: below are strings and buffers.
    static final int RESULT = 3 << 16;

    private final RuntimeStore store = new RuntimeStore(new NoEngine(), StoreLimits.DEFAULT);
    private final MemoryInstance memory =
            store.newMemory(new MemoryType(new Limits(PAGES, PAGES, true), false, false, 16));
    private final Map<WasiFunction, Preview1> functions = new EnumMap<>(WasiFunction.class);
    private final Arena arena = Arena.ofAuto();
    private final long slots = arena.allocate(128, 8).address();
    private final GuestProcess process;
    private final GuestMemory guestMemory = new GuestMemory(memory);
    private int free = 16;

    TestGuest(GuestProcess process) {
        this.process = process;
    }

    static TestGuest of(WasiConfig config) throws IOException {
        return new TestGuest(ProcessSetup.open(config, new GuestThreads()));
    }

    /// A guest on a system without calls relative to open directories, which may write all the same.
    static TestGuest byPaths(WasiConfig config) throws IOException {
        return new TestGuest(
                ProcessSetup.open(
                        config.withWritableWithoutHandles(true), new GuestThreads(), () -> null));
    }

    /// A guest that has a directory as descriptor 3.
    static TestGuest in(Path directory) throws IOException {
        return of(WasiConfig.EMPTY.withDirectory(new WasiDirectory(directory, "/", false)));
    }

    /// Another thread's view of the same process.
    TestGuest another() {
        return new TestGuest(process);
    }

    RuntimeStore store() {
        return store;
    }

    GuestMemory memory() {
        return guestMemory;
    }

    Errno call(WasiFunction function, long... args) {
        for (int i = 0; i < args.length; i++) {
            Slots.putI64(slots, i, args[i]);
        }
        return functions
                .computeIfAbsent(function, f -> new Preview1(f, process))
                .call(guestMemory, Interrupts.of(store), slots);
    }

    void ok(WasiFunction function, long... args) {
        assertThat(call(function, args)).as(function.text()).isEqualTo(Errno.SUCCESS);
    }

    /// Where a listener listens.
    InetSocketAddress listener(int fd) throws IOException {
        Descriptor descriptor = process.descriptors().acquire(fd);
        try {
            return ((Listener) descriptor).address();
        } finally {
            descriptor.release();
        }
    }

    // Memory.

    /// Forgets all strings and buffers.
    void reset() {
        free = 16;
    }

    int bytes(byte[] bytes) {
        int at = room(bytes.length);
        guestMemory.putBytes(at, bytes, bytes.length);
        return at;
    }

    int room(int bytes) {
        int at = free;
        free += (bytes + 15) & ~15;
        assertThat(free).isLessThan(RESULT);
        return at;
    }

    /// A list of one buffer.
    int buffer(int address, int length) {
        int at = room(8);
        guestMemory.putInt(at, address);
        guestMemory.putInt(at + 4, length);
        return at;
    }

    int result() {
        return guestMemory.getInt(RESULT);
    }

    long longResult() {
        return guestMemory.getLong(RESULT);
    }

    byte[] read(int address, int length) {
        byte[] bytes = new byte[length];
        Raw.copy(guestMemory.address(address, length), bytes, 0, length);
        return bytes;
    }

    // Calls with paths.

    /// Calls a function whose parameters are a descriptor and a path.
    Errno path(WasiFunction function, int fd, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return call(function, fd, bytes(bytes), bytes.length);
    }

    Errno open(int fd, String path, int openFlags, long rights, int fdFlags, boolean follow) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return open(fd, bytes, openFlags, rights, fdFlags, follow);
    }

    Errno open(int fd, byte[] path, int openFlags, long rights, int fdFlags, boolean follow) {
        return call(
                WasiFunction.PATH_OPEN,
                fd,
                follow ? 1 : 0,
                bytes(path),
                path.length,
                openFlags,
                rights,
                Rights.FILE | Rights.DIRECTORY,
                fdFlags,
                RESULT);
    }

    Errno open(int fd, String path) {
        return open(fd, path, 0, Rights.FILE & ~Rights.WRITING, 0, true);
    }

    int opened(int fd, String path) {
        assertThat(open(fd, path)).as(path).isEqualTo(Errno.SUCCESS);
        return result();
    }

    int created(int fd, String path) {
        assertThat(open(fd, path, Flags.OFLAGS_CREAT, Rights.FILE, 0, true))
                .as(path)
                .isEqualTo(Errno.SUCCESS);
        return result();
    }

    int openedDirectory(int fd, String path) {
        long rights = Rights.DIRECTORY;
        assertThat(open(fd, path, Flags.OFLAGS_DIRECTORY, rights, 0, true))
                .as(path)
                .isEqualTo(Errno.SUCCESS);
        return result();
    }

    Errno symlink(String target, int fd, String path) {
        byte[] from = target.getBytes(StandardCharsets.UTF_8);
        byte[] to = path.getBytes(StandardCharsets.UTF_8);
        return call(WasiFunction.PATH_SYMLINK, bytes(from), from.length, fd, bytes(to), to.length);
    }

    Errno rename(int fd, String path, int toFd, String toPath) {
        byte[] from = path.getBytes(StandardCharsets.UTF_8);
        byte[] to = toPath.getBytes(StandardCharsets.UTF_8);
        return call(
                WasiFunction.PATH_RENAME, fd, bytes(from), from.length, toFd, bytes(to), to.length);
    }

    Errno link(int fd, String path, boolean follow, int toFd, String toPath) {
        byte[] from = path.getBytes(StandardCharsets.UTF_8);
        byte[] to = toPath.getBytes(StandardCharsets.UTF_8);
        return call(
                WasiFunction.PATH_LINK,
                fd,
                follow ? 1 : 0,
                bytes(from),
                from.length,
                toFd,
                bytes(to),
                to.length);
    }

    /// The file's status goes to [#RESULT].
    Errno stat(int fd, String path, boolean follow) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return call(
                WasiFunction.PATH_FILESTAT_GET,
                fd,
                follow ? 1 : 0,
                bytes(bytes),
                bytes.length,
                RESULT);
    }

    FileType statType() {
        int code = guestMemory.getByte(RESULT + 16);
        return Arrays.stream(FileType.values())
                .filter(t -> t.code() == code)
                .findAny()
                .orElseThrow();
    }

    // Calls with data.

    Errno write(int fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return call(WasiFunction.FD_WRITE, fd, buffer(bytes(bytes), bytes.length), 1, RESULT);
    }

    /// What one read gives, as text.
    String readText(int fd, int length) {
        int room = room(length);
        ok(WasiFunction.FD_READ, fd, buffer(room, length), 1, RESULT);
        return new String(read(room, result()), StandardCharsets.UTF_8);
    }

    Errno read(int fd) {
        return call(WasiFunction.FD_READ, fd, buffer(room(64), 64), 1, RESULT);
    }

    /// The names in a directory, read with a buffer of some size.
    List<String> names(int fd, int size) {
        List<String> names = new ArrayList<>();
        int room = room(size);
        long cookie = 0;
        while (true) {
            ok(WasiFunction.FD_READDIR, fd, room, size, cookie, RESULT);
            int used = result();
            int at = 0;
            while (at + 24 <= used) {
                int length = guestMemory.getInt(room + at + 16);
                if (at + 24 + length > used) {
                    break;
                }
                cookie = guestMemory.getLong(room + at);
                names.add(new String(read(room + at + 24, length), StandardCharsets.UTF_8));
                at += 24 + length;
            }
            if (used < size) {
                return names;
            }
        }
    }

    @Override
    public void close() {
        process.descriptors().closeAll();
        store.close();
    }

    private static final class NoEngine implements ExecutionEngine {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public ModuleCode load(Module module) {
            return () -> module;
        }

        @Override
        public void invoke(RuntimeStore store, FunctionInstance function, long slots) {
            throw new IllegalStateException("no guest code in these tests");
        }
    }
}
