package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A walk along a path, from a directory that the guest has, to the directory that the last component
/// is in. Every step opens one component without following links; links are followed here, by
/// their text; `..` goes back to the handle that one came from. So the walk never leaves the
/// directory that it began in, whatever the guest or another process moves about meanwhile.
final class PathWalk implements AutoCloseable {
    private static final int MAX_LINKS = 40;
    private static final int MAX_DEPTH = 1024;

    private final Folder root;
    private final Deque<Folder> opened = new ArrayDeque<>();
    private final Deque<String> rest = new ArrayDeque<>();
    private String name = ".";
    private boolean mustBeDirectory;
    private int links;

    PathWalk(Folder root, String path) {
        this.root = root;
        try {
            expand(path);
            walk();
        } catch (ErrnoException e) {
            close();
            throw e;
        }
    }

    /// The directory that the last component is in.
    Folder folder() {
        Folder last = opened.peek();
        return last == null ? root : last;
    }

    /// The last component; `.` for the directory itself.
    String name() {
        return name;
    }

    /// Whether the path says, by a slash or a dot at its end, that it means a directory.
    boolean mustBeDirectory() {
        return mustBeDirectory;
    }

    /// Goes on to where the last component leads, if that is a symbolic link.
    ///
    /// @return false if it is none
    boolean followLink() {
        String target;
        try {
            target = folder().readLink(name);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.INVAL) {
                return false;
            }
            throw e;
        }
        expandLink(target);
        walk();
        return true;
    }

    private void expandLink(String target) {
        if (++links > MAX_LINKS) {
            throw Errno.LOOP.failure();
        }
        expand(target);
    }

    /// Puts a path's components before what is left to walk.
    private void expand(String path) {
        if (path.isEmpty()) {
            throw Errno.NOENT.failure();
        }
        if (path.charAt(0) == '/') {
            throw Errno.PERM.failure();
        }
        List<String> components = components(path);
        if (rest.isEmpty()) {
            String last = components.getLast();
            mustBeDirectory |= path.endsWith("/") || last.equals(".") || last.equals("..");
        }
        for (int i = components.size() - 1; i >= 0; i--) {
            rest.push(components.get(i));
        }
    }

    /// Without dots that change nothing; at least one.
    private static List<String> components(String path) {
        List<String> all = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String component = path.substring(start, end);
            if (!component.isEmpty() && !component.equals(".")) {
                all.add(component);
            }
            start = end + 1;
        }
        if (all.isEmpty() || path.endsWith("/.")) {
            all.add(".");
        }
        return all;
    }

    private void walk() {
        while (rest.size() > 1) {
            step(rest.pop());
        }
        name = rest.pop();
        if (name.equals("..")) {
            back();
            name = ".";
        }
    }

    private void step(String component) {
        switch (component) {
            case "." -> {}
            case ".." -> back();
            default -> enter(component);
        }
    }

    private void back() {
        if (opened.isEmpty()) {
            throw Errno.PERM.failure();
        }
        opened.pop().close();
    }

    private void enter(String component) {
        if (opened.size() == MAX_DEPTH) {
            throw Errno.NAMETOOLONG.failure();
        }
        try {
            opened.push(folder().folder(component));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.NOTDIR && e.errno() != Errno.LOOP) {
                throw e;
            }
            expandLink(linkTarget(component));
        }
    }

    private String linkTarget(String component) {
        try {
            return folder().readLink(component);
        } catch (ErrnoException e) {
            throw (e.errno() == Errno.INVAL ? Errno.NOTDIR : e.errno()).failure();
        }
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
