package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The other side of the echo server: two connections one after the other, each getting back what it sent.
final class EchoClient {
    private static final int TRIES = 200;

    private final int port;

    EchoClient(int port) {
        this.port = port;
    }

    /// A port of the loopback device that nobody listened on a moment ago.
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void talk() throws IOException, InterruptedException {
        echo("hello".getBytes(StandardCharsets.US_ASCII));
        byte[] long100k = new byte[256 * 400];
        for (int i = 0; i < long100k.length; i++) {
            long100k[i] = (byte) i;
        }
        echo(long100k);
    }

    private void echo(byte[] message) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            Thread writer = Thread.ofVirtual().start(() -> send(socket, message));
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(message);
            writer.join();
        }
    }

    private static void send(Socket socket, byte[] message) {
        try {
            socket.getOutputStream().write(message);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError("the server does not take the message", e);
        }
    }

    private Socket connect() throws IOException, InterruptedException {
        for (int i = 1; ; i++) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                if (i == TRIES) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }
}
