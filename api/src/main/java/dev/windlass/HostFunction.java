package dev.windlass;

/// A function of the host, for any type: arguments and results go through the [Call]. For common
/// types a lambda with a [Signature] is shorter and faster.
@FunctionalInterface
public interface HostFunction {
    /// Runs when the guest calls. What it throws ends the guest and reaches whoever called the guest,
    /// unchanged; a [GuestException] may be caught by the guest instead.
    void call(Call call);
}
