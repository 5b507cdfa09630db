package dev.windlass.llvm.binding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// Where libLLVM and lld lie unpacked, once per user. A folder appears complete or not at all: it is
/// filled under another name and then renamed, so that processes may do the same at the same time
/// and may be killed at any moment.
final class LlvmFolder {
    static final String LLD = "lld";

    /// Lists the files with their sizes: a folder without it, or that differs, is made anew.
    private static final String LIST = "complete";

    private static final String UNFINISHED = ".new-";
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final Platform platform;

    LlvmFolder(Path cache, Platform platform) {
        this.folder = cache.resolve("llvm-" + Platform.LLVM).resolve(platform.name());
        this.platform = platform;
    }

    Path path() {
        return folder;
    }

    Path library() {
        return folder.resolve(platform.libraryFile());
    }

    Path lld() {
        return folder.resolve(LLD);
    }

    boolean isComplete() throws IOException {
        Path list = folder.resolve(LIST);
        return Files.isRegularFile(list) && Files.readString(list).equals(sizes(folder));
    }

    private String sizes(Path of) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : List.of(platform.libraryFile(), LLD)) {
            Path file = of.resolve(name);
            long size = Files.isRegularFile(file) ? Files.size(file) : -1;
            text.append(name).append(' ').append(size).append('\n');
        }
        return text.toString();
    }

    /// Unpacks.
    ///
    /// @throws IOException if the jar is damaged or files cannot be written; nothing is left then
    void unpack(Path jar) throws IOException {
        Path parent = parentOf(folder);
        Files.createDirectories(parent);
        deleteAbandoned(parent);
        Path unfinished = parent.resolve(UNFINISHED + UUID.randomUUID());
        Files.createDirectory(unfinished);
        try {
            try (JarFile file = new JarFile(jar.toFile(), false)) {
                copy(file, platform.library(), unfinished.resolve(platform.libraryFile()));
                copy(file, LLD, unfinished.resolve(LLD));
            }
            makeExecutable(unfinished.resolve(LLD));
            try (OutputStream out = create(unfinished.resolve(LIST))) {
                out.write(sizes(unfinished).getBytes(StandardCharsets.UTF_8));
            }
            moveIntoPlace(unfinished);
        } finally {
            delete(unfinished);
        }
    }

    private void copy(JarFile jar, String name, Path to) throws IOException {
        ZipEntry entry = jar.getEntry(platform.entry(name));
        if (entry == null) {
            throw new IOException(jar.getName() + " holds no " + platform.entry(name));
        }
        try (InputStream in = jar.getInputStream(entry);
                OutputStream out = create(to)) {
            in.transferTo(out);
        }
    }

    /// A new file that is on the device before it is closed.
    private static OutputStream create(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel);
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                out.write(bytes, offset, count);
            }

            @Override
            public void close() throws IOException {
                try (channel) {
                    channel.force(true);
                }
            }
        };
    }

    private static void makeExecutable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true, true)) {
            throw new FileSystemException(file.toString(), null, "cannot be made executable");
        }
    }

    private void moveIntoPlace(Path unfinished) throws IOException {
        if (Files.exists(folder) && !isComplete()) {
            Path damaged = folder.resolveSibling(UNFINISHED + UUID.randomUUID());
            Files.move(folder, damaged, StandardCopyOption.ATOMIC_MOVE);
            delete(damaged);
        }
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was faster: then it is there now.
            if (!isComplete()) {
                throw e;
            }
        }
    }

    /// What was left by processes that were killed.
    private static void deleteAbandoned(Path parent) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(ABANDONED));
        List<Path> all;
        try (Stream<Path> entries = Files.list(parent)) {
            all = entries.filter(p -> nameOf(p).startsWith(UNFINISHED)).toList();
        }
        for (Path each : all) {
            if (Files.exists(each) && Files.getLastModifiedTime(each).compareTo(limit) < 0) {
                delete(each);
            }
        }
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static Path parentOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no parent");
        }
        return parent;
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    /// The user's folder for what can be made again.
    ///
    /// @throws LlvmUnavailableException if there is none
    static Path cache() {
        String named = System.getenv("XDG_CACHE_HOME");
        if (named != null && named.startsWith("/")) {
            return Path.of(named, "windlass");
        }
        String home = System.getProperty("user.home", "");
        if (!home.startsWith("/")) {
            throw new LlvmUnavailableException(
                    "there is no home folder to unpack LLVM into: set XDG_CACHE_HOME");
        }
        return Path.of(home, ".cache", "windlass");
    }
}
