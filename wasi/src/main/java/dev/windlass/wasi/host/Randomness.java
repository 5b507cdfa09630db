package dev.windlass.wasi.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;

/// Random bytes of the system, fit for keys. Where there is a `/dev/urandom` it is read as it is:
/// looking up a security provider costs a short program tens of milliseconds.
public final class Randomness {
    private Randomness() {}

    /// Fills an array.
    public static void fill(byte[] bytes) {
        if (!Device.fill(bytes)) {
            Provider.RANDOM.nextBytes(bytes);
        }
    }

    private static final class Device {
        private static final boolean EXISTS = new java.io.File("/dev/urandom").exists();

        static boolean fill(byte[] bytes) {
            if (!EXISTS) {
                return false;
            }
            try (FileInputStream in = new FileInputStream("/dev/urandom")) {
                return in.readNBytes(bytes, 0, bytes.length) == bytes.length;
            } catch (IOException e) {
                return false; // a jail without the device: the provider knows other ways
            }
        }
    }

    private static final class Provider {
        static final SecureRandom RANDOM = new SecureRandom();
    }
}
