package dev.windlass.interpreter.model;

import dev.windlass.interpreter.model.Instructions.Instruction;
import dev.windlass.interpreter.model.Model.Branch;
import dev.windlass.interpreter.model.Model.Return;
import dev.windlass.interpreter.model.Model.Step;
import dev.windlass.interpreter.model.Model.Thrown;
import dev.windlass.interpreter.model.Model.Value;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes one random function as text, and the same as steps for the model. Types are letters: `i`,
/// `l`, `f`, `d`, `v` as in the table of instructions.
final class RandomCode {
    /// Parameters and other locals: two of each type, and a counter for loops.
    static final String PARAMS = "ildvf";

    static final String LOCALS = "ildvfi";
    static final String GLOBALS = "ilv";
    private static final int COUNTER = PARAMS.length() + LOCALS.length() - 1;
    private static final int MAX_DEPTH = 4;

    private final Random random;
    private final List<Instruction> instructions;
    final StringBuilder text = new StringBuilder();
    private final StringBuilder types = new StringBuilder();
    private final List<String> labels = new ArrayList<>();
    private int loops;
    private final boolean isOpenEnded;

    /// The results: what is left on the stack, then all locals.
    final String results;

    final List<Step> steps;

    /// The functions that it may call, directly or by a table.
    private final List<RandomCode> callees;

    /// A function whose results are what is left on the stack, then all locals.
    RandomCode(Random random, int size, List<RandomCode> callees) {
        this.random = random;
        this.callees = callees;
        instructions = new Instructions(random).all;
        isOpenEnded = true;
        List<Step> code = new ArrayList<>();
        sequence(code, size, 0);
        for (int i = 0; i < COUNTER; i++) {
            localGet(code, i);
        }
        results = types.toString();
        steps = code;
    }

    /// A function with certain results.
    RandomCode(Random random, int size, List<RandomCode> callees, String results) {
        this.random = random;
        this.callees = callees;
        instructions = new Instructions(random).all;
        isOpenEnded = false;
        this.results = results;
        List<Step> code = new ArrayList<>();
        sequence(code, size, 0);
        finish(code, 0, results);
        steps = code;
    }

    /// The function in the text format.
    String function(String header) {
        return "  (func %s (param%s) (result%s)\n    (local%s)\n%s  )\n"
                .formatted(header, wat(PARAMS), wat(results), wat(LOCALS), text);
    }

    /// Executes the function.
    static List<Value> call(Model m, RandomCode function, List<Value> arguments) {
        Value[] locals = m.locals;
        List<Value> stack = m.stack;
        m.enter(arguments, COUNTER + 1);
        try {
            function.steps.forEach(step -> step.run(m));
            return m.stack;
        } catch (Return r) {
            return r.results;
        } finally {
            m.locals = locals;
            m.stack = stack;
        }
    }

    static String wat(char type) {
        return switch (type) {
            case 'i' -> "i32";
            case 'l' -> "i64";
            case 'f' -> "f32";
            case 'd' -> "f64";
            case 'v' -> "v128";
            default -> throw new AssertionError(type);
        };
    }

    static String wat(String types) {
        StringBuilder s = new StringBuilder();
        types.chars().forEach(type -> s.append(' ').append(wat((char) type)));
        return s.toString();
    }

    private static char localType(int local) {
        return (PARAMS + LOCALS).charAt(local);
    }

    private void line(String instruction) {
        text.append("    ").append(instruction).append('\n');
    }

