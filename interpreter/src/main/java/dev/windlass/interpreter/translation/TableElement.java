package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;

/// The function to call by an index into a table, checked against the expected type.
final class TableElement extends Node {
    private final Node index;
    private final int table;
    private final int type;
    private final int at;

    /// @param index as an i64
    /// @param table offset of the table's pointer in the context
    /// @param type id of the canonical type
    TableElement(Node index, int table, int type, int at) {
        this.index = index;
        this.table = table;
        this.type = type;
        this.at = at;
    }

    @Override
    public long l(long f, Machine m) {
        long reference = m.element(table, index.l(f, m), at);
        m.checkCallee(reference, type, at);
        return reference;
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, l(f, m));
    }
}
