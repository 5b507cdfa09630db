package dev.windlass.llvm.compile;

/// The pipelines of LLVM's passes, by level.
final class Passes {
    private Passes() {}

    static String of(int level) {
        return switch (level) {
            case 0 -> "";
            case 1 ->
                    "function(simplifycfg,early-cse<memssa>,instcombine<no-verify-fixpoint>,"
                            + "loop-mssa(licm<allowspeculation>),simplifycfg)";
            default ->
                    "function(simplifycfg,early-cse<memssa>,instcombine<no-verify-fixpoint>,"
                            + "simplifycfg,reassociate,loop-mssa(loop-rotate,licm<allowspeculation>),"
                            + "gvn,sccp,instcombine<no-verify-fixpoint>,dse,"
                            + "loop-mssa(licm<allowspeculation>),simplifycfg)";
        };
    }
}
