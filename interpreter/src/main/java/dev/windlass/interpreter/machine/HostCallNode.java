package dev.windlass.interpreter.machine;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.HostCallDispatch;
import dev.windlass.runtime.boundary.Raw;
import org.jspecify.annotations.Nullable;

/// The one node that calls the host by its enumerated list: a signature, which selects the caster,
/// and an id.
public final class HostCallNode extends Node {
    private final HostCall call;
    private final int id;
    private final int at;
    private final @Nullable Handler handler;
    private final Node[] operands;

    private HostCallNode(HostCall call, int at, @Nullable Handler handler, Node[] operands) {
        this.call = call;
        this.id = call.id();
        this.at = at;
        this.handler = handler;
        this.operands = operands;
    }

    /// @param at offset of the instruction in the module
    /// @param operands by the signature's letters
    public static Node of(HostCall call, int at, @Nullable Handler handler, Node... operands) {
        if (operands.length != call.signature().params().length()) {
            throw new IllegalArgumentException(call + " with " + operands.length + " operands");
        }
        return new HostCallNode(call, at, handler, operands);
    }

    @Override
    public int i(long f, Machine m) {
        return (int) l(f, m);
    }

    @Override
    public long l(long f, Machine m) {
        ModuleInstance instance = m.moduleInstance();
        try {
            long result = call(instance, f, m);
            m.refresh();
            return result;
        } catch (RuntimeException | Error e) {
            throw m.leaving(e, at, handler);
        }
    }

    @Override
    public void x(long f, Machine m) {
        long result = l(f, m);
        if (!call.signature().result().isEmpty()) {
            Raw.putLong(f, dst, result);
        }
    }

    private long call(ModuleInstance instance, long f, Machine m) {
        Node[] o = operands;
        return switch (call.signature()) {
            case I_ -> {
                HostCallDispatch.iToVoid(id, instance, o[0].i(f, m));
                yield 0;
            }
            case I_L -> HostCallDispatch.iToL(id, instance, o[0].i(f, m));
            case L_ -> {
                HostCallDispatch.lToVoid(id, instance, o[0].l(f, m));
                yield 0;
            }
            case IL_ -> {
                HostCallDispatch.ilToVoid(id, instance, o[0].i(f, m), o[1].l(f, m));
                yield 0;
            }
            case IL_L -> HostCallDispatch.ilToL(id, instance, o[0].i(f, m), o[1].l(f, m));
            case ILL_L -> {
                // table.grow: its operands are on the stack in the other order.
                long c = o[2].l(f, m);
                yield HostCallDispatch.illToL(id, instance, o[0].i(f, m), o[1].l(f, m), c);
            }
            case ILLL_ -> {
                long b = o[1].l(f, m);
                long c = o[2].l(f, m);
                HostCallDispatch.illlToVoid(id, instance, o[0].i(f, m), b, c, o[3].l(f, m));
                yield 0;
            }
            case ILIL_ -> {
                long b = o[1].l(f, m);
                int c = o[2].i(f, m);
                HostCallDispatch.ililToVoid(id, instance, o[0].i(f, m), b, c, o[3].l(f, m));
                yield 0;
            }
            case IILLL_ -> {
                long c = o[2].l(f, m);
                long d = o[3].l(f, m);
                long e = o[4].l(f, m);
                HostCallDispatch.iilllToVoid(id, instance, o[0].i(f, m), o[1].i(f, m), c, d, e);
                yield 0;
            }
            case ILI_I -> {
                long b = o[1].l(f, m);
                yield HostCallDispatch.iliToI(id, instance, o[0].i(f, m), b, o[2].i(f, m));
            }
            case ILLL_I -> {
                long b = o[1].l(f, m);
                long c = o[2].l(f, m);
                yield HostCallDispatch.illlToI(id, instance, o[0].i(f, m), b, c, o[3].l(f, m));
            }
        };
    }
}
