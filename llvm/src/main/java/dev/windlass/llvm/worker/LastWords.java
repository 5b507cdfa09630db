package dev.windlass.llvm.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The last line that a process wrote on standard error, of which all is read, so that the process
/// never waits for us.
final class LastWords {
    private static final int KEPT = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final StringBuilder line = new StringBuilder();
    private String last = "";
    private final Thread reader;

    private LastWords(InputStream stream) {
        reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("windlass-worker-errors")
                        .unstarted(() -> take(stream));
    }

    static LastWords of(InputStream stream) {
        LastWords words = new LastWords(stream);
        words.reader.start();
        return words;
    }

    private void take(InputStream stream) {
        byte[] buffer = new byte[1024];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                add(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            add(""); // the process is gone: what was said stands
        }
    }

    private synchronized void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && line.length() < KEPT) {
                line.append(c < ' ' ? ' ' : c);
            } else if (c == '\n') {
                last = line.isEmpty() ? last : line.toString();
                line.setLength(0);
            }
        }
    }

    /// To be called when the process has ended.
    String text() {
        try {
            reader.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return lastLine();
    }

    private synchronized String lastLine() {
        return (line.isEmpty() ? last : line.toString()).strip();
    }
}
