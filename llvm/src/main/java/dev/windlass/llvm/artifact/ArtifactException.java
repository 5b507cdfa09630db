package dev.windlass.llvm.artifact;

/// A stored library is refused. The message is the reason, for users: "it ...".
public final class ArtifactException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArtifactException(String message) {
        super(message);
    }
}
