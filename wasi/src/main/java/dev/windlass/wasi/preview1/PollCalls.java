package dev.windlass.wasi.preview1;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestMemory;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.host.Descriptor;
import dev.windlass.wasi.host.Directory;
import dev.windlass.wasi.host.Poll;
import java.util.ArrayList;
import java.util.List;

/// `poll_oneoff`.
final class PollCalls {
    /// More than all descriptors in both directions, and clocks besides.
    private static final int MAX_SUBSCRIPTIONS = 1 << 14;

    private static final int SUBSCRIPTION = 48;
    private static final int EVENT = 32;

    private PollCalls() {}

    static void oneoff(Call call) {
        long in = call.u32(0);
        long out = call.u32(1);
        long count = call.u32(2);
        if (count == 0) {
            throw Errno.INVAL.failure();
        }
        GuestMemory memory = call.memory();
        memory.address(in, count * SUBSCRIPTION);
        memory.address(out, count * EVENT);
        memory.address(call.u32(3), Integer.BYTES);
        if (count > MAX_SUBSCRIPTIONS) {
            throw Errno.INVAL.failure();
        }
        List<Descriptor> used = new ArrayList<>();
        try {
            List<Subscription> subscriptions = subscriptions(call, in, (int) count, used);
            store(call, out, subscriptions, await(call, subscriptions));
        } finally {
            used.forEach(Descriptor::release);
        }
    }

    private record Subscription(long userdata, int type, Poll.Subject subject) {}

    private static List<Poll.Event> await(Call call, List<Subscription> subscriptions) {
        List<Poll.Subject> subjects = new ArrayList<>(subscriptions.size());
        for (Subscription subscription : subscriptions) {
            subjects.add(subscription.subject());
        }
        return Poll.await(subjects, call.interrupts());
    }

    /// @param used gets all descriptors, to be released
    private static List<Subscription> subscriptions(
            Call call, long in, int count, List<Descriptor> used) {
        List<Subscription> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = in + (long) i * SUBSCRIPTION;
            int type = call.memory().getByte(at + 8);
            all.add(
                    new Subscription(
                            call.memory().getLong(at), type, subject(call, at + 16, type, used)));
        }
        return all;
    }

    private static Poll.Subject subject(Call call, long at, int type, List<Descriptor> used) {
        try {
            return switch (type) {
                case Flags.EVENT_CLOCK -> alarm(call, at);
                case Flags.EVENT_FD_READ -> ready(call, at, false, used);
                case Flags.EVENT_FD_WRITE -> ready(call, at, true, used);
                default -> throw Errno.INVAL.failure();
            };
        } catch (ErrnoException e) {
            return new Poll.Impossible(e.errno());
        }
    }

    private static Poll.Subject alarm(Call call, long at) {
        GuestMemory memory = call.memory();
        int clock = memory.getInt(at);
        long timeout = memory.getLong(at + 8);
        boolean absolute = (memory.getShort(at + 24) & Flags.CLOCK_ABSTIME) != 0;
        if (clock == Flags.CLOCK_THREAD_CPUTIME_ID) {
            throw Errno.INVAL.failure(); // stands still while its thread waits
        }
        long now = ProcessCalls.now(call, clock); // also refuses what is no clock
        long unsigned = timeout < 0 ? Long.MAX_VALUE : timeout;
        long time = absolute ? unsigned : saturatedSum(now, unsigned);
        boolean runs = clock != Flags.CLOCK_PROCESS_CPUTIME_ID;
        return new Poll.Alarm(() -> ProcessCalls.now(call, clock), time, runs);
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static Poll.Subject ready(Call call, long at, boolean write, List<Descriptor> used) {
        Descriptor descriptor = call.process().descriptors().acquire(call.memory().getInt(at));
        used.add(descriptor);
        descriptor.require(Rights.POLL_FD_READWRITE);
        if (!(descriptor instanceof Directory)) {
            descriptor.require(write ? Rights.FD_WRITE : Rights.FD_READ);
        }
        return new Poll.Ready(descriptor, write);
    }

    private static void store(
            Call call, long out, List<Subscription> subscriptions, List<Poll.Event> events) {
        GuestMemory memory = call.memory();
        long at = out;
        for (Poll.Event event : events) {
            Subscription subscription = subscriptions.get(event.index());
            memory.putLong(at, subscription.userdata());
            memory.putShort(at + 8, event.errno().code());
            memory.putByte(at + 10, subscription.type());
            boolean descriptor = subscription.type() != Flags.EVENT_CLOCK;
            boolean hangup = event.readiness().hangup();
            memory.putLong(at + 16, descriptor ? event.readiness().bytes() : 0);
            memory.putShort(at + 24, descriptor && hangup ? Flags.EVENT_HANGUP : 0);
            at += EVENT;
        }
        memory.putInt(call.u32(3), events.size());
    }
}
