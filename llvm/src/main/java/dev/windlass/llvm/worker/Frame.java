package dev.windlass.llvm.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;

/// How messages travel: a mark with the protocol's version, the length, the content, its checksum.
/// Whatever else is on the stream (a library may print) is noticed.
final class Frame {
    /// "WLW" and the version of the protocol.
    private static final int MARK = 0x574C_5701;

    /// More than any module or object file has.
    private static final int LIMIT = 1 << 30;

    private Frame() {}

    static void write(DataOutputStream out, byte[] content) throws IOException {
        out.writeInt(MARK);
        out.writeInt(content.length);
        out.write(content);
        out.writeInt(checksum(content));
        out.flush();
    }

    /// @throws java.io.EOFException at the end of the stream
    /// @throws IOException if what comes is no frame
    static byte[] read(DataInputStream in) throws IOException {
        int mark = in.readInt();
        if (mark != MARK) {
            throw new IOException("not a frame: " + Integer.toHexString(mark));
        }
        int length = in.readInt();
        if (length < 0 || length > LIMIT) {
            throw new IOException("not the length of a frame: " + length);
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length || in.readInt() != checksum(content)) {
            throw new IOException("a damaged frame");
        }
        return content;
    }

    private static int checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return (int) checksum.getValue();
    }
}
