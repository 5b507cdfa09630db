package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;

/// Statements of [DifferentialBody] on ranges of memories and tables, and on references.
final class DifferentialTables {
    private static final int SAFE_RANGE = 60_000;
    private static final int LONGEST = 3000;

    private final DifferentialBody body;
    private final DifferentialModule module;
    private final DifferentialCode code;
    private final Entropy entropy;
    private final DifferentialExpressions expressions;

    DifferentialTables(DifferentialBody body, DifferentialExpressions expressions) {
        this.body = body;
        this.expressions = expressions;
        module = body.module;
        code = body.code;
        entropy = body.entropy;
    }

    // Memories.

    private int memory() {
        return entropy.below(module.memories().size());
    }

    /// Often near another address, so that ranges overlap; outside at times, where that may be.
    private int place() {
        if (body.isRisky()) {
            return 65_536 - entropy.below(LONGEST);
        }
        return entropy.below(2) == 0 ? 1000 + entropy.below(64) : entropy.below(SAFE_RANGE);
    }

    private int length() {
        return entropy.below(8) == 0 ? entropy.below(LONGEST) : entropy.below(150);
    }

    void bulk() {
        switch (entropy.below(8)) {
            case 0 -> grow();
            case 1, 2 -> {
                int memory = memory();
                expressions.address(memory, place());
                expressions.any('i', 1);
                expressions.address(memory, length());
                code.op(Opcode.MEMORY_FILL).u32(memory);
            }
            case 3 -> init();
            case 4 -> dropSegments();
            default -> copy();
        }
    }

    private void grow() {
        int memory = memory();
        boolean is64 = module.memories().get(memory).is64();
        code.op(Opcode.MEMORY_SIZE).u32(memory);
        expressions.sink(is64 ? 'l' : 'i');
        expressions.address(memory, entropy.below(3));
        code.op(Opcode.MEMORY_GROW).u32(memory);
        expressions.sink(is64 ? 'l' : 'i');
    }

    private void copy() {
        int to = memory();
        int from = memory();
        expressions.address(to, place());
        expressions.address(from, place());
        boolean is64 = module.memories().get(to).is64() && module.memories().get(from).is64();
        code.constant(is64 ? 'l' : 'i', length(), 0);
        code.op(Opcode.MEMORY_COPY).u32(to).u32(from);
    }

    /// A segment may have been dropped: then only nothing may be taken out of it.
    private void init() {
        boolean isRisky = body.isRisky();
        int memory = memory();
        expressions.address(memory, place());
        code.i32(entropy.below(30));
        code.i32(isRisky ? entropy.below(50) : entropy.below(30));
        // Only the second is ever dropped.
        code.op(Opcode.MEMORY_INIT).u32(isRisky ? 1 : 0).u32(memory);
    }

    private void dropSegments() {
        if (entropy.below(2) == 0) {
            code.op(Opcode.DATA_DROP).u32(1);
        } else {
            code.op(Opcode.ELEM_DROP).u32(2);
        }
    }

    // Tables.

    private char type(int table) {
        return table == DifferentialModule.EXTERN_TABLE ? 'e' : 'r';
    }

    private int entry() {
        return entropy.below(DifferentialModule.TABLE_LENGTH + (body.isRisky() ? 8 : 0));
    }

    void table() {
        int table = 1 + entropy.below(2);
        switch (entropy.below(10)) {
            case 0, 1 -> {
                expressions.index(table, entry());
                code.op(Opcode.TABLE_GET).u32(table);
                expressions.sink(type(table));
            }
            case 2, 3 -> {
                expressions.index(table, entry());
                expressions.any(type(table), 2);
                code.op(Opcode.TABLE_SET).u32(table);
            }
            case 4 -> growTable(table);
            case 5 -> {
                expressions.index(table, entropy.below(6));
                expressions.any(type(table), 1);
                expressions.index(table, entropy.below(5));
                code.op(Opcode.TABLE_FILL).u32(table);
            }
            case 6 -> copyTable(table);
            case 7 -> initTable();
            case 8 -> asNonNull();
            default -> {
                expressions.any(type(table), 2);
                code.op(Opcode.REF_IS_NULL);
                expressions.sink('i');
            }
        }
    }

    private void growTable(int table) {
        char index = module.isWide(table) ? 'l' : 'i';
        code.op(Opcode.TABLE_SIZE).u32(table);
        expressions.sink(index);
        expressions.any(type(table), 1);
        expressions.index(table, entropy.below(2));
        code.op(Opcode.TABLE_GROW).u32(table);
        expressions.sink(index);
    }

    private void copyTable(int table) {
        int from =
                table == DifferentialModule.EXTERN_TABLE || entropy.below(2) == 0
                        ? table
                        : DifferentialModule.FIXED_TABLE;
        expressions.index(table, entropy.below(6));
        expressions.index(from, entropy.below(3));
        boolean isWide = module.isWide(table) && module.isWide(from);
        int most = Math.min(module.functionCount() - 2, 5);
        code.constant(isWide ? 'l' : 'i', entropy.below(most), 0);
        code.op(Opcode.TABLE_COPY).u32(table).u32(from);
    }

    private void initTable() {
        boolean isRisky = body.isRisky();
        int table = DifferentialModule.FUNCTION_TABLE;
        expressions.index(table, entropy.below(5));
        code.i32(entropy.below(3));
        code.i32(entropy.below(3));
        code.op(Opcode.TABLE_INIT).u32(isRisky ? 2 : 1).u32(table);
    }

    private void asNonNull() {
        if (body.isRisky()) {
            expressions.any('r', 1);
        } else {
            code.op(Opcode.REF_FUNC).u32(entropy.below(module.functionCount()));
        }
        code.op(Opcode.REF_AS_NON_NULL);
        expressions.sink('r');
    }

    /// Both forms, which leave their traces.
    void branchOnNull() {
        char type = entropy.below(2) == 0 ? 'r' : 'e';
        boolean onNull = entropy.below(2) == 0;
        String results = onNull ? "" : String.valueOf(type);
        code.begin(Opcode.BLOCK, "", results);
        body.labels.add(results);
        expressions.any(type, 2);
        if (onNull) {
            code.controlOp(Opcode.BR_ON_NULL).u32(0);
            expressions.sink(type);
        } else {
            code.controlOp(Opcode.BR_ON_NON_NULL).u32(0);
            code.zero(type);
        }
        code.foldPlace(77);
        code.end();
        body.labels.removeLast();
        if (!onNull) {
            expressions.sink(type);
        }
    }
}
