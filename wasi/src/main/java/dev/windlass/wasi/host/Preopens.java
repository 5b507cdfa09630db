package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.posix.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The directories that a guest has from the start. They are opened when the first path is used, all
/// together: a program that uses none does not pay for it, and one that could move a directory
/// which lies in another finds both open already.
public final class Preopens {
    private final List<Preopen> all = new ArrayList<>();
    private boolean opened;

    /// Adds a directory.
    ///
    /// @param name what the guest calls it
    /// @throws IOException if there is no such directory
    public Descriptor add(Path host, String name, boolean readOnly) throws IOException {
        if (!Files.isDirectory(host)) {
            throw Files.exists(host)
                    ? new NotDirectoryException(host.toString())
                    : new NoSuchFileException(host.toString());
        }
        Preopen preopen = new Preopen(host.toAbsolutePath());
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
        private @Nullable Folder folder;
        private Errno failure = Errno.BADF;

        Preopen(Path host) {
            this.host = host;
        }

        void open() {
            try {
                Posix posix = Posix.instance();
                if (posix == null) {
                    throw Errno.NOTSUP.failure();
                }
                folder = new PosixFolder(posix, posix.openHostDirectory(host.toString()));
            } catch (ErrnoException e) {
                failure = e.errno();
            }
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
