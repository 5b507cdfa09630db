package dev.windlass.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/// Numbers with units on the command line.
final class Quantities {
    private Quantities() {}

    /// `500ms`, `10s`, `1.5s`, `2m`, `1h`; a plain number is seconds.
    static Duration duration(String option, String text) {
        int digits = numberLength(text);
        BigDecimal nanosPerUnit =
                switch (text.substring(digits)) {
                    case "ns" -> BigDecimal.ONE;
                    case "us" -> BigDecimal.valueOf(1_000);
                    case "ms" -> BigDecimal.valueOf(1_000_000);
                    case "", "s" -> BigDecimal.valueOf(1_000_000_000);
                    case "m", "min" -> BigDecimal.valueOf(60_000_000_000L);
                    case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
                    default -> throw wrong(option, "a time such as 500ms, 10s or 2m", text);
                };
        if (digits == 0) {
            throw wrong(option, "a time such as 500ms, 10s or 2m", text);
        }
        BigDecimal nanos = new BigDecimal(text.substring(0, digits)).multiply(nanosPerUnit);
        return Duration.ofNanos(nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    /// `65536`, `64K`, `64M`, `2G`, also `64MiB`: bytes in powers of 1024.
    static long bytes(String option, String text) {
        int digits = numberLength(text);
        int shift =
                switch (text.substring(digits).toUpperCase(Locale.ROOT)) {
                    case "", "B" -> 0;
                    case "K", "KB", "KIB" -> 10;
                    case "M", "MB", "MIB" -> 20;
                    case "G", "GB", "GIB" -> 30;
                    case "T", "TB", "TIB" -> 40;
                    default -> throw wrong(option, "a size such as 64K, 64M or 2G", text);
                };
        if (digits == 0) {
            throw wrong(option, "a size such as 64K, 64M or 2G", text);
        }
        BigDecimal bytes = new BigDecimal(text.substring(0, digits)).scaleByPowerOfTen(0);
        bytes = bytes.multiply(BigDecimal.valueOf(1L << shift));
        return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    /// A whole number, not negative.
    static long count(String option, String text) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(option, "a whole number, not negative", text);
    }

    /// Digits with at most one point that is not the first character.
    private static int numberLength(String text) {
        int i = 0;
        boolean point = false;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean isPoint = c == '.' && i > 0 && !point;
            if (!isPoint && (c < '0' || c > '9')) {
                break;
            }
            point |= isPoint;
            i++;
        }
        return i;
    }

    private static UsageException wrong(String option, String expected, String text) {
        return new UsageException(option + " takes " + expected + ", not '" + text + "'");
    }
}
