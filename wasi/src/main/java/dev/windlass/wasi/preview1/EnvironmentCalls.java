package dev.windlass.wasi.preview1;

import java.util.List;

/// `args_*` and `environ_*`: two lists of strings of the same form.
final class EnvironmentCalls {
    private EnvironmentCalls() {}

    /// Parameters: where the pointers go, where the strings go.
    static void get(Call call, List<byte[]> strings) {
        long pointers = call.u32(0);
        long at = call.u32(1);
        for (byte[] string : strings) {
            call.memory().putBytes(at, string, string.length);
            call.memory().putByte(at + string.length, 0);
            call.memory().putInt(pointers, (int) at);
            pointers += 4;
            at += string.length + 1;
        }
    }

    /// Parameters: where the count goes, where the size of all strings goes.
    static void sizes(Call call, List<byte[]> strings) {
        long size = 0;
        for (byte[] string : strings) {
            size += string.length + 1;
        }
        call.memory().putInt(call.u32(0), strings.size());
        call.memory().putInt(call.u32(1), (int) size);
    }
}
