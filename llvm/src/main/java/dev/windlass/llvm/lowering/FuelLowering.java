package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.StoreState;

/// The payments of a function that counts fuel.
final class FuelLowering {
    private final FunctionLowering f;
    private final FuelPlan plan;
    private final Ir ir;

    FuelLowering(FunctionLowering f, FuelPlan plan) {
        this.f = f;
        this.plan = plan;
        this.ir = f.ir;
    }

    /// Pays for the block that begins at an offset, if one does.
    void pay(int position) {
        FuelPlan.Charge charge = plan.at(position);
        if (charge != null) {
            pay(charge);
        }
    }

    private void pay(FuelPlan.Charge charge) {
        long fuel = ir.offset(f.storeState(), StoreState.FUEL);
        long left = ir.context(ir.load(ir.i64, fuel, 8));
        long amount = ir.i64(charge.amount());
        store(ir.binary(Ir.SUB, left, amount), fuel);
        long out = f.block("out");
        long next = f.block("paid");
        ir.unlikely(ir.icmp(Ir.SLT, left, amount), out, next);
        ir.at(out);
        store(ir.i64(0), fuel);
        f.m.trap(f.context, TrapKind.OUT_OF_FUEL.code(), charge.at());
        ir.at(next);
    }

    /// What is left must be seen after a trap that the hardware raises.
    private void store(long value, long fuel) {
        long store = ir.context(ir.store(value, fuel, 8));
        if (f.m.hasGuardedMemory()) {
            ir.makeVolatile(store);
        }
    }
}
