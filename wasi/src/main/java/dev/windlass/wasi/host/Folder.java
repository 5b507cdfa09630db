package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.FileStat;
import java.util.List;

/// An open directory of the host. Names are single components, or `.` for the directory itself; no
/// call follows a symbolic link, so whatever happens to the host's tree meanwhile, nothing outside can
/// be reached from it but by [#readLink], which only yields text.
interface Folder {
    /// Opens a directory in it.
    ///
    /// @throws dev.windlass.wasi.abi.ErrnoException NOTDIR or LOOP if it is a symbolic link
    Folder folder(String name);

    /// Opens a file or directory.
    ///
    /// @throws dev.windlass.wasi.abi.ErrnoException LOOP or NOTDIR if it is a symbolic link
    Descriptor open(String name, OpenRequest request, Interrupts interrupts);

    /// The target of a symbolic link.
    ///
    /// @throws dev.windlass.wasi.abi.ErrnoException INVAL if it is none
    String readLink(String name);

    FileStat stat(String name);

    void setTimes(String name, FileTimes times);

    void makeDirectory(String name);

    void removeDirectory(String name);

    void removeFile(String name);

    /// @param to of the same kind
    void rename(String name, Folder to, String toName);

    /// @param to of the same kind
    void link(String name, Folder to, String toName);

    void symlink(String target, String name);

    /// All entries, `.` and `..` included.
    List<DirectoryEntry> list();

    /// The directory itself, synchronised with the disk.
    void sync(boolean data);

    void close();
}
