package dev.windlass.wasi.preview1;

import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.ErrnoException;
import dev.windlass.wasi.abi.GuestMemory;
import dev.windlass.wasi.abi.WasiFunction;
import dev.windlass.wasi.host.Descriptor;
import dev.windlass.wasi.host.GuestProcess;
import dev.windlass.wasi.host.Interrupts;
import org.jspecify.annotations.Nullable;

/// A function of preview 1 as a guest of one store calls it: looks up the descriptor, checks its
/// rights, runs the handler, and turns failures into error numbers.
public final class Preview1 implements HostFunction {
    private static final GuestMemory NO_MEMORY = new GuestMemory(null);

    private final WasiFunction function;
    private final GuestProcess process;

    private @Nullable ModuleInstance lastCaller;
    private GuestMemory lastMemory = NO_MEMORY;

    public Preview1(WasiFunction function, GuestProcess process) {
        this.function = function;
        this.process = process;
    }

    @Override
    public void call(RuntimeStore store, @Nullable ModuleInstance caller, long slots) {
        Errno errno = call(memory(caller), Interrupts.of(store), slots);
        Slots.putI32(slots, 0, errno.code());
    }

    private GuestMemory memory(@Nullable ModuleInstance caller) {
        if (caller == null) {
            return NO_MEMORY;
        }
        if (caller != lastCaller) {
            lastCaller = caller;
            lastMemory =
                    new GuestMemory(caller.export("memory") instanceof MemoryInstance m ? m : null);
        }
        return lastMemory;
    }

    /// A call with its surroundings given.
    public Errno call(GuestMemory memory, Interrupts interrupts, long slots) {
        int parameter = function.descriptor();
        try {
            if (parameter < 0) {
                run(new Call(process, memory, interrupts, slots, null));
                return Errno.SUCCESS;
            }
            Descriptor subject = process.descriptors().acquire(Slots.getI32(slots, parameter));
            try {
                subject.require(function.rights());
                run(new Call(process, memory, interrupts, slots, subject));
                return Errno.SUCCESS;
            } finally {
                subject.release();
            }
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    private void run(Call call) {
        // spotless:off one row, one function
        switch (function) {
            case ARGS_GET                -> EnvironmentCalls.get(call, process.args());
            case ARGS_SIZES_GET          -> EnvironmentCalls.sizes(call, process.args());
            case ENVIRON_GET             -> EnvironmentCalls.get(call, process.environ());
            case ENVIRON_SIZES_GET       -> EnvironmentCalls.sizes(call, process.environ());
            case CLOCK_RES_GET           -> ProcessCalls.clockResGet(call);
            case CLOCK_TIME_GET          -> ProcessCalls.clockTimeGet(call);
            case FD_ADVISE               -> DescriptorCalls.advise(call);
            case FD_ALLOCATE             -> DescriptorCalls.allocate(call);
            case FD_CLOSE                -> DescriptorCalls.close(call);
            case FD_DATASYNC             -> call.descriptor().sync(true);
            case FD_FDSTAT_GET           -> DescriptorCalls.fdstatGet(call);
            case FD_FDSTAT_SET_FLAGS     -> DescriptorCalls.fdstatSetFlags(call);
            case FD_FDSTAT_SET_RIGHTS    -> DescriptorCalls.fdstatSetRights(call);
            case FD_FILESTAT_GET         -> DescriptorCalls.filestatGet(call);
            case FD_FILESTAT_SET_SIZE    -> DescriptorCalls.filestatSetSize(call);
            case FD_FILESTAT_SET_TIMES   -> DescriptorCalls.filestatSetTimes(call);
            case FD_PREAD                -> DescriptorCalls.pread(call);
            case FD_PRESTAT_GET          -> DescriptorCalls.prestatGet(call);
            case FD_PRESTAT_DIR_NAME     -> DescriptorCalls.prestatDirName(call);
            case FD_PWRITE               -> DescriptorCalls.pwrite(call);
            case FD_READ                 -> DescriptorCalls.read(call);
            case FD_RENUMBER             -> DescriptorCalls.renumber(call);
            case FD_SEEK                 -> DescriptorCalls.seek(call);
            case FD_SYNC                 -> call.descriptor().sync(false);
            case FD_TELL                 -> DescriptorCalls.tell(call);
            case FD_WRITE                -> DescriptorCalls.write(call);
            case FD_READDIR              -> PathCalls.readdir(call);
            case PATH_CREATE_DIRECTORY   -> PathCalls.createDirectory(call);
            case PATH_FILESTAT_GET       -> PathCalls.filestatGet(call);
            case PATH_FILESTAT_SET_TIMES -> PathCalls.filestatSetTimes(call);
            case PATH_LINK               -> PathCalls.link(call);
            case PATH_OPEN               -> PathCalls.open(call);
            case PATH_READLINK           -> PathCalls.readlink(call);
            case PATH_REMOVE_DIRECTORY   -> PathCalls.removeDirectory(call);
            case PATH_RENAME             -> PathCalls.rename(call);
            case PATH_SYMLINK            -> PathCalls.symlink(call);
            case PATH_UNLINK_FILE        -> PathCalls.unlinkFile(call);
            case POLL_ONEOFF             -> PollCalls.oneoff(call);
            case PROC_EXIT               -> ProcessCalls.procExit(call);
            case PROC_RAISE              -> ProcessCalls.procRaise(call);
            case RANDOM_GET              -> ProcessCalls.randomGet(call);
            case SCHED_YIELD             -> ProcessCalls.schedYield();
            case SOCK_ACCEPT             -> SocketCalls.accept(call);
            case SOCK_RECV               -> SocketCalls.recv(call);
            case SOCK_SEND               -> SocketCalls.send(call);
            case SOCK_SHUTDOWN           -> SocketCalls.shutdown(call);
        }
        // spotless:on
    }
}
