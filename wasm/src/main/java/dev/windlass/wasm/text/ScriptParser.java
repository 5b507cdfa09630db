package dev.windlass.wasm.text;

import dev.windlass.wasm.text.Command.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses test scripts (`.wast`).
///
/// @see <a href="https://github.com/WebAssembly/spec/tree/main/interpreter#scripts">Scripts</a>
public final class ScriptParser {
    private static final Set<String> FIELDS =
            Set.of(
                    "type", "rec", "import", "func", "table", "memory", "global", "tag", "export",
                    "start", "elem", "data");

    private static final int MAX_THREAD_NESTING = 100;

    private final TokenReader in;
    private final ScriptValues values;
    private int threadDepth;

    private ScriptParser(TokenReader in) {
        this.in = in;
        values = new ScriptValues(in);
    }

    /// The commands of a script. The modules' own texts are parsed later
    /// ([ScriptModule#parse()]).
    ///
    /// @param script in UTF-8; kept, not copied
    /// @throws dev.windlass.wasm.MalformedException with line and column
    public static List<Command> parse(byte[] script) {
        TokenReader in = new TokenReader(Lexer.tokens(script));
        return new ScriptParser(in).commands();
    }

    private List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        while (!in.atEnd()) {
            boolean bare = in.kind() == Token.ANNOTATION || FIELDS.contains(in.keywordAfterLeft());
            commands.add(bare ? bareModule() : command());
        }
        return commands;
    }

    /// Fields without a module around them, up to the end.
    private Command bareModule() {
        ScriptModule module = new ScriptModule(null, in.tokens, in.at);
        int line = line();
        while (!in.atEnd()) {
            in.skipList();
        }
        return new Command.DefineModule(line, module);
    }

    private int line() {
        return in.tokens.line(in.at);
    }

    private Command command() {
        int line = line();
        if (in.keywordAfterLeft().equals("invoke") || in.keywordAfterLeft().equals("get")) {
            return new Command.Perform(line, action());
        }
        in.left();
        String keyword = in.keyword();
        Command command =
                switch (keyword) {
                    case "module" -> module(line);
                    case "register" -> new Command.Register(line, in.name(), in.identifier());
                    case "thread" -> thread(line);
                    case "wait" -> new Command.Wait(line, in.identifier());
                    default -> assertion(keyword, line);
                };
        in.right();
        return command;
    }

    // Modules.

    /// After `(module`.
    private Command module(int line) {
        if (in.takeKeyword("instance")) {
            return new Command.Instantiate(line, in.identifier(), in.identifier());
        }
        return in.takeKeyword("definition")
                ? new Command.DefineOnly(line, moduleBody())
                : new Command.DefineModule(line, moduleBody());
    }

    /// The rest of a module, up to its closing parenthesis.
    private ScriptModule moduleBody() {
        ScriptModule module = new ScriptModule(in.identifier(), in.tokens, in.at);
        while (!in.isRight()) {
            if (in.kind() == Token.LEFT || in.kind() == Token.ANNOTATION) {
                in.skipList();
            } else if (in.atEnd()) {
                throw in.unexpected();
            } else {
                in.at++;
            }
        }
        return module;
    }

    /// `(module ...)` as an argument of an assertion.
    private ScriptModule moduleArgument() {
        in.left("module");
        in.takeKeyword("definition");
        ScriptModule module = moduleBody();
        in.right();
        return module;
    }

    // Actions and assertions.

    private Command.Action action() {
        in.left();
        int token = in.at;
        String keyword = in.keyword();
        @Nullable String instance = in.identifier();
        Command.Action action =
                switch (keyword) {
                    case "invoke" -> new Command.Invoke(instance, in.name(), values.arguments());
                    case "get" -> new Command.Get(instance, in.name());
                    default -> throw in.unexpected(token);
                };
        in.right();
        return action;
    }

    private Command assertion(String keyword, int line) {
        return switch (keyword) {
            case "assert_return" -> new Command.AssertReturn(line, action(), values.patterns());
            case "assert_trap" ->
                    in.isLeft("module")
                            ? new Command.AssertModuleTrap(line, moduleArgument(), in.name())
                            : new Command.AssertTrap(line, action(), in.name());
            case "assert_exhaustion" -> new Command.AssertExhaustion(line, action(), in.name());
            case "assert_exception" -> new Command.AssertException(line, action());
            case "assert_malformed" -> refused(Refusal.MALFORMED, line);
            case "assert_invalid" -> refused(Refusal.INVALID, line);
            case "assert_unlinkable" -> refused(Refusal.UNLINKABLE, line);
            case "assert_malformed_custom" -> refused(Refusal.MALFORMED_CUSTOM, line);
            case "assert_invalid_custom" -> refused(Refusal.INVALID_CUSTOM, line);
            default -> throw in.tokens.error(in.at - 1, "unknown operator " + keyword);
        };
    }

    private Command refused(Refusal refusal, int line) {
        return new Command.AssertRefused(line, refusal, moduleArgument(), in.name());
    }

    // Threads.

    /// After `(thread`.
    private Command thread(int line) {
        if (++threadDepth > MAX_THREAD_NESTING) {
            throw in.error("nesting too deep: more than " + MAX_THREAD_NESTING + " threads");
        }
        @Nullable String id = in.identifier();
        List<String> shared = new ArrayList<>();
        while (in.takeLeft("shared")) {
            in.left("module");
            String module = in.identifier();
            if (module == null) {
                throw in.unexpected();
            }
            shared.add(module);
            in.right();
            in.right();
        }
        List<Command> commands = new ArrayList<>();
        while (!in.isRight()) {
            commands.add(command());
        }
        threadDepth--;
        return new Command.RunThread(line, id, shared, commands);
    }
}