    /// Instructions that leave at least the operands from a height on.
    private void sequence(List<Step> code, int size, int height) {
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(21)) {
                case 0, 1 -> constant(code);
                case 2, 3, 4 -> localGet(code, random.nextInt(COUNTER));
                case 5, 6 -> localSet(code, height);
                case 7 -> global(code, height);
                case 8 -> select(code, height);
                case 9 -> structured(code, height);
                case 10 -> branchIf(code, height);
                case 11 -> call(code, height);
                case 12 -> throwing(code);
                case 13 -> callThrower(code);
                case 14 -> callOther(code);
                case 15 -> returnIf(code);
                case 16 -> branchTable(code);
                default -> instruction(code, height);
            }
        }
    }

    private int available(int height) {
        return types.length() - height;
    }

    private char pop() {
        char type = types.charAt(types.length() - 1);
        types.setLength(types.length() - 1);
        return type;
    }

    // Simple instructions.

    private void constant(List<Step> code) {
        push(code, "ildfv".charAt(random.nextInt(5)));
    }

    /// Pushes a constant of a type.
    private void push(List<Step> code, char type) {
        int small = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(40) - 8;
        Value value =
                switch (type) {
                    case 'i', 'l' -> Value.of(small);
                    case 'f' -> Value.of(Float.floatToRawIntBits(small / 4f));
                    case 'd' -> Value.of(Double.doubleToRawLongBits(small / 4.0));
                    default -> new Value(random.nextLong(), small);
                };
        line(
                switch (type) {
                    case 'i', 'l' -> wat(type) + ".const " + small;
                    case 'f' -> "f32.const " + small / 4f;
                    case 'd' -> "f64.const " + small / 4.0;
                    default -> "v128.const i64x2 " + value.low() + " " + value.high();
                });
        types.append(type);
        code.add(m -> m.push(value));
    }

    private void localGet(List<Step> code, int local) {
        line("local.get " + local);
        types.append(localType(local));
        code.add(m -> m.push(m.locals[local]));
    }

    private void localSet(List<Step> code, int height) {
        if (available(height) == 0) {
            return;
        }
        char type = types.charAt(types.length() - 1);
        boolean tee = random.nextBoolean();
        int local = PARAMS.indexOf(type) + (random.nextBoolean() ? PARAMS.length() : 0);
        line((tee ? "local.tee " : "local.set ") + local);
        if (!tee) {
            pop();
        }
        code.add(m -> {
            Value value = m.pop();
            m.locals[local] = value;
            if (tee) {
                m.push(value);
            }
        });
    }

    private void global(List<Step> code, int height) {
        int global = random.nextInt(GLOBALS.length());
        char type = GLOBALS.charAt(global);
        if (available(height) > 0 && types.charAt(types.length() - 1) == type) {
            pop();
            line("global.set " + global);
            code.add(m -> m.globals[global] = m.pop());
        } else {
            types.append(type);
            line("global.get " + global);
            code.add(m -> m.push(m.globals[global]));
        }
    }

    private void select(List<Step> code, int height) {
        int n = types.length();
        if (available(height) < 2 || types.charAt(n - 1) != types.charAt(n - 2)) {
            return;
        }
        if (random.nextBoolean()) {
            localGet(code, 0);
        } else {
            push(code, 'i');
        }
        pop();
        pop();
        line("select");
        code.add(m -> {
            boolean first = m.pop().i32() != 0;
            Value y = m.pop();
            Value x = m.pop();
            m.push(first ? x : y);
        });
    }

    /// An instruction whose operands are there, or are made.
    private void instruction(List<Step> code, int height) {
        Instruction chosen = instructions.get(random.nextInt(instructions.size()));
        for (int i = 0; i < 8 && !fits(chosen, height); i++) {
            chosen = instructions.get(random.nextInt(instructions.size()));
        }
        if (!fits(chosen, height)) {
            return;
        }
        types.setLength(types.length() - chosen.operands().length());
        types.append(chosen.result());
        line(chosen.text());
        code.add(chosen.step());
    }

    private boolean fits(Instruction instruction, int height) {
        String operands = instruction.operands();
        return available(height) >= operands.length() && types.toString().endsWith(operands);
    }

    // Calls of the helper, which changes a global and the memory and swaps two values.

    static final String HELPER =
            """
              (func $helper (param i32 v128 i64) (result i64 i32 v128)
                global.get 0
                local.get 0
                i32.add
                global.set 0
                i32.const 24
                global.get 0
                i32.store
                local.get 2
                global.get 0
                local.get 1
                i32.const 1
                i8x16.shl)
            """;

    private void call(List<Step> code, int height) {
        if (available(height) < 3 || !types.toString().endsWith("ivl")) {
            return;
        }
        types.setLength(types.length() - 3);
        types.append("liv");
        line("call $helper");
        code.add(m -> {
            Value z = m.pop();
            Value y = m.pop();
            int x = m.pop().i32();
            m.globals[0] = Value.of(m.globals[0].i32() + x);
            m.memory.putInt(24, m.globals[0].i32());
            m.push(z);
            m.push(m.globals[0]);
            Model.toScratch(0, y);
            dev.windlass.runtime.numeric.VectorOps.shift(
                    dev.windlass.wasm.Opcode.I8X16_SHL, Model.SCRATCH, 1, Model.SCRATCH + 48);
            m.push(Model.fromScratch(48));
        });
    }

    // Calls of other random functions.

    /// The arguments are locals.
    private void callOther(List<Step> code) {
        if (callees.isEmpty()) {
            return;
        }
        int[] arguments = new int[PARAMS.length()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i + (random.nextBoolean() ? PARAMS.length() : 0);
            localGet(code, arguments[i]);
        }
        types.setLength(types.length() - arguments.length);
        int chosen = random.nextInt(callees.size());
        // Only the last function knows the whole table.
        if (!isOpenEnded || random.nextBoolean()) {
            line("call $g" + chosen);
            types.append(callees.get(chosen).results);
            code.add(m -> call(m, callees.get(chosen)));
        } else {
            callIndirect(code, callees.get(chosen).results);
        }
    }

    /// By an index out of a local, which may lead to a function of another type, or to none.
    private void callIndirect(List<Step> code, String wanted) {
        line("local.get 5");
        line("i32.const 7");
        line("i32.and");
        line("call_indirect (param" + wat(PARAMS) + ") (result" + wat(wanted) + ")");
        types.append(wanted);
        code.add(m -> {
            int index = m.locals[5].i32() & 7;
            if (index > callees.size()) {
                throw new Trap(TrapKind.UNDEFINED_ELEMENT);
            }
            if (index == callees.size()) {
                throw new Trap(TrapKind.UNINITIALIZED_ELEMENT);
            }
            if (!callees.get(index).results.equals(wanted)) {
                throw new Trap(TrapKind.INDIRECT_CALL_TYPE_MISMATCH);
            }
            call(m, callees.get(index));
        });
    }

    private static void call(Model m, RandomCode callee) {
        int first = m.stack.size() - PARAMS.length();
        List<Value> arguments = new ArrayList<>(m.stack.subList(first, m.stack.size()));
        m.unwind(first, 0);
        m.stack.addAll(call(m, callee, arguments));
    }

    /// Returns, or calls another function of the same results in its place, if a local says so.
    private void returnIf(List<Step> code) {
        if (isOpenEnded) {
            return;
        }
        line("local.get 0");
        line("i32.const 3");
        line("i32.and");
        line("i32.eqz");
        line("if");
        int height = types.length();
        List<Step> body = new ArrayList<>();
        int same = random.nextInt(callees.size() + 1);
        if (same < callees.size() && callees.get(same).results.equals(results)) {
            for (int i = 0; i < PARAMS.length(); i++) {
                localGet(body, random.nextBoolean() ? i : i + PARAMS.length());
            }
            line("return_call $g" + same);
            body.add(m -> call(m, callees.get(same)));
        } else {
            for (int i = 0; i < results.length(); i++) {
                localGet(body, PARAMS.indexOf(results.charAt(i)));
            }
            line("return");
        }
        body.add(m -> {
            int n = m.stack.size();
            throw new Return(List.copyOf(m.stack.subList(n - results.length(), n)));
        });
        types.setLength(height);
        line("end");
        code.add(m -> {
            if ((m.locals[0].i32() & 3) == 0) {
                body.forEach(step -> step.run(m));
            }
        });
    }

    /// Goes to one of the labels of the same types by a local; ends a structured instruction.
    private void branchTable(List<Step> code) {
        if (labels.isEmpty() || loops > 0) {
            return;
        }
        String operands = labels.getLast();
        if (operands.equals("unreachable")) {
            return;
        }
        List<Integer> depths = new ArrayList<>();
        for (int depth = 0; depth < labels.size(); depth++) {
            if (labels.get(labels.size() - 1 - depth).equals(operands)) {
                depths.add(depth);
            }
        }
        line("block" + result(operands));
        int start = types.length();
        operands.chars().forEach(type -> push(code, (char) type));
        List<Integer> table = new ArrayList<>();
        table.add(0);
        depths.forEach(depth -> table.add(depth + 1));
        line("local.get 5");
        line("br_table " + String.join(" ", table.stream().map(String::valueOf).toList()));
        line("end");
        code.add(m -> {
            long index = Integer.toUnsignedLong(m.locals[5].i32());
            int depth = table.get((int) Math.min(index, table.size() - 1));
            if (depth > 0) {
                throw new Branch(depth - 1);
            }
        });
        if (start + operands.length() != types.length()) {
            throw new AssertionError(types);
        }
    }

    // Structured instructions.

    private void structured(List<Step> code, int height) {
        if (labels.size() >= MAX_DEPTH) {
            return;
        }
        String results = randomTypes();
        int kind = random.nextInt(6);
        if (kind == 2) {
            ifThen(code, height, results);
            return;
        }
        if (kind == 3 || kind == 4) {
            tryTable(code, results);
            return;
        }
        if (kind == 5) {
            legacyTry(code, results);
            return;
        }
        boolean isLoop = kind == 1 && loops == 0;
        int rounds = 1 + random.nextInt(3);
        if (isLoop) {
            line("i32.const " + rounds);
            line("local.set " + COUNTER);
            code.add(m -> m.locals[COUNTER] = Value.of(rounds));
        }
        int start = types.length();
        line((isLoop ? "loop" : "block") + result(results));
        labels.add(isLoop ? "" : results);
        loops += isLoop ? 1 : 0;
        List<Step> body = new ArrayList<>();
        sequence(body, random.nextInt(12), start);
        if (isLoop) {
            again(body);
        }
        finish(body, start, results);
        labels.removeLast();
        loops -= isLoop ? 1 : 0;
        line("end");
        code.add(m -> run(m, body, results.length(), isLoop));
    }

    private static String result(String types) {
        return types.isEmpty() ? "" : " (result" + wat(types) + ")";
    }

    private String randomTypes() {
        StringBuilder s = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            s.append("ildvf".charAt(random.nextInt(5)));
        }
        return s.toString();
    }

    /// Counts down and goes to the start of the loop.
    private void again(List<Step> body) {
        line("local.get " + COUNTER);
        line("i32.const 1");
        line("i32.sub");
        line("local.tee " + COUNTER);
        line("br_if 0");
        body.add(m -> {
            int left = m.locals[COUNTER].i32() - 1;
            m.locals[COUNTER] = Value.of(left);
            if (left != 0) {
                throw new Branch(0);
            }
        });
    }

    private void ifThen(List<Step> code, int height, String results) {
        if (available(height) > 0 && types.charAt(types.length() - 1) == 'i') {
            pop();
        } else {
            localGet(code, 0);
            pop();
        }
        int start = types.length();
        line("if" + result(results));
        labels.add(results);
        List<Step> then = new ArrayList<>();
        sequence(then, random.nextInt(8), start);
        finish(then, start, results);
        types.setLength(start);
        line("else");
        List<Step> otherwise = new ArrayList<>();
        sequence(otherwise, random.nextInt(8), start);
        finish(otherwise, start, results);
        labels.removeLast();
        line("end");
        code.add(m -> run(m, m.pop().i32() != 0 ? then : otherwise, results.length(), false));
    }

    /// Brings the stack to a height with results on it.
    private void finish(List<Step> body, int start, String results) {
        while (types.length() > start && !types.substring(start).equals(results)) {
            pop();
            line("drop");
            body.add(Model::pop);
        }
        if (!types.substring(start).equals(results)) {
            results.chars().forEach(type -> push(body, (char) type));
        }
    }

    private static void run(Model m, List<Step> body, int results, boolean isLoop) {
        run(m, body, results, isLoop, m.stack.size());
    }

    private static void run(Model m, List<Step> body, int results, boolean isLoop, int height) {
        while (true) {
            try {
                body.forEach(step -> step.run(m));
                return;
            } catch (Branch branch) {
                if (branch.depth > 0) {
                    throw new Branch(branch.depth - 1);
                }
                m.unwind(height, isLoop ? 0 : results);
                if (!isLoop) {
                    return;
                }
            }
        }
    }

    /// A conditional branch, of a condition from the stack or a local, with the label's operands.
    private void branchIf(List<Step> code, int height) {
        if (labels.isEmpty()) {
            return;
        }
        int depth = random.nextInt(labels.size());
        int label = labels.size() - 1 - depth;
        if (labels.get(label).isEmpty() && text.lastIndexOf("loop") >= 0 && loops > 0) {
            // Only the counted branch may go back to a loop.
            return;
        }
        String operands = labels.get(label);
        if (operands.equals("unreachable")) {
            return;
        }
        if (available(height) < operands.length() || !types.toString().endsWith(operands)) {
            operands.chars().forEach(type -> push(code, (char) type));
        }
        if (random.nextBoolean()) {
            localGet(code, 0);
        } else {
            localGet(code, PARAMS.length());
        }
        pop();
        line("br_if " + depth);
        code.add(m -> {
            if (m.pop().i32() != 0) {
                throw new Branch(depth);
            }
        });
    }

    // Exceptions: the tag $e has an i32 and a vector, $n nothing.

    static final String TAGS =
            """
              (tag $e (export "e") (param i32 v128))
              (tag $n (export "n"))
              (func $thrower (param i32) (result i32)
                local.get 0
                i32.const 3
                i32.and
                i32.const 2
                i32.eq
                if
                  local.get 0
                  global.get 2
                  throw $e
                end
                local.get 0
                i32.const 7
                i32.and
                i32.const 5
                i32.eq
                if
                  throw $n
                end
                global.get 0
                local.get 0
                i32.sub)
            """;

    /// Throws if the first local is not zero.
    private void throwing(List<Step> code) {
        if (random.nextInt(3) > 0) {
            return;
        }
        boolean isEmpty = random.nextInt(3) == 0;
        line("local.get 0");
        line("if");
        if (isEmpty) {
            line("throw $n");
        } else {
            line("local.get 5");
            line("local.get 3");
            line("throw $e");
        }
        line("end");
        code.add(m -> {
            if (m.locals[0].i32() != 0) {
                throw isEmpty
                        ? new Thrown("n", List.of())
                        : new Thrown("e", List.of(m.locals[5], m.locals[3]));
            }
        });
    }

    private void callThrower(List<Step> code) {
        localGet(code, random.nextBoolean() ? 0 : PARAMS.length());
        line("call $thrower");
        code.add(m -> {
            int x = m.pop().i32();
            if ((x & 3) == 2) {
                throw new Thrown("e", List.of(Value.of(x), m.globals[2]));
            }
            if ((x & 7) == 5) {
                throw new Thrown("n", List.of());
            }
            m.pushI32(m.globals[0].i32() - x);
        });
    }

    private void tryTable(List<Step> code, String results) {
        int start = types.length();
        String tag = List.of("e", "n", "all").get(random.nextInt(3));
        boolean takesReference = random.nextInt(4) == 0;
        String caught = tag.equals("e") ? "iv" : "";
        String reference = takesReference ? " exnref" : "";
        line("block (result" + wat(caught) + reference + ")");
        labels.add("unreachable");
        String clause =
                (tag.equals("all") ? "catch_all" : "catch") + (takesReference ? "_ref" : "");
        line(
                "try_table"
                        + result(results)
                        + " ("
                        + clause
                        + (tag.equals("all") ? "" : " $" + tag)
                        + " 0)");
        labels.add(results);
        List<Step> body = new ArrayList<>();
        sequence(body, random.nextInt(10), start);
        finish(body, start, results);
        labels.removeLast();
        line("end");
        List<Step> outer = new ArrayList<>();
        outer.add(m -> runTry(m, body, results.length(), tag));
        finish(outer, start, caught);
        labels.removeLast();
        if (takesReference) {
            line("ref.null exn");
        }
        line("end");
        if (takesReference) {
            line("drop");
        }
        code.add(m -> run(m, outer, caught.length(), false));
    }

    private static void runTry(Model m, List<Step> body, int results, String tag) {
        int height = m.stack.size();
        try {
            run(m, body, results, false);
        } catch (Thrown thrown) {
            if (!tag.equals("all") && !tag.equals(thrown.tag)) {
                throw thrown;
            }
            m.unwind(height, 0);
            if (!tag.equals("all")) {
                m.stack.addAll(thrown.values);
            }
            throw new Branch(0);
        }
    }

    private void legacyTry(List<Step> code, String results) {
        int start = types.length();
        line("try" + result(results));
        labels.add(results);
        List<Step> body = new ArrayList<>();
        sequence(body, random.nextInt(10), start);
        finish(body, start, results);
        types.setLength(start);
        line("catch $e");
        types.append("iv");
        boolean throwsAgain = random.nextInt(3) == 0;
        if (throwsAgain) {
            line("local.get 5");
            line("if");
            line("rethrow 1");
            line("end");
        }
        List<Step> handler = new ArrayList<>();
        sequence(handler, random.nextInt(8), start);
        finish(handler, start, results);
        boolean catchesAll = random.nextBoolean();
        List<Step> all = new ArrayList<>();
        if (catchesAll) {
            types.setLength(start);
            line("catch_all");
            sequence(all, random.nextInt(8), start);
            finish(all, start, results);
        }
        labels.removeLast();
        line("end");
        code.add(m -> {
            int height = m.stack.size();
            try {
                run(m, body, results.length(), false);
            } catch (Thrown thrown) {
                m.unwind(height, 0);
                if (thrown.tag.equals("e")) {
                    m.stack.addAll(thrown.values);
                    if (throwsAgain && m.locals[5].i32() != 0) {
                        throw thrown;
                    }
                    run(m, handler, results.length(), false, height);
                } else if (catchesAll) {
                    run(m, all, results.length(), false, height);
                } else {
                    throw thrown;
                }
            }
        });
    }
}
