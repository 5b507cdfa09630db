package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.HostCallNode;
import dev.windlass.interpreter.machine.I32Const;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.TableType;

/// Table instructions.
final class TableTranslation {
    private final FunctionTranslator t;

    TableTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void translate(Opcode op) {
        switch (op) {
            case TABLE_GET -> get();
            case TABLE_SET -> set();
            case TABLE_SIZE -> size();
            case TABLE_GROW -> grow();
            case TABLE_FILL -> fill();
            case TABLE_COPY -> copy();
            case TABLE_INIT -> init();
            case ELEM_DROP -> t.effect(hostCall(HostCall.ELEM_DROP, constant(t.cursor.index)));
            default -> throw new AssertionError(op);
        }
    }

    private TableType type(int table) {
        return t.module.tables().get(table);
    }

    private void get() {
        int table = t.cursor.index;
        Node index = t.popIndex(type(table).is64());
        t.pushImpure(
                type(table).element(),
                new TableAccess.Get(t.code.layout.table(table), index, t.at()));
    }

    private void set() {
        int table = t.cursor.index;
        Node value = t.pop();
        Node index = t.popIndex(type(table).is64());
        t.effect(new TableAccess.Set(t.code.layout.table(table), index, value, t.at()));
    }

    private void size() {
        int table = t.cursor.index;
        t.pushImpure(type(table).addressType(), new TableAccess.Size(t.code.layout.table(table)));
    }

    private void grow() {
        int table = t.cursor.index;
        Node count = t.popIndex(type(table).is64());
        Node value = t.pop();
        t.effect(
                type(table).addressType(),
                hostCall(HostCall.TABLE_GROW, constant(table), count, value));
    }

    private void fill() {
        int table = t.cursor.index;
        boolean is64 = type(table).is64();
        Node count = t.popIndex(is64);
        Node value = t.pop();
        Node to = t.popIndex(is64);
        t.effect(hostCall(HostCall.TABLE_FILL, constant(table), to, value, count));
    }

    private void copy() {
        int to = t.cursor.index;
        int from = t.cursor.index2;
        Node count = t.popIndex(type(to).is64() && type(from).is64());
        Node source = t.popIndex(type(from).is64());
        Node destination = t.popIndex(type(to).is64());
        t.effect(
                hostCall(
                        HostCall.TABLE_COPY,
                        constant(to),
                        constant(from),
                        destination,
                        source,
                        count));
    }

    private void init() {
        int table = t.cursor.index2;
        Node count = t.popIndex(false);
        Node from = t.popIndex(false);
        Node to = t.popIndex(type(table).is64());
        t.effect(
                hostCall(
                        HostCall.TABLE_INIT,
                        constant(table),
                        constant(t.cursor.index),
                        to,
                        from,
                        count));
    }

    private Node hostCall(HostCall call, Node... operands) {
        return HostCallNode.of(call, t.at(), t.handler, operands);
    }

    private static Node constant(int value) {
        return new I32Const(value);
    }
}
