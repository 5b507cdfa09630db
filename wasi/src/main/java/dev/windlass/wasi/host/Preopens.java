package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.posix.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The directories that a guest has from the start. They are opened when the first path is used, all
/// together: a program that uses none does not pay for it, and one that could move a directory
/// which lies in another finds both open already.
public final class Preopens {
    private final Supplier<@Nullable Posix> system;
    private final boolean writableByPaths;
    private final List<Preopen> all = new ArrayList<>();
    private boolean opened;

    /// @param system the calls relative to open directories, or null where they cannot be had; asked
    ///     late
    /// @param writableByPaths whether directories may be written to without them
    public Preopens(Supplier<@Nullable Posix> system, boolean writableByPaths) {
        this.system = system;
        this.writableByPaths = writableByPaths;
    }

    /// Adds a directory.
    ///
    /// @param name what the guest calls it
    /// @throws IOException if there is no such directory, or it cannot be made safe to write to
    public Descriptor add(Path host, String name, boolean readOnly) throws IOException {
        if (!Files.isDirectory(host)) {
            throw Files.exists(host)
                    ? new NotDirectoryException(host.toString())
                    : new NoSuchFileException(host.toString());
        }
        if (!Posix.isExpected() && !readOnly && !writableByPaths) {
            throw new FileSystemException(
                    host.toString(),
                    null,
                    "this system cannot keep a guest inside a writable directory while other"
                            + " processes change it: make it read-only, or consent");
        }
        Preopen preopen = new Preopen(host.toAbsolutePath(), readOnly);
        all.add(preopen);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new Directory(preopen, bytes, readOnly ? Rights.WRITING : Rights.NONE);
    }

    private synchronized void openAll() {
        if (!opened) {
            opened = true;
            all.forEach(Preopen::open);
        }
    }

    private final class Preopen implements Directory.Handle {
        private final Path host;
        private final boolean readOnly;
        private @Nullable Folder folder;
        private Errno failure = Errno.BADF;

        Preopen(Path host, boolean readOnly) {
            this.host = host;
            this.readOnly = readOnly;
        }

        void open() {
            try {
                folder = opened();
            } catch (ErrnoException e) {
                failure = e.errno();
            } catch (IOException e) {
                failure = IoErrors.errno(e);
            }
        }

        private Folder opened() throws IOException {
            Posix posix = system.get();
            if (posix != null) {
                return new PosixFolder(posix, posix.openHostDirectory(host.toString()));
            }
            if (!readOnly && !writableByPaths) {
                throw Errno.NOTCAPABLE.failure();
            }
            return new NioFolder(host.toRealPath());
        }

        @Override
        public Folder folder() {
            openAll();
            Folder current = folder;
            if (current == null) {
                throw failure.failure();
            }
            return current;
        }

        @Override
        public void close() {
            synchronized (Preopens.this) {
                if (folder != null) {
                    folder.close();
                }
            }
        }
    }
}
