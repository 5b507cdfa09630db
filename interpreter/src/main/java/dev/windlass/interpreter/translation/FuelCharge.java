package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;

/// Pays for the instructions of a block.
final class FuelCharge extends Node {
    private final int at;

    /// Instructions; final when the block is.
    int amount;

    FuelCharge(int at) {
        this.at = at;
    }

    @Override
    public void x(long f, Machine m) {
        long left = Raw.getLong(m.fuel);
        if (left < amount) {
            Raw.putLong(m.fuel, 0);
            throw m.trap(TrapKind.OUT_OF_FUEL, at);
        }
        Raw.putLong(m.fuel, left - amount);
    }
}
