package dev.windlass.wasi.preview1;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestMemory;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.host.Descriptor;
import dev.windlass.wasi.host.Directory;
import dev.windlass.wasi.host.DirectoryEntry;
import dev.windlass.wasi.host.OpenRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// `path_*` and `fd_readdir`.
final class PathCalls {
    private static final int DIRENT = 24;

    private PathCalls() {}

    private static Directory directory(Descriptor descriptor) {
        if (descriptor instanceof Directory directory) {
            return directory;
        }
        throw Errno.NOTDIR.failure();
    }

    private static Directory directory(Call call) {
        return directory(call.descriptor());
    }

    private static boolean follow(int lookupFlags) {
        if ((lookupFlags & ~Flags.LOOKUP_SYMLINK_FOLLOW) != 0) {
            throw Errno.INVAL.failure();
        }
        return lookupFlags != 0;
    }

    /// Runs something with the second directory of a call, which must have a right of its own.
    private static void withSecond(Call call, int parameter, long right, Consumer<Directory> body) {
        Descriptor second = call.process().descriptors().acquire(call.i32(parameter));
        try {
            second.require(right);
            body.accept(directory(second));
        } finally {
            second.release();
        }
    }

    static void createDirectory(Call call) {
        directory(call).createDirectory(call.path(1));
    }

    static void removeDirectory(Call call) {
        directory(call).removeDirectory(call.path(1));
    }

    static void unlinkFile(Call call) {
        directory(call).unlinkFile(call.path(1));
    }

    static void filestatGet(Call call) {
        boolean follow = follow(call.i32(1));
        directory(call).stat(call.path(2), follow).store(call.memory(), call.u32(4));
    }

    static void filestatSetTimes(Call call) {
        boolean follow = follow(call.i32(1));
        directory(call)
                .setTimes(
                        call.path(2),
                        follow,
                        DescriptorCalls.times(call.i64(4), call.i64(5), call.i32(6)));
    }

    static void link(Call call) {
        boolean follow = follow(call.i32(1));
        String from = call.path(2);
        String to = call.path(5);
        withSecond(
                call,
                4,
                Rights.PATH_LINK_TARGET,
                target -> directory(call).link(from, follow, target, to));
    }

    static void rename(Call call) {
        String from = call.path(1);
        String to = call.path(4);
        withSecond(
                call,
                3,
                Rights.PATH_RENAME_TARGET,
                target -> directory(call).rename(from, target, to));
    }

    static void symlink(Call call) {
        directory(call).symlink(call.path(0), call.path(3));
    }

    static void readlink(Call call) {
        byte[] target = directory(call).readLink(call.path(1)).getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(call.u32(4), target.length);
        call.memory().putBytes(call.u32(3), target, length);
        call.memory().putInt(call.u32(5), length);
    }

    static void open(Call call) {
        boolean follow = follow(call.i32(1));
        int openFlags = call.i32(4);
        int fdFlags = call.i32(7);
        if ((openFlags & ~Flags.OFLAGS_ALL) != 0 || (fdFlags & ~Flags.FDFLAGS_ALL) != 0) {
            throw Errno.INVAL.failure();
        }
        long result = call.u32(8);
        call.memory().address(result, Integer.BYTES);
        Descriptor opened =
                directory(call)
                        .open(
                                call.path(2),
                                follow,
                                new OpenRequest(openFlags, call.i64(5), call.i64(6), fdFlags),
                                call.interrupts());
        call.memory().putInt(result, call.process().descriptors().add(opened));
    }

    /// Entries one after another, the last one cut where the buffer ends: so a guest knows that there
    /// are more.
    static void readdir(Call call) {
        GuestMemory memory = call.memory();
        long buffer = call.u32(1);
        long length = call.u32(2);
        memory.address(buffer, length);
        memory.address(call.u32(4), Integer.BYTES);
        long cookie = call.i64(3);
        long used = 0;
        for (DirectoryEntry entry : directory(call).list(cookie)) {
            byte[] dirent = dirent(entry, ++cookie);
            int n = (int) Math.min(dirent.length, length - used);
            memory.putBytes(buffer + used, dirent, n);
            used += n;
            if (used == length) {
                break;
            }
        }
        memory.putInt(call.u32(4), (int) used);
    }

    private static byte[] dirent(DirectoryEntry entry, long next) {
        byte[] bytes = new byte[DIRENT + entry.name().length];
        put(bytes, 0, next, Long.BYTES);
        put(bytes, 8, entry.inode(), Long.BYTES);
        put(bytes, 16, entry.name().length, Integer.BYTES);
        bytes[20] = (byte) entry.type().code();
        System.arraycopy(entry.name(), 0, bytes, DIRENT, entry.name().length);
        return bytes;
    }

    private static void put(byte[] bytes, int at, long value, int size) {
        for (int i = 0; i < size; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
