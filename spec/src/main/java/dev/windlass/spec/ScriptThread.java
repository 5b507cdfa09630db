package dev.windlass.spec;

import dev.windlass.Engine;
import dev.windlass.GuestException;
import dev.windlass.LinkException;
import dev.windlass.Trap;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.text.Command;
import dev.windlass.wasm.text.WatModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commands of a script, or of one of its threads, one after the other. Has a store of its own.
final class ScriptThread implements AutoCloseable {
    private static final long JOIN_MILLIS = 60_000;

    private final Engine engine;
    private final Tally tally;
    private final Instances instances;
    private final Map<String, Spawned> threads = new HashMap<>();
    private final List<Spawned> allThreads = new ArrayList<>();

    /// A thread that this one has started.
    private record Spawned(Thread thread, ScriptThread commands, int line) {}

    /// @param shared instances of the outer thread by their identifiers
    ScriptThread(Engine engine, Tally tally, Map<String, Unit> shared) {
        this.engine = engine;
        this.tally = tally;
        instances = new Instances(engine, shared);
    }

    void run(List<Command> commands) {
        for (Command command : commands) {
            run(command);
        }
        for (Spawned spawned : allThreads) {
            join(spawned);
        }
    }

    /// What is wrong with the engine fails one command, and the script goes on.
    private void run(Command command) {
        int line = command.line();
        try {
            execute(command);
        } catch (Unsupported e) {
            if (isAssertion(command)) {
                tally.skipped(line, e.reason());
            }
        } catch (ScriptFailure e) {
            tally.failed(line, e.reason());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            tally.failed(line, "unexpected " + e);
        }
    }

    private static boolean isAssertion(Command command) {
        return switch (command) {
            case Command.AssertReturn _,
                    Command.AssertTrap _,
                    Command.AssertModuleTrap _,
                    Command.AssertExhaustion _,
                    Command.AssertException _,
                    Command.AssertRefused _ ->
                    true;
            case Command.DefineModule _,
                    Command.DefineOnly _,
                    Command.Instantiate _,
                    Command.Register _,
                    Command.Perform _,
                    Command.RunThread _,
                    Command.Wait _ ->
                    false;
        };
    }

    private void execute(Command command) {
        switch (command) {
            case Command.DefineModule c -> instances.define(c.module(), c.line());
            case Command.DefineOnly c -> instances.defineOnly(c.module());
            case Command.Instantiate c -> instances.instantiate(c.instance(), c.module(), c.line());
            case Command.Register c -> instances.register(c.name(), c.instance());
            case Command.Perform c -> instances.perform(c.action());
            case Command.AssertReturn c -> assertReturn(c);
            case Command.AssertTrap c -> assertTrap(c.line(), c.text(), () -> perform(c.action()));
            case Command.AssertModuleTrap c ->
                    assertTrap(c.line(), c.text(), () -> instances.tryOut(c.module()));
            case Command.AssertExhaustion c ->
                    assertTrap(c.line(), c.text(), () -> perform(c.action()));
            case Command.AssertException c -> assertException(c);
            case Command.AssertRefused c -> assertRefused(c);
            case Command.RunThread c -> spawn(c);
            case Command.Wait c -> await(c);
        }
    }

    private void perform(Command.Action action) {
        instances.perform(action);
    }

    // Assertions.

    private void assertReturn(Command.AssertReturn c) {
        @Nullable Object[] results = instances.perform(c.action());
        if (!ResultMatcher.matches(results, c.results())) {
            throw new ScriptFailure(
                    "returned " + ResultMatcher.text(results) + ", not " + c.results());
        }
        tally.passed();
    }

    private void assertTrap(int line, String text, Runnable code) {
        try {
            code.run();
        } catch (Trap trap) {
            if (!TrapTexts.matches(trap, text)) {
                throw new ScriptFailure("trapped with '" + trap.getMessage() + "', not " + text);
            }
            tally.wording(line, text, String.valueOf(trap.getMessage()));
            tally.passed();
            return;
        }
        throw new ScriptFailure("did not trap with '" + text + "'");
    }

    private void assertException(Command.AssertException c) {
        try {
            instances.perform(c.action());
        } catch (GuestException e) {
            tally.passed();
            return;
        }
        throw new ScriptFailure("threw no exception");
    }

    private void assertRefused(Command.AssertRefused c) {
        switch (c.refusal()) {
            case MALFORMED, MALFORMED_CUSTOM -> assertRefused(c, MalformedException.class);
            case INVALID, INVALID_CUSTOM -> assertRefused(c, InvalidException.class);
            case UNLINKABLE -> assertUnlinkable(c);
        }
    }

    private void assertRefused(Command.AssertRefused c, Class<? extends WasmException> kind) {
        try {
            WatModule parsed = c.module().parse(engine.features());
            parsed.validated(engine.features());
        } catch (WasmException e) {
            if (!kind.isInstance(e)) {
                throw new ScriptFailure(
                        c.refusal()
                                + " wanted, but "
                                + e.getClass().getSimpleName()
                                + ": "
                                + e.reason());
            }
            tally.wording(c.line(), c.text(), e.reason());
            tally.passed();
            return;
        }
        throw new ScriptFailure("accepted, though " + c.refusal() + ": " + c.text());
    }

    private void assertUnlinkable(Command.AssertRefused c) {
        try {
            instances.tryOut(c.module());
        } catch (LinkException e) {
            tally.wording(c.line(), c.text(), String.valueOf(e.getMessage()));
            tally.passed();
            return;
        }
        throw new ScriptFailure("linked, though it should not: " + c.text());
    }

    // Threads.

    private void spawn(Command.RunThread c) {
        Map<String, Unit> shared = new HashMap<>();
        for (String id : c.shared()) {
            shared.put(id, instances.unit(id));
        }
        ScriptThread inner = new ScriptThread(engine, tally, shared);
        Thread thread = new Thread(() -> inner.run(c.commands()), "script thread " + c.id());
        thread.setDaemon(true);
        Spawned spawned = new Spawned(thread, inner, c.line());
        allThreads.add(spawned);
        if (c.id() != null) {
            threads.put(c.id(), spawned);
        }
        thread.start();
    }

    private void await(Command.Wait c) {
        Spawned spawned = c.id() == null ? null : threads.get(c.id());
        if (spawned == null) {
            throw new ScriptFailure("there is no thread " + c.id());
        }
        join(spawned);
    }

    private void join(Spawned spawned) {
        try {
            spawned.thread.join(JOIN_MILLIS);
            if (spawned.thread.isAlive()) {
                tally.failed(spawned.line, "the thread has not ended within a minute");
                spawned.commands.instances.interrupt();
                spawned.thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptFailure("interrupted while waiting for a thread");
        }
    }

    /// Frees the stores; those of threads last to be used first.
    @Override
    public void close() {
        for (Spawned spawned : allThreads) {
            if (!spawned.thread.isAlive()) {
                spawned.commands.close();
            }
        }
        instances.close();
    }
}
