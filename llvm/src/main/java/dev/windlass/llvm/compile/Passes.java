package dev.windlass.llvm.compile;

import java.util.List;

/// The pipelines of LLVM's passes, by level: cut before each `instcombine`, which must not see certain
/// things ([dev.windlass.llvm.binding.TargetMachine#run]).
final class Passes {
    private Passes() {}

    static List<String> of(int level) {
        return switch (level) {
            case 0 -> List.of();
            case 1 ->
                    List.of(
                            "function(simplifycfg,early-cse<memssa>)",
                            "function(instcombine<no-verify-fixpoint>,"
                                    + "loop-mssa(licm<allowspeculation>),simplifycfg)");
            default ->
                    List.of(
                            "function(simplifycfg,early-cse<memssa>)",
                            "function(instcombine<no-verify-fixpoint>,simplifycfg,reassociate,"
                                    + "loop-mssa(loop-rotate,licm<allowspeculation>),gvn,sccp)",
                            "function(instcombine<no-verify-fixpoint>,dse,"
                                    + "loop-mssa(licm<allowspeculation>),simplifycfg)");
        };
    }
}
