package dev.windlass.llvm.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a shared library gives to others and wants of them.
public final class ElfSymbols {
    private static final int SYMBOL_BYTES = 24;

    private ElfSymbols() {}

    /// The names of all dynamic symbols, defined or not.
    public static List<String> dynamic(byte[] library) throws IOException {
        ElfSections sections = new ElfSections(ByteSource.of(library));
        ByteBuffer symbols =
                ByteBuffer.wrap(sections.content(".dynsym")).order(ByteOrder.LITTLE_ENDIAN);
        String names = new String(sections.content(".dynstr"), StandardCharsets.ISO_8859_1);
        List<String> all = new ArrayList<>();
        // The first one is always empty.
        for (int at = SYMBOL_BYTES; at < symbols.capacity(); at += SYMBOL_BYTES) {
            int name = symbols.getInt(at);
            all.add(names.substring(name, names.indexOf(0, name)));
        }
        return all;
    }

    /// Whether the loader has anything to change in it.
    public static boolean hasRelocations(byte[] library) throws IOException {
        ElfSections sections = new ElfSections(ByteSource.of(library));
        return sections.contentOrEmpty(".rela.dyn").length > 0
                || sections.contentOrEmpty(".rela.plt").length > 0;
    }
}
