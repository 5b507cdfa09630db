package dev.windlass.llvm.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Bytes that are read in parts.
interface ByteSource {
    long size() throws IOException;

    /// Fills the buffer.
    ///
    /// @throws IOException also if the range reaches past the end
    void read(long offset, ByteBuffer into) throws IOException;

    /// The bytes of a range.
    ///
    /// @throws IOException also if it reaches past the end
    default byte[] read(long offset, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        read(offset, ByteBuffer.wrap(content));
        return content;
    }

    static ByteSource of(byte[] all) {
        return new ByteSource() {
            @Override
            public long size() {
                return all.length;
            }

            @Override
            public void read(long offset, ByteBuffer into) {
                into.put(all, (int) offset, into.remaining());
            }
        };
    }

    static ByteSource of(FileChannel file) {
        return new ByteSource() {
            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public void read(long offset, ByteBuffer into) throws IOException {
                long at = offset;
                while (into.hasRemaining()) {
                    int count = file.read(into, at);
                    if (count < 0) {
                        throw new EOFException("the file became shorter while it was read");
                    }
                    at += count;
                }
            }
        };
    }
}
