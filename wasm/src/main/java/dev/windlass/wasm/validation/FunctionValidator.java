package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.FunctionBody;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.internal.Errors;

/// Validates function bodies, one after the other, in one pass over their bytes. Its arrays are used
/// again for each, so that nothing is allocated per instruction. Mutable, one owner: each thread has
/// its own.
///
/// Rows of the instruction table with a signature are typed from [FixedRules]; the others go to the
/// rules of their family.
@SuppressWarnings("EnumOrdinal") // See FixedRules.
final class FunctionValidator {
    private static final int[] FIXED = FixedRules.byOrdinal();

    private final Module module;
    private final ModuleContext context;
    private final Cursor cursor;
    private final Locals locals;
    private final TypeStack operands;
    private final BlockStack blocks;

    private final ShortWay shortWay;
    private final ControlRules control;
    private final ExceptionRules exception;
    private final ParametricRules parametric;
    private final VariableRules variable;
    private final TableRules table;
    private final MemoryRules memory;
    private final ReferenceRules reference;
    private final AggregateRules aggregate;

    FunctionValidator(ModuleContext context) {
        this.context = context;
        module = context.module;
        cursor = new Cursor(module.bytes(), 0, 0, module.features());
        locals = new Locals(context);
        operands = new TypeStack(module, cursor);
        blocks = new BlockStack(operands, locals, cursor);
        control = new ControlRules(context, cursor, operands, blocks);
        exception = new ExceptionRules(context, cursor, operands, blocks);
        parametric = new ParametricRules(context, cursor, operands);
        variable = new VariableRules(context, cursor, operands, locals);
        shortWay = new ShortWay(context, operands, locals, control, parametric, variable);
        table = new TableRules(context, cursor, operands);
        memory = new MemoryRules(context, cursor, operands);
        reference = new ReferenceRules(context, cursor, operands, blocks);
        aggregate = new AggregateRules(context, cursor, operands, blocks);
    }

    /// Validates the body of a function that is defined in the module.
    void validate(int function) {
        FunctionBody body = module.body(function);
        try {
            validate(body, context.functionType(function, body.start()));
        } catch (InvalidException e) {
            throw new InvalidException(e.reason() + place(function), e.offset());
        } catch (MalformedException e) {
            throw new MalformedException(e.reason() + place(function), e.offset());
        }
    }

    private String place(int function) {
        String name = module.names().function(function);
        return " in function " + function + (name == null ? "" : " (" + name + ")");
    }

    private void validate(FunctionBody body, FuncType type) {
        cursor.reset(body.start(), body.end());
        locals.read(type, cursor);
        begin(type.results());
        most(body.end() - HotRules.MAX_LENGTH);
        while (blocks.depth() > 0 && cursor.next()) {
            instruction(cursor.opcode);
        }
        checkEnd(body);
    }

    /// Takes the instructions up to an offset, most of them by the short way.
    ///
    /// @param limit so far before the body's end that no instruction of the short way reaches it
    private void most(int limit) {
        shortWay.begin();
        int at = cursor.position();
        while (at < limit && blocks.depth() > 0) {
            cursor.offset0 = at;
            int next = shortWay.step(at);
            at = next != 0 ? next : longWay(at);
        }
        cursor.position(at);
    }

    private int longWay(int at) {
        cursor.position(at);
        cursor.next();
        instruction(cursor.opcode);
        return cursor.position();
    }

    private void begin(int[] results) {
        operands.clear();
        blocks.clear();
        blocks.open(Opcode.BLOCK, FuncType.EMPTY.params(), results);
    }

    private void checkEnd(FunctionBody body) {
        if (blocks.depth() > 0) {
            throw Errors.endExpected(body.end(), module.bytes().length);
        }
        if (cursor.position() != body.end()) {
            throw Errors.sectionSize(cursor.position());
        }
    }

    /// Validates the cursor's instruction. Long on purpose, as [ShortWay#step] is.
    private void instruction(Opcode op) {
        int rule = FIXED[op.ordinal()];
        if (rule >= 0) {
            switch (rule >>> FixedRules.CHECK_SHIFT) {
                case FixedRules.CHECK_NONE -> {}
                case FixedRules.CHECK_MEMORY_ACCESS -> operands.address(memory.access(op));
                case FixedRules.CHECK_MEMORY -> operands.address(memory.addressType(cursor.index));
                case FixedRules.CHECK_LANE -> memory.lane(op);
                case FixedRules.CHECK_ACCESS_AND_LANE -> {
                    operands.address(memory.access(op));
                    memory.lane(op);
                }
                case FixedRules.CHECK_SHUFFLE -> memory.shuffle();
                case FixedRules.CHECK_ELEM -> context.elementType(cursor.index, cursor.offset0);
                case FixedRules.CHECK_DATA -> context.checkData(cursor.index, cursor.offset0);
                case FixedRules.CHECK_DATA_AND_MEMORY -> {
                    operands.address(memory.addressType(cursor.index2));
                    context.checkData(cursor.index, cursor.offset0);
                }
                default -> throw new AssertionError(op);
            }
            operands.apply(rule);
            return;
        }
        switch (op.family()) {
            case CONTROL -> control.validate(op);
            case EXCEPTION -> exception.validate(op);
            case PARAMETRIC -> parametric.validate(op);
            case VARIABLE -> variable.validate(op);
            case TABLE -> table.validate(op);
            case MEMORY -> memory.validate(op);
            case REFERENCE -> reference.validate(op);
            case AGGREGATE -> aggregate.validate(op);
            case NUMERIC, VECTOR, ATOMIC -> throw new AssertionError(op);
        }
    }

    /// Validates a constant expression.
    ///
    /// @param start its offset
    /// @param end the offset after its `end`
    /// @param type what it must give
    /// @param globals the number of globals that it can see
    void constant(int start, int end, int type, int globals) {
        cursor.reset(start, end);
        begin(new int[] {type});
        while (cursor.next()) {
            ConstantRules.check(context, cursor, globals);
            instruction(cursor.opcode);
        }
    }
}
