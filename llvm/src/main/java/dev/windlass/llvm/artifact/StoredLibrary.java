package dev.windlass.llvm.artifact;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.llvm.compile.TableObject;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// A library in a file that outlives the process: it holds the module, says what it is for, and is
/// checked before it is loaded. The digest shows damage, not who made it: only libraries from a
/// trusted source may be run.
public final class StoredLibrary {
    private static final String MODULE = ".windlass.module";

    private final OpenFile file;
    private final LibraryNote note;
    private final byte[] module;
    private final byte[] lines;

    private StoredLibrary(OpenFile file, LibraryNote note, byte[] module, byte[] lines) {
        this.lines = lines;
        this.file = file;
        this.note = note;
        this.module = module;
    }

    /// Links and writes. The file is complete when it appears under its name.
    ///
    /// @throws IOException if it cannot be written; nothing is left then
    public static void write(Module module, List<byte[]> objects, CompileOptions options, Path out)
            throws IOException {
        byte[] bytes = module.bytes();
        LibraryNote note =
                LibraryNote.of(options, LlvmLibrary.open().version(), hex(digest().digest(bytes)));
        writeAtOnce(linked(note, bytes, objects), out);
    }

    /// The content of a library's file.
    static byte[] linked(LibraryNote note, byte[] module, List<byte[]> objects) throws IOException {
        ElfObject own = new ElfObject(machine(note.triple()));
        own.add(LibraryNote.SECTION, ElfObject.NOTE, note.encoded());
        own.add(MODULE, ElfObject.PROGBITS, module);
        List<byte[]> all = new ArrayList<>(objects);
        all.add(own.bytes());
        byte[] library = Lld.link(all);
        System.arraycopy(
                digest(library), 0, library, digestOffset(library), LibraryNote.DIGEST_BYTES);
        return library;
    }

    /// The processor's number in ELF.
    private static int machine(String triple) {
        return triple.startsWith("x86_64") ? 62 : 183;
    }

    /// Writes a file that appears complete or not at all.
    public static void writeAtOnce(byte[] bytes, Path out) throws IOException {
        Path unfinished = out.resolveSibling("." + out.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(unfinished, out, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// Opens and checks everything that can be checked without running code of it.
    ///
    /// @throws IOException if it cannot be read
    /// @throws ArtifactException with the reason, if it is not for this machine, this version, or is
    ///     damaged
    public static StoredLibrary open(Path path) throws IOException {
        OpenFile file = OpenFile.open(path);
        file.checkOwner();
        byte[] bytes = file.bytes();
        ElfSections sections = new ElfSections(bytes);
        LibraryNote note = LibraryNote.decode(sections.content(LibraryNote.SECTION));
        checkDigest(bytes);
        checkVersions(note);
        checkMachine(note);
        byte[] module = sections.content(MODULE);
        if (!hex(digest().digest(module)).equals(note.module())) {
            throw new ArtifactException("it is damaged: its module is not the one it was made of");
        }
        return new StoredLibrary(file, note, module, sections.contentOrEmpty(NativeLibrary.LINES));
    }

    private static void checkDigest(byte[] bytes) {
        int offset = digestOffset(bytes);
        byte[] stored = Arrays.copyOfRange(bytes, offset, offset + LibraryNote.DIGEST_BYTES);
        if (!Arrays.equals(stored, digest(bytes))) {
            throw new ArtifactException("it is damaged: its content does not match its digest");
        }
    }

    private static void checkVersions(LibraryNote note) {
        if (note.abi() != TableObject.VERSION
                || note.hostCalls() != HostCall.LIST_VERSION
                || note.context() != ContextLayout.VERSION) {
            throw new ArtifactException(
                    "it was compiled for another version of Windlass: compile the module again");
        }
    }

    private static void checkMachine(LibraryNote note) {
        String system = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
        if (!fits(note.triple(), system)) {
            throw new ArtifactException(
                    "it is for " + note.triple() + ", this machine is " + system);
        }
        Set<String> missing = new TreeSet<>(note.requires());
        missing.removeAll(ProcessorFeatures.here());
        if (!missing.isEmpty()) {
            throw new ArtifactException(
                    "it is for the processor "
                            + note.cpu()
                            + ", this one lacks "
                            + String.join(", ", missing)
                            + ": compile the module here, or with --cpu x86-64-v2");
        }
    }

    private static boolean fits(String triple, String system) {
        boolean linux = triple.contains("linux") && system.startsWith("Linux");
        return linux
                && (triple.startsWith("x86_64")
                        ? system.endsWith(" amd64")
                        : triple.startsWith("aarch64") && system.endsWith(" aarch64"));
    }

    private static int digestOffset(byte[] library) {
        return new ElfSections(library).section(LibraryNote.SECTION).offset()
                + LibraryNote.DIGEST_OFFSET;
    }

    /// Of everything but the digest itself, which counts as zeros.
    private static byte[] digest(byte[] library) {
        int offset = digestOffset(library);
        int end = offset + LibraryNote.DIGEST_BYTES;
        if (end > library.length) {
            throw new ArtifactException("it is damaged: it ends in its note");
        }
        MessageDigest digest = digest();
        digest.update(library, 0, offset);
        digest.update(new byte[LibraryNote.DIGEST_BYTES]);
        digest.update(library, end, library.length - end);
        return digest.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every JDK has it
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public LibraryNote note() {
        return note;
    }

    /// The module, in the binary format.
    public byte[] module() {
        return module.clone();
    }

    /// Loads it.
    ///
    /// @param parsed the module of [#module]
    public NativeLibrary load(Module parsed) {
        return NativeLibrary.of(file.load(), parsed, lines);
    }
}
