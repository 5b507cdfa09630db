package dev.windlass.llvm.entry;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.binding.HostSystem;
import dev.windlass.runtime.boundary.AddressRanges;
import dev.windlass.runtime.boundary.CFunction;
import dev.windlass.runtime.boundary.Raw;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The handler of SIGSEGV that makes a fault of compiled code in a guest's reservation a trap:
/// x86-64 on Linux only. It stands before HotSpot's, which gets all other faults. Installed once,
/// when the first library comes; never removed.
///
/// The state of the handler, four 64-bit words: the cell of the ranges of compiled code, the cell of
/// the guarded reservations ([AddressRanges#cell()]), HotSpot's handler, and `wl_return` of the
/// library by which all calls enter.
public final class SignalTraps {
    /// A copy of these classes in the same process has the handler. There can be one: a second
    /// copy's would not know the first one's memories.
    private static final String TAKEN = "dev.windlass.llvm.signals";

    private static final int SIGSEGV = 11;

    // struct sigaction of the C library: handler, mask of 128 bytes, flags, restorer.
    private static final int SIGACTION_SIZE = 152;
    private static final int FLAGS = 136;
    private static final int SA_SIGINFO = 4;
    private static final int SA_RESTART = 0x1000_0000;
    private static final int SA_ONSTACK = 0x0800_0000;

    private static final AddressRanges CODE = new AddressRanges();

    /// Decided once, so that no code is made that relies on a handler which another copy of these
    /// classes installs before this one does.
    private static final boolean ARE_MINE = take();

    private static boolean isInstalled;

    private SignalTraps() {}

    private static boolean take() {
        return HostSystem.isLinux()
                && HostSystem.MACHINE.equals("amd64")
                && System.getProperties().putIfAbsent(TAKEN, "true") == null;
    }

    /// Whether this machine and process can have the handler.
    public static boolean arePossible() {
        return ARE_MINE;
    }

    /// Lets faults in a library's code be traps.
    static synchronized void add(NativeLibrary library) {
        if (library.signalHandler() == 0 || !arePossible()) {
            return;
        }
        long start = library.codeStart();
        CODE.add(start, library.codeEnd());
        library.beforeUnloading(() -> CODE.remove(start));
        if (!isInstalled) {
            library.keep();
            install(library);
            isInstalled = true;
        }
    }

    private static void install(NativeLibrary library) {
        MemorySegment state = Arena.global().allocate(JAVA_LONG, 4);
        MemorySegment old = Arena.global().allocate(SIGACTION_SIZE, 8);
        MemorySegment own = Arena.global().allocate(SIGACTION_SIZE, 8);
        sigaction(MemorySegment.NULL, old);
        state.setAtIndex(JAVA_LONG, 0, CODE.cell());
        state.setAtIndex(JAVA_LONG, 1, AddressRanges.GUARDED.cell());
        state.setAtIndex(JAVA_LONG, 2, old.get(JAVA_LONG, 0));
        state.setAtIndex(JAVA_LONG, 3, library.enterReturn());
        Raw.putLongVolatile(library.signalState(), state.address());
        own.copyFrom(old);
        own.set(JAVA_LONG, 0, library.signalHandler());
        own.set(JAVA_INT, FLAGS, SA_SIGINFO | SA_RESTART | SA_ONSTACK);
        sigaction(own, MemorySegment.NULL);
    }

    private static void sigaction(MemorySegment own, MemorySegment old) {
        int status = (int) CFunction.named("sigaction").call(SIGSEGV, own.address(), old.address());
        if (status != 0) {
            throw new IllegalStateException("the signal handler cannot be installed");
        }
    }
}
