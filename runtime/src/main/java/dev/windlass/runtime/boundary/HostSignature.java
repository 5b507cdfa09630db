package dev.windlass.runtime.boundary;

/// The signatures that code may call the host by: a closed list, fixed at build time. Letters are
/// `I` i32, `L` i64 (also addresses and references); parameters before the underscore, the result
/// after it. Every call gets the calling instance as well, which is not counted here.
public enum HostSignature {
    I_("I", ""),
    I_L("I", "L"),
    L_("L", ""),
    IL_("IL", ""),
    IL_L("IL", "L"),
    ILL_L("ILL", "L"),
    ILLL_("ILLL", ""),
    ILIL_("ILIL", ""),
    IILLL_("IILLL", ""),
    ILI_I("ILI", "I"),
    ILLL_I("ILLL", "I");

    private final String params;
    private final String result;

    HostSignature(String params, String result) {
        this.params = params;
        this.result = result;
    }

    public String params() {
        return params;
    }

    /// One letter, or empty.
    public String result() {
        return result;
    }
}
