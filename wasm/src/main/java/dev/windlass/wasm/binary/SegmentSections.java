package dev.windlass.wasm.binary;

import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.DataSegment;
import dev.windlass.wasm.ElementSegment;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.SegmentMode;
import dev.windlass.wasm.Types;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the element and the data section.
final class SegmentSections {
    /// Bits of an element segment's flags.
    private static final int NOT_ACTIVE = 1;

    private static final int EXPLICIT = 2;
    private static final int EXPRESSIONS = 4;

    private final SectionReader reader;
    private final Cursor in;

    SegmentSections(SectionReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    List<ElementSegment> elements() {
        int count = reader.count("element segments", ImplementationLimits.ELEMENT_SEGMENTS);
        List<ElementSegment> segments = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            segments.add(element());
        }
        return segments;
    }

    private ElementSegment element() {
        int start = in.position();
        int flags = in.u32();
        if (flags < 0 || flags > 7) {
            throw Errors.malformed("elements segment kind", start);
        }
        if (flags != 0) {
            reader.require(Feature.BULK_MEMORY, "malformed elements segment kind", start);
        }
        SegmentMode mode = mode(flags);
        int table = mode == SegmentMode.ACTIVE && (flags & EXPLICIT) != 0 ? in.u32() : 0;
        ConstExpr offset = mode == SegmentMode.ACTIVE ? reader.constExpr() : null;
        int type = type(flags);
        return (flags & EXPRESSIONS) != 0
                ? new ElementSegment(mode, table, offset, type, null, expressions(), start)
                : new ElementSegment(mode, table, offset, type, functions(), List.of(), start);
    }

    private static SegmentMode mode(int flags) {
        if ((flags & NOT_ACTIVE) == 0) {
            return SegmentMode.ACTIVE;
        }
        return (flags & EXPLICIT) == 0 ? SegmentMode.PASSIVE : SegmentMode.DECLARATIVE;
    }

    /// The elements' type: function references unless a type is written.
    private int type(int flags) {
        boolean isWritten = (flags & (NOT_ACTIVE | EXPLICIT)) != 0;
        if ((flags & EXPRESSIONS) != 0) {
            return isWritten ? Types.readRefType(in, reader.features) : ValType.FUNCREF;
        }
        int at = in.position();
        if (isWritten && in.u8() != 0) {
            throw Errors.malformed("element kind", at);
        }
        // Function indices never give null.
        return ValType.ref(
                !reader.has(Feature.FUNCTION_REFERENCES), ValType.heapType(ValType.FUNCREF));
    }

    private int[] functions() {
        int count = reader.count("elements", ImplementationLimits.ELEMENTS);
        int[] functions = new int[count];
        for (int i = 0; i < count; i++) {
            functions[i] = in.u32();
        }
        return functions;
    }

    private List<ConstExpr> expressions() {
        int count = reader.count("elements", ImplementationLimits.ELEMENTS);
        ConstExprs expressions = new ConstExprs(in.position());
        for (int i = 0; i < count; i++) {
            expressions.end(reader.constExpr().end());
        }
        return expressions;
    }

    List<DataSegment> data() {
        int count = reader.count("data segments", ImplementationLimits.DATA_SEGMENTS);
        List<DataSegment> segments = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            segments.add(dataSegment());
        }
        return segments;
    }

    private DataSegment dataSegment() {
        int at = in.position();
        int flags = in.u32();
        if (flags < 0 || flags > 2) {
            throw Errors.malformed("data segment kind", at);
        }
        if (flags != 0) {
            reader.require(Feature.BULK_MEMORY, "malformed data segment kind", at);
        }
        int memory = flags == 2 ? in.u32() : 0;
        @Nullable ConstExpr offset = flags == 1 ? null : reader.constExpr();
        int length = in.u32();
        int start = in.position();
        in.skip(length);
        SegmentMode mode = flags == 1 ? SegmentMode.PASSIVE : SegmentMode.ACTIVE;
        return new DataSegment(mode, memory, offset, start, length);
    }
}
