package dev.windlass.llvm.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.CompileOptions.MemoryMode;
import dev.windlass.llvm.Target;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that is not a library for this machine and version is refused before it is loaded.
final class StoredLibraryTest {
    private static final Module MODULE =
            WatParser.parseModule(
                            """
                            (module (memory 1)
                              (func (export "add") (param i32 i32) (result i32)
                                (i32.store (i32.const 8) (local.get 0))
                                (i32.add (local.get 0) (local.get 1))))
                            """,
                            Features.ALL)
                    .validated(Features.ALL);

    private static List<byte[]> objects = List.of();
    private static byte[] library = {};
    private static LibraryNote note =
            new LibraryNote(0, 0, 0, "", "", "", Set.of(), 0, MemoryMode.EXPLICIT, false, "", "");

    @TempDir Path folder = Path.of("");
    private Path file = folder;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        CompileOptions options = CompileOptions.forThisMachine();
        objects = ModuleCompiler.compile(MODULE, options, p -> {}).objects();
        Path file = folder.resolve("module.so");
        StoredLibrary.write(MODULE, objects, options, file);
        library = Files.readAllBytes(file);
        note = StoredLibrary.open(file).note();
        assertThat(folder.toFile().list()).containsExactly("module.so");
    }

    @BeforeEach
    void name() {
        file = folder.resolve("module.so");
    }

    @Test
    void carriesTheModuleAndWhatItIsFor() throws IOException {
        Files.write(file, library);
        StoredLibrary stored = StoredLibrary.open(file);
        assertThat(stored.module()).isEqualTo(MODULE.bytes());
        assertThat(stored.note().llvm()).startsWith("20.1.");
        assertThat(stored.note().level()).isEqualTo(1);
        assertThat(stored.note().requires()).isSubsetOf(ProcessorFeatures.here());
        assertThat(stored.load(MODULE).code(0)).isNotZero();
    }

    @Test
    void twoLibrariesAreLoadedApart() throws IOException {
        Files.write(file, library);
        NativeLibrary first = StoredLibrary.open(file).load(MODULE);
        Path copy = Files.write(folder.resolve("copy.so"), library);
        NativeLibrary second = StoredLibrary.open(copy).load(MODULE);
        assertThat(second.code(0)).isNotEqualTo(first.code(0));
    }

    @Test
    void whatIsCheckedIsWhatIsLoaded() throws IOException {
        Files.write(file, library);
        StoredLibrary stored = StoredLibrary.open(file);
        Files.delete(file);
        Files.writeString(file, "something else");
        assertThat(stored.load(MODULE).code(0)).isNotZero();
    }

    @Test
    void isReproducible() throws IOException {
        assertThat(StoredLibrary.linked(note, MODULE.bytes(), objects)).isEqualTo(library);
    }

    @Test
    void refusesEveryChangedByte() {
        int step = Math.max(1, library.length / 500);
        for (int at = 0; at < library.length; at += step) {
            byte[] damaged = library.clone();
            damaged[at] ^= 0x10;
            refused(damaged, "it ");
        }
    }

    @Test
    void refusesEveryChangedByteOfTheHeader() {
        for (int at = 0; at < 64; at++) {
            for (int value : new int[] {0, 0x7F, 0xFF}) {
                byte[] damaged = library.clone();
                if (damaged[at] != (byte) value) {
                    damaged[at] = (byte) value;
                    refused(damaged, "it ");
                }
            }
        }
    }

    @Test
    void refusesWhatIsCutOff() {
        for (int size = 0; size < library.length; size += library.length / 200) {
            refused(Arrays.copyOf(library, size), "it ");
        }
        refused(Arrays.copyOf(library, library.length + 1), "checksum");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        refused(MODULE.bytes(), "it is not a shared library");
        refused(new byte[0], "it is not a shared library");
        refused(Files.readAllBytes(Path.of("/proc/self/exe")), "it was not made by");
        refused(Lld.link(objects), "it was not made by 'windlass compile', or was stripped");
        assertThatThrownBy(() -> StoredLibrary.open(folder))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("it is not a file");
        assertThatThrownBy(() -> StoredLibrary.open(folder.resolve("none.so")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesOtherVersions() throws IOException {
        String version = "it was compiled for another version of Windlass";
        refused(noted(with(note.abi() + 1, note.hostCalls(), note.context())), version);
        refused(noted(with(note.abi(), note.hostCalls() + 1, note.context())), version);
        refused(noted(with(note.abi(), note.hostCalls(), note.context() - 1)), version);
    }

    @Test
    void refusesOtherMachines() throws IOException {
        refused(
                noted(forMachine(note.triple(), Set.of("flux_capacitor"))),
                "it is for the processor " + note.cpu() + ", this one lacks flux_capacitor");
        refused(noted(forMachine("x86_64-apple-macosx", Set.of())), "it is for x86_64-apple");
        String other = note.triple().startsWith("x86_64") ? "aarch64-linux" : "x86_64-linux";
        CompileOptions options =
                CompileOptions.forThisMachine()
                        .withMemoryMode(MemoryMode.EXPLICIT)
                        .forTarget(Target.of(other, null));
        StoredLibrary.write(
                MODULE, ModuleCompiler.compile(MODULE, options, p -> {}).objects(), options, file);
        refused(Files.readAllBytes(file), "it is for " + other.replace("-linux", "-unknown"));
    }

    @Test
    void refusesAModuleThatIsNotTheOneItWasMadeOf() throws IOException {
        byte[] other = MODULE.bytes().clone();
        other[other.length - 1] ^= 1;
        refused(StoredLibrary.linked(note, other, objects), "its module is not the one");
    }

    @Test
    void refusesWhatOthersMayChange() throws IOException {
        Files.write(file, library);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> StoredLibrary.open(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("chmod go-w");
    }

    @Test
    void refusesWhatBelongsToAnotherUser() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
        Files.write(file, library);
        Files.setOwner(
                file,
                FileSystems.getDefault()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName("nobody"));
        assertThatThrownBy(() -> StoredLibrary.open(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("it belongs to nobody");
    }

    @Test
    void leavesNothingWhereItCannotWrite() {
        Path nowhere = folder.resolve("none/module.so");
        assertThatThrownBy(() ->
                        StoredLibrary.write(
                                MODULE, objects, CompileOptions.forThisMachine(), nowhere))
                .isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).isEmpty();
    }

    private static LibraryNote with(int abi, int hostCalls, int context) {
        return new LibraryNote(
                abi,
                hostCalls,
                context,
                note.llvm(),
                note.triple(),
                note.cpu(),
                note.requires(),
                note.level(),
                note.memory(),
                note.countsFuel(),
                note.module(),
                note.moduleChecksum());
    }

    private static LibraryNote forMachine(String triple, Set<String> requires) {
        return new LibraryNote(
                note.abi(),
                note.hostCalls(),
                note.context(),
                note.llvm(),
                triple,
                note.cpu(),
                requires,
                note.level(),
                note.memory(),
                note.countsFuel(),
                note.module(),
                note.moduleChecksum());
    }

    private static byte[] noted(LibraryNote other) throws IOException {
        return StoredLibrary.linked(other, MODULE.bytes(), objects);
    }

    private void refused(byte[] content, String reason) {
        assertThatThrownBy(() -> StoredLibrary.open(Files.write(file, content)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(reason);
    }
}
