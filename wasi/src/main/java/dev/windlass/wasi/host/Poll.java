package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Waiting for the first of several things to happen.
public final class Poll {
    private Poll() {}

    /// Something that is waited for.
    public sealed interface Subject {}

    /// A clock's reaching a time.
    ///
    /// @param now reads the clock
    /// @param runs whether it goes on evenly while the guest waits; others are asked again and again
    public record Alarm(LongSupplier now, long time, boolean runs) implements Subject {}

    /// A descriptor's being ready.
    public record Ready(Descriptor descriptor, boolean write) implements Subject {}

    /// What cannot be waited for, and why: happens at once.
    public record Impossible(Errno errno) implements Subject {}

    /// What happened.
    ///
    /// @param index of the subject
    public record Event(int index, Errno errno, Readiness readiness) {}

    private static final long ASK_AGAIN = 5_000_000;

    /// Waits until at least one of the subjects has happened, and says all that have.
    public static List<Event> await(List<Subject> subjects, Interrupts interrupts) {
        List<Event> events = happened(subjects);
        if (!events.isEmpty()) {
            return events;
        }
        try (Waiter waiter = new Waiter(interrupts)) {
            for (Subject subject : subjects) {
                watch(subject, waiter);
            }
            events = happened(subjects);
            while (events.isEmpty()) {
                waiter.await(left(subjects));
                events = happened(subjects);
            }
            return events;
        }
    }

    private static void watch(Subject subject, Waiter waiter) {
        switch (subject) {
            case Ready(var descriptor, var write) -> descriptor.watch(waiter, write);
            case Alarm alarm when !alarm.runs() -> waiter.atMost(ASK_AGAIN);
            case Alarm _, Impossible _ -> {}
        }
    }

    /// The time until the first alarm.
    private static long left(List<Subject> subjects) {
        long least = Long.MAX_VALUE;
        for (Subject subject : subjects) {
            if (subject instanceof Alarm alarm) {
                least = Math.min(least, alarm.time() - alarm.now().getAsLong());
            }
        }
        return least;
    }

    private static List<Event> happened(List<Subject> subjects) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Event event = happened(i, subjects.get(i));
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private static @Nullable Event happened(int index, Subject subject) {
        try {
            Readiness readiness = readiness(subject);
            return readiness.ready() ? new Event(index, Errno.SUCCESS, readiness) : null;
        } catch (ErrnoException e) {
            return new Event(index, e.errno(), Readiness.READY);
        }
    }

    private static Readiness readiness(Subject subject) {
        return switch (subject) {
            case Ready(var descriptor, var write) -> descriptor.poll(write);
            case Alarm(var now, var time, _) ->
                    now.getAsLong() >= time ? Readiness.READY : Readiness.NOT_YET;
            case Impossible(var errno) -> throw errno.failure();
        };
    }
}
