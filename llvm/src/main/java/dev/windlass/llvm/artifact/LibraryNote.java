package dev.windlass.llvm.artifact;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.compile.TableObject;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.HostCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a stored library says of itself, in an ELF note (`readelf -n` lists it): a checksum, then
/// lines of a key and a value.
///
/// @param abi [TableObject#VERSION]
/// @param hostCalls [HostCall#LIST_VERSION]
/// @param context [ContextLayout#VERSION]
/// @param llvm LLVM's version
/// @param triple LLVM's name of the target
/// @param cpu LLVM's name of the processor
/// @param requires what the processor must have, in the operating system's words
/// @param level of optimisation
/// @param memory how accesses to memory are kept inside
/// @param countsFuel whether the code pays for its instructions
/// @param module SHA-256 of the module, in hexadecimal digits: which it is
/// @param moduleChecksum whether it is whole, in hexadecimal digits
public record LibraryNote(
        int abi,
        int hostCalls,
        int context,
        String llvm,
        String triple,
        String cpu,
        Set<String> requires,
        int level,
        CompileOptions.MemoryMode memory,
        boolean countsFuel,
        String module,
        String moduleChecksum) {
    static final String SECTION = ".note.windlass";

    /// Name and its size, size of the description, type: before the checksum.
    static final int CHECKSUM_OFFSET = 24;

    private static final String OWNER = "Windlass";
    private static final int TYPE = 1;

    /// The key of a line that is there only if fuel is counted.
    private static final String FUEL = "fuel";

    static LibraryNote of(CompileOptions options, String llvm, byte[] module) {
        return new LibraryNote(
                TableObject.VERSION,
                HostCall.LIST_VERSION,
                ContextLayout.VERSION,
                llvm,
                options.triple(),
                options.cpu(),
                ProcessorFeatures.requiredBy(options.cpu(), options.features()),
                options.level(),
                options.memoryMode(),
                options.countsFuel(),
                sha256(module),
                checksum(module));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every JDK has it
        }
    }

    static String checksum(byte[] module) {
        return HexFormat.of().toHexDigits(Checksum.of(module));
    }

    /// The section, with zeros for the checksum.
    byte[] encoded() {
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        int size = Checksum.BYTES + text.length;
        ByteBuffer out =
                ByteBuffer.allocate(CHECKSUM_OFFSET + ((size + 3) & -4))
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(OWNER.length() + 1).putInt(size).putInt(TYPE);
        out.put(OWNER.getBytes(StandardCharsets.US_ASCII));
        out.position(CHECKSUM_OFFSET + Checksum.BYTES);
        return out.put(text).array();
    }

    private String text() {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("abi", abi);
        lines.put("host-calls", hostCalls);
        lines.put("context", context);
        lines.put("llvm", llvm);
        lines.put("triple", triple);
        lines.put("cpu", cpu);
        lines.put("requires", String.join(" ", requires));
        lines.put("level", level);
        lines.put("memory", memory);
        if (countsFuel) {
            lines.put(FUEL, "counted");
        }
        lines.put("module", module);
        lines.put("module-checksum", moduleChecksum);
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
        return text.toString();
    }

    /// @throws ArtifactException if it makes no sense
    static LibraryNote decode(byte[] section) {
        if (section.length < CHECKSUM_OFFSET + Checksum.BYTES) {
            throw damaged();
        }
        int size = ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        int start = CHECKSUM_OFFSET + Checksum.BYTES;
        int end = CHECKSUM_OFFSET + size;
        if (end < start || end > section.length) {
            throw damaged();
        }
        Map<String, String> lines = new LinkedHashMap<>();
        new String(section, start, end - start, StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> put(lines, line));
        return of(lines);
    }

    private static void put(Map<String, String> lines, String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw damaged();
        }
        lines.put(line.substring(0, space), line.substring(space + 1));
    }

    private static LibraryNote of(Map<String, String> lines) {
        try {
            return new LibraryNote(
                    number(lines, "abi"),
                    number(lines, "host-calls"),
                    number(lines, "context"),
                    value(lines, "llvm"),
                    value(lines, "triple"),
                    value(lines, "cpu"),
                    words(value(lines, "requires")),
                    number(lines, "level"),
                    CompileOptions.MemoryMode.valueOf(value(lines, "memory")),
                    lines.containsKey(FUEL),
                    value(lines, "module"),
                    value(lines, "module-checksum"));
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static int number(Map<String, String> lines, String key) {
        return Integer.parseInt(value(lines, key));
    }

    private static String value(Map<String, String> lines, String key) {
        String value = lines.get(key);
        if (value == null) {
            throw damaged();
        }
        return value;
    }

    private static Set<String> words(String text) {
        List<String> words = Arrays.asList(text.split(" ", -1));
        Set<String> set = new TreeSet<>(words);
        set.remove("");
        return set;
    }

    private static ArtifactException damaged() {
        return new ArtifactException("it is damaged: its note makes no sense");
    }
}
