package dev.windlass.wasm.binary;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.CustomSection;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.internal.Errors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a binary module.
///
/// @see <a href="https://webassembly.github.io/spec/core/binary/modules.html">Binary format:
///     modules</a>
public final class ModuleReader {
    private static final int HEADER = 8;
    private static final int MAGIC = 0x6D73_6100;
    private static final int VERSION = 1;

    private final Cursor in;
    private final Module.Builder builder;
    private final SectionReader reader;
    private final TypeSection types;
    private final EntitySections entities;
    private final SegmentSections segments;
    private final List<CustomSection> customSections = new ArrayList<>();

    private int declaredFunctions;
    private @Nullable SectionId last;

    private ModuleReader(byte[] bytes, Features features) {
        in = new Cursor(bytes, 0, bytes.length, features);
        builder = new Module.Builder(bytes, features);
        reader = new SectionReader(in, features);
        types = new TypeSection(reader);
        entities = new EntitySections(reader);
        segments = new SegmentSections(reader);
    }

    /// Decodes all sections but the code's instructions, which the validator walks over.
    ///
    /// @param bytes kept by the module, not copied: not to be written to afterwards
    /// @throws dev.windlass.wasm.MalformedException if the bytes break the binary grammar
    /// @throws InvalidException if a type definition names a type that does not exist: such a module
    ///     cannot be represented
    public static Module read(byte[] bytes, Features features) {
        return new ModuleReader(bytes, features).read();
    }

    private Module read() {
        header();
        int length = in.end();
        while (in.position() < length) {
            section(length);
        }
        if (builder.bodyStarts.length != declaredFunctions) {
            throw Errors.codeCount(declaredFunctions, builder.bodyStarts.length, length);
        }
        if (builder.dataCount >= 0 && builder.dataCount != builder.dataSegments.size()) {
            throw Errors.dataCount(builder.dataCount, builder.dataSegments.size(), length);
        }
        return build();
    }

    private Module build() {
        InvalidException error = types.error();
        if (error != null) {
            throw error;
        }
        types.into(builder);
        entities.into(builder);
        builder.customSections = customSections;
        return builder.build();
    }

    private void header() {
        int length = in.end();
        if (length > ImplementationLimits.MODULE_SIZE) {
            throw Errors.tooMany(
                    "bytes in the module", length, ImplementationLimits.MODULE_SIZE, 0);
        }
        if (length < 4) {
            throw Errors.headerEnd(length);
        }
        if (in.fixed32() != MAGIC) {
            throw Errors.magic();
        }
        if (length < HEADER) {
            throw Errors.headerEnd(length);
        }
        if (in.fixed32() != VERSION) {
            throw Errors.version();
        }
    }

    private void section(int length) {
        int at = in.position();
        int id = in.u8();
        if (id != SectionId.CUSTOM && SectionId.of(id) == null) {
            throw Errors.sectionId(id, at);
        }
        int size = in.u32();
        if (size < 0 || size > in.remaining()) {
            throw Errors.lengthOutOfBounds(in.position());
        }
        int end = in.position() + size;
        SectionId section = SectionId.of(id);
        if (section == null) {
            custom(end, length);
        } else {
            inOrder(section, at);
            content(section);
        }
        // A section that runs over its end is noticed here, as the reference interpreter does it.
        if (in.position() != end) {
            throw Errors.sectionSize(in.position());
        }
    }

    private void inOrder(SectionId section, int at) {
        if (last != null && last.compareTo(section) >= 0) {
            throw Errors.sectionOrder(section.id(), at);
        }
        last = section;
    }

    private void custom(int end, int length) {
        in.reset(in.position(), end);
        if (customSections.size() >= ImplementationLimits.CUSTOM_SECTIONS) {
            throw Errors.tooMany(
                    "custom sections",
                    customSections.size() + 1L,
                    ImplementationLimits.CUSTOM_SECTIONS,
                    in.position());
        }
        String name = in.name();
        int afterSection = last == null ? 0 : last.id();
        customSections.add(new CustomSection(name, in.position(), end, afterSection));
        in.reset(end, length);
    }

    private void content(SectionId section) {
        switch (section) {
            case TYPE -> types.read();
            case IMPORT -> entities.imports();
            case FUNCTION -> declaredFunctions = entities.functions();
            case TABLE -> entities.tables();
            case MEMORY -> entities.memories();
            case TAG -> entities.tags();
            case GLOBAL -> entities.globals();
            case EXPORT -> entities.exports();
            case START -> builder.start = start();
            case ELEMENT -> builder.elements = segments.elements();
            case DATA_COUNT -> builder.dataCount = dataCount();
            case CODE -> code();
            case DATA -> builder.dataSegments = segments.data();
        }
    }

    /// The start function. An index that no int can hold is as unknown as the greatest one is.
    private int start() {
        int function = in.u32();
        return function < 0 ? Integer.MAX_VALUE : function;
    }

    private int dataCount() {
        reader.require(Feature.BULK_MEMORY, "malformed section id 12", in.position());
        int at = in.position();
        int count = in.u32();
        if (count < 0 || count > ImplementationLimits.DATA_SEGMENTS) {
            throw Errors.tooMany(
                    "data segments",
                    Integer.toUnsignedLong(count),
                    ImplementationLimits.DATA_SEGMENTS,
                    at);
        }
        return count;
    }

    private void code() {
        int count = reader.count("function bodies", ImplementationLimits.DEFINITIONS);
        int[] starts = new int[count];
        int[] ends = new int[count];
        for (int i = 0; i < count; i++) {
            int size = in.u32();
            if (size < 0 || size > in.remaining()) {
                throw Errors.lengthOutOfBounds(in.position());
            }
            if (size > ImplementationLimits.FUNCTION_SIZE) {
                throw Errors.tooMany(
                        "bytes in a function",
                        size,
                        ImplementationLimits.FUNCTION_SIZE,
                        in.position());
            }
            starts[i] = in.position();
            in.skip(size);
            ends[i] = in.position();
        }
        builder.bodyStarts = starts;
        builder.bodyEnds = ends;
    }
}
