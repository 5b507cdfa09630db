package dev.windlass.llvm.artifact;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.HostSystem;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// A library in a file that outlives the process: it holds the module, says what it is for, and is
/// checked before it is loaded. The checksum shows damage, not who made it: only libraries from a
/// trusted source may be run.
public final class StoredLibrary {
    private static final String MODULE = ".windlass.module";

    /// How much is read at a time to be checked: small enough for the processor's cache.
    private static final int PART = 1 << 17;

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
        LibraryNote note = LibraryNote.of(options, LlvmLibrary.open().version(), bytes);
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
        ByteSource source = ByteSource.of(library);
        long offset = checksumOffset(new ElfSections(source));
        ByteBuffer.wrap(library).putLong((int) offset, checksum(source, offset));
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
        try (FileChannel channel = file.channel()) {
            ByteSource source = ByteSource.of(channel);
            ElfSections sections = new ElfSections(source);
            LibraryNote note = LibraryNote.decode(sections.content(LibraryNote.SECTION));
            checkContent(source, checksumOffset(sections));
            checkVersions(note);
            checkMachine(note);
            byte[] module = sections.content(MODULE);
            if (!LibraryNote.checksum(module).equals(note.moduleChecksum())) {
                throw new ArtifactException(
                        "it is damaged: its module is not the one it was made of");
            }
            byte[] lines = sections.contentOrEmpty(NativeLibrary.LINES);
            return new StoredLibrary(file, note, module, lines);
        }
    }

    private static void checkContent(ByteSource file, long checksumOffset) throws IOException {
        long stored = ByteBuffer.wrap(file.read(checksumOffset, Checksum.BYTES)).getLong();
        if (stored != checksum(file, checksumOffset)) {
            throw new ArtifactException("it is damaged: its content does not match its checksum");
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
        if (!fitsHere(note.triple())) {
            throw new ArtifactException(
                    "it is for "
                            + note.triple()
                            + ", this machine is "
                            + HostSystem.NAME
                            + " "
                            + HostSystem.MACHINE);
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

    private static boolean fitsHere(String triple) {
        return triple.contains("linux")
                && HostSystem.isLinux()
                && (triple.startsWith("x86_64")
                        ? HostSystem.MACHINE.equals("amd64")
                        : triple.startsWith("aarch64") && HostSystem.MACHINE.equals("aarch64"));
    }

    private static long checksumOffset(ElfSections sections) {
        return sections.section(LibraryNote.SECTION).offset() + LibraryNote.CHECKSUM_OFFSET;
    }

    /// Of everything but the checksum itself, which counts as zeros.
    private static long checksum(ByteSource file, long checksumOffset) throws IOException {
        Checksum sum = new Checksum();
        add(sum, file, 0, checksumOffset);
        sum.add(new byte[Checksum.BYTES], 0, Checksum.BYTES);
        add(sum, file, checksumOffset + Checksum.BYTES, file.size());
        return sum.value();
    }

    private static void add(Checksum sum, ByteSource file, long start, long end)
            throws IOException {
        byte[] part = new byte[PART];
        for (long at = start; at < end; at += PART) {
            int length = (int) Math.min(PART, end - at);
            file.read(at, ByteBuffer.wrap(part, 0, length));
            sum.add(part, 0, length);
        }
    }

    public LibraryNote note() {
        return note;
    }

    /// The module, in the binary format. Not to be changed.
    public byte[] module() {
        return module;
    }

    /// Loads it.
    ///
    /// @param parsed the module of [#module]
    public NativeLibrary load(Module parsed) {
        return NativeLibrary.of(file.load(), parsed, lines);
    }
}
