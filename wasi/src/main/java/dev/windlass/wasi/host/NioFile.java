package dev.windlass.wasi.host;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileStat;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.GuestBuffers;
import dev.windlass.wasi.abi.Rights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A regular file as a channel, opened through a [NioFolder].
final class NioFile extends Descriptor {
    private final FileChannel channel;
    private final NioFolder folder;
    private final String name;
    private volatile int flags;

    /// @param name in the folder: the status is asked by it
    NioFile(FileChannel channel, NioFolder folder, String name, OpenRequest request) {
        super(request.rights() & Rights.FILE, request.inheriting());
        this.channel = channel;
        this.folder = folder;
        this.name = name;
        this.flags = request.fdFlags();
    }

    @Override
    protected void close() {
        NioFolder.perform(() -> {
            channel.close();
            return null;
        });
    }

    @Override
    public FileType type() {
        return FileType.REGULAR_FILE;
    }

    @Override
    public FileStat stat() {
        FileStat s = folder.stat(name);
        return new FileStat(
                s.device(),
                s.inode(),
                FileType.REGULAR_FILE,
                s.links(),
                NioFolder.perform(channel::size),
                s.accessed(),
                s.modified(),
                s.changed());
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public void setFlags(int newFlags) {
        flags = newFlags;
    }

    private interface Transfer {
        int run(ByteBuffer buffer, long done) throws IOException;
    }

    /// Buffer by buffer, until one is not filled or emptied.
    private static long transfer(GuestBuffers buffers, Transfer transfer) {
        return NioFolder.perform(() -> {
            long done = 0;
            for (int i = 0; i < buffers.count(); i++) {
                int length = buffers.length(i);
                ByteBuffer buffer = Raw.view(buffers.address(i), length).asByteBuffer();
                int n = Math.max(0, transfer.run(buffer, done));
                done += n;
                if (n < length) {
                    break;
                }
            }
            return done;
        });
    }

    @Override
    public long read(GuestBuffers to, Interrupts interrupts) {
        return transfer(to, (buffer, _) -> channel.read(buffer));
    }

    @Override
    public synchronized long write(GuestBuffers from, Interrupts interrupts) {
        if ((flags & Flags.FDFLAGS_APPEND) != 0) {
            seek(0, Flags.WHENCE_END);
        }
        return transfer(from, (buffer, _) -> channel.write(buffer));
    }

    @Override
    public long readAt(GuestBuffers to, long offset, Interrupts interrupts) {
        return transfer(to, (buffer, done) -> channel.read(buffer, offset + done));
    }

    @Override
    public long writeAt(GuestBuffers from, long offset, Interrupts interrupts) {
        return transfer(from, (buffer, done) -> channel.write(buffer, offset + done));
    }

    @Override
    public synchronized long seek(long offset, int whence) {
        return NioFolder.perform(() -> {
            long base =
                    switch (whence) {
                        case Flags.WHENCE_SET -> 0;
                        case Flags.WHENCE_CUR -> channel.position();
                        default -> channel.size();
                    };
            long position = base + offset;
            if (position < 0) {
                throw Errno.INVAL.failure();
            }
            if (position != channel.position()) {
                channel.position(position);
            }
            return position;
        });
    }

    @Override
    public void advise(long offset, long length, int advice) {
        // A hint.
    }

    @Override
    public void setSize(long size) {
        NioFolder.perform(() -> {
            if (size <= channel.size()) {
                long position = channel.position();
                channel.truncate(size).position(position);
            } else {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
            return null;
        });
    }

    @Override
    public void setTimes(FileTimes times) {
        folder.setTimes(name, times);
    }

    @Override
    public void sync(boolean data) {
        NioFolder.perform(() -> {
            channel.force(!data);
            return null;
        });
    }

    @Override
    public Readiness poll(boolean write) {
        long left = NioFolder.perform(() -> channel.size() - channel.position());
        return new Readiness(true, write ? 0 : Math.max(0, left), false);
    }
}
