package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Error numbers for what java.io and java.nio throw.
final class IoErrors {
    /// The system's texts, which is all that some exceptions carry.
    private static final Map<String, Errno> TEXTS =
            Map.ofEntries(
                    Map.entry("Broken pipe", Errno.PIPE),
                    Map.entry("Connection reset", Errno.CONNRESET),
                    Map.entry("Connection reset by peer", Errno.CONNRESET),
                    Map.entry("File name too long", Errno.NAMETOOLONG),
                    Map.entry("File too large", Errno.FBIG),
                    Map.entry("Invalid argument", Errno.INVAL),
                    Map.entry("Is a directory", Errno.ISDIR),
                    Map.entry("No space left on device", Errno.NOSPC),
                    Map.entry("Not a directory", Errno.NOTDIR),
                    Map.entry("Read-only file system", Errno.ROFS),
                    Map.entry("Resource temporarily unavailable", Errno.AGAIN),
                    Map.entry("Too many levels of symbolic links", Errno.LOOP),
                    Map.entry("Too many open files", Errno.MFILE));

    private IoErrors() {}

    static Errno errno(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> Errno.NOENT;
            case FileAlreadyExistsException _ -> Errno.EXIST;
            case DirectoryNotEmptyException _ -> Errno.NOTEMPTY;
            case NotDirectoryException _ -> Errno.NOTDIR;
            case NotLinkException _ -> Errno.INVAL;
            case AccessDeniedException _ -> Errno.ACCES;
            case FileSystemLoopException _ -> Errno.LOOP;
            case AsynchronousCloseException _ -> Errno.CANCELED;
            case ClosedChannelException _ -> Errno.BADF;
            default -> byText(e.getMessage());
        };
    }

    private static Errno byText(@Nullable String message) {
        if (message == null) {
            return Errno.IO;
        }
        int colon = message.lastIndexOf(": ");
        String reason = colon < 0 ? message : message.substring(colon + 2);
        return TEXTS.getOrDefault(reason, Errno.IO);
    }
}
