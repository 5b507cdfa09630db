package dev.windlass.wasi;

import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.host.Clocks;
import dev.windlass.wasi.host.Descriptor;
import dev.windlass.wasi.host.DescriptorTable;
import dev.windlass.wasi.host.GuestProcess;
import dev.windlass.wasi.host.InputPump;
import dev.windlass.wasi.host.InputStreamDescriptor;
import dev.windlass.wasi.host.Listener;
import dev.windlass.wasi.host.OutputStreamDescriptor;
import dev.windlass.wasi.host.Preopens;
import dev.windlass.wasi.host.StandardStreams;
import dev.windlass.wasi.posix.Posix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a process out of a configuration.
final class ProcessSetup {
    private ProcessSetup() {}

    static GuestProcess open(WasiConfig config, GuestThreads threads) throws IOException {
        return open(config, threads, Posix::instance);
    }

    /// @param system the calls for files, or null to do without
    static GuestProcess open(
            WasiConfig config, GuestThreads threads, Supplier<@Nullable Posix> system)
            throws IOException {
        return new GuestProcess(
                strings(config.args()),
                variables(config),
                descriptors(config, system),
                new Clocks(config.clock()::realtime, config.clock()::monotonic),
                config.random(),
                threads);
    }

    private static List<byte[]> strings(List<String> strings) {
        List<byte[]> all = new ArrayList<>(strings.size());
        for (String string : strings) {
            all.add(string.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    private static List<byte[]> variables(WasiConfig config) {
        List<String> all = new ArrayList<>(config.env().size());
        config.env().forEach((name, value) -> all.add(name + "=" + value));
        return strings(all);
    }

    private static DescriptorTable descriptors(WasiConfig config, Supplier<@Nullable Posix> system)
            throws IOException {
        DescriptorTable table = new DescriptorTable();
        table.add(input(config.stdin()));
        table.add(output(config.stdout(), true));
        table.add(output(config.stderr(), false));
        Preopens preopens = new Preopens(system, config.writableWithoutHandles());
        for (WasiDirectory directory : config.directories()) {
            table.add(preopens.add(directory.host(), directory.guest(), directory.readOnly()));
        }
        for (InetSocketAddress address : config.listeners()) {
            table.add(listener(address));
        }
        return table;
    }

    private static Descriptor listener(InetSocketAddress address) throws IOException {
        try {
            return Listener.open(address);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    // The usual case comes before the switch, because a switch over classes is slow at start-up.

    private static Descriptor input(WasiInput input) {
        return input instanceof WasiInput.Inherit ? StandardStreams.input() : givenInput(input);
    }

    private static Descriptor givenInput(WasiInput input) {
        return switch (input) {
            case WasiInput.Inherit() -> StandardStreams.input();
            case WasiInput.Stream(var in) ->
                    new InputStreamDescriptor(
                            FileType.UNKNOWN, Rights.NONE, new InputPump(in, false));
            case WasiInput.Bytes(var bytes) ->
                    new InputStreamDescriptor(
                            FileType.UNKNOWN,
                            Rights.NONE,
                            new InputPump(new ByteArrayInputStream(bytes), true));
        };
    }

    private static Descriptor output(WasiOutput output, boolean first) {
        if (output instanceof WasiOutput.Stream(var out)) {
            return new OutputStreamDescriptor(FileType.UNKNOWN, Rights.NONE, out);
        }
        return first ? StandardStreams.output() : StandardStreams.error();
    }
}
