package dev.windlass.llvm.worker;

/// A worker crashed, hung, was killed or answered nonsense. It is gone.
final class WorkerLostException extends Exception {
    private static final long serialVersionUID = 1;

    WorkerLostException(String message) {
        super(message);
    }
}
