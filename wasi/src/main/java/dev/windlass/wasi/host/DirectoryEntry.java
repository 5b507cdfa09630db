package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.FileType;

/// An entry of a directory.
public record DirectoryEntry(byte[] name, long inode, FileType type) {}
