package dev.windlass.bench;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.validation.Validator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Decodes and validates a module again and again; prints CPU nanoseconds of each time, all threads together.
public final class DecodeSpeed {
    private DecodeSpeed() {}

    public static void main(String[] args) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(args[0]));
        int times = Integer.parseInt(args[1]);
        for (int i = 0; i < times; i++) {
            long start = cpuTime();
            Validator.validate(ModuleReader.read(bytes, Features.ALL));
            System.out.println(cpuTime() - start);
        }
    }

    /// Of the calling thread; the process is held to one processor, so that validation makes no threads of its own.
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
