package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.TableRecord;

/// Access to a table's elements and length.
abstract class TableAccess extends Node {
    private final int table;

    /// @param table offset of the table's pointer in the context
    TableAccess(int table) {
        this.table = table;
    }

    long length(Machine m) {
        return Raw.getLong(Raw.getLong(m.context + table) + TableRecord.LENGTH);
    }

    /// The address of an element.
    long element(long index, int at, Machine m) {
        long record = Raw.getLong(m.context + table);
        if (Long.compareUnsigned(index, Raw.getLong(record + TableRecord.LENGTH)) >= 0) {
            throw m.trap(TrapKind.TABLE_OUT_OF_BOUNDS, at);
        }
        return Raw.getLong(record + TableRecord.BASE) + index * Slots.SIZE;
    }

    static final class Get extends TableAccess {
        private final Node index;
        private final int at;

        Get(int table, Node index, int at) {
            super(table);
            this.index = index;
            this.at = at;
        }

        @Override
        public long l(long f, Machine m) {
            return Raw.getLong(element(index.l(f, m), at, m));
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, l(f, m));
        }
    }

    static final class Set extends TableAccess {
        private final Node index;
        private final Node value;
        private final int at;

        Set(int table, Node index, Node value, int at) {
            super(table);
            this.index = index;
            this.value = value;
            this.at = at;
        }

        @Override
        public void x(long f, Machine m) {
            long i = index.l(f, m);
            long reference = value.l(f, m);
            Raw.putLong(element(i, at, m), reference);
        }
    }

    static final class Size extends TableAccess {
        Size(int table) {
            super(table);
        }

        @Override
        public int i(long f, Machine m) {
            return (int) length(m);
        }

        @Override
        public long l(long f, Machine m) {
            return length(m);
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, length(m));
        }
    }
}
