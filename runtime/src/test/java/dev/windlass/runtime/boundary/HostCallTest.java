package dev.windlass.runtime.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Pins the list: artifacts and caches depend on it. Append rows; never change one.
class HostCallTest {
    private static final String PINNED =
            """
            0 MEMORY_GROW IL:L
            1 MEMORY_INIT IILLL:
            2 DATA_DROP I:
            3 MEMORY_COPY IILLL:
            4 MEMORY_FILL ILIL:
            5 TABLE_GET IL:L
            6 TABLE_INIT IILLL:
            7 ELEM_DROP I:
            8 TABLE_COPY IILLL:
            9 TABLE_GROW ILL:L
            10 TABLE_FILL ILLL:
            11 REF_FUNC I:L
            12 ATOMIC_WAIT32 ILLL:I
            13 ATOMIC_WAIT64 ILLL:I
            14 ATOMIC_NOTIFY ILI:I
            15 THROW IL:
            16 THROW_REF L:
            17 TRAP I:
            18 SAFEPOINT I:
            19 CALL_IMPORT IL:
            20 INVOKE_INTERPRETED IL:
            21 STACK_CHECK I:
            22 CALLEE_MATCHES IL:L
            23 EXCEPTION_MATCHES IL:L
            """;

    @Test
    void keepsIdsAndSignatures() {
        String list =
                Arrays.stream(HostCall.values())
                        .map(c ->
                                c.id()
                                        + " "
                                        + c.name()
                                        + " "
                                        + c.signature().params()
                                        + ":"
                                        + c.signature().result()
                                        + "\n")
                        .collect(Collectors.joining());
        assertThat(list).isEqualTo(PINNED);
        assertThat(HostCall.LIST_VERSION).isEqualTo(2);
    }

    @Test
    void namesSignaturesByTheirLetters() {
        for (HostSignature signature : HostSignature.values()) {
            assertThat(signature.name()).isEqualTo(signature.params() + "_" + signature.result());
        }
    }

    @Test
    void hasCurrentDispatch() throws IOException {
        Path source =
                Path.of(System.getProperty("windlass.root", ""))
                        .resolve("runtime/src/main/java")
                        .resolve(HostCallDispatch.class.getName().replace('.', '/') + ".java");
        Assumptions.assumeTrue(Files.exists(source), "no sources at " + source);
        assertThat(Files.readString(source))
                .as("run HostCallDispatchGenerator")
                .isEqualTo(HostCallDispatchGenerator.text());
    }
}
