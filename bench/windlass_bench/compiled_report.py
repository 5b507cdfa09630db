"""The results of compiled code as Markdown and as a chart."""

from dataclasses import dataclass, field

from .report import KernelFindings, geometric_mean, heading, kernel_row, mean_row, number, put, reasons, table, worst_row


@dataclass
class Findings(KernelFindings):
    engines: dict = field(default_factory=dict)
    programs: dict = field(default_factory=dict)
    go: dict = field(default_factory=dict)
    # CPU seconds, by engine and program.
    go_compilations: dict = field(default_factory=dict)
    boundary: dict = field(default_factory=dict)
    compile: dict = field(default_factory=dict)
    two_cores: dict = field(default_factory=dict)

    def met(self, engines):
        self.engines.update({e.name: e for e in engines})


def write(findings, settings):
    return put(settings, "compiled.md", lines(findings, settings), "compiled.svg", findings)


def lines(findings, settings):
    yield from heading("Benchmark results: compiled code", findings, settings, findings.engines.values())
    if findings.kernels:
        yield from kernel_lines(findings)
    if findings.programs:
        yield from program_lines(findings)
    if findings.go:
        yield from go_lines(findings)
    if findings.boundary:
        yield from boundary_lines(findings.boundary)
    if findings.compile:
        yield from compile_lines(findings)


def kernel_lines(findings):
    rivals = findings.named(lambda e: e.name != "native")
    yield ""
    yield "## Kernels, warm: CPU time as a multiple of native code"
    rows = [kernel_row(k, rivals, 2) for k in findings.kernels]
    yield from table(
        ["kernel", *(e.title for e in rivals)], [*rows, mean_row(findings, rivals, 2), worst_row(findings, rivals, 2)]
    )
    yield ""
    yield "## Kernels, first run: wall seconds to start, compile what is not compiled before, and do a little work"
    yield from table(
        ["kernel", *(e.title for e in rivals)],
        [[k.kernel, *(number(k.first.get(e.name), 2) for e in rivals)] for k in findings.kernels],
    )
    yield from reasons({k.kernel: k.problems for k in findings.kernels})


def program_lines(findings):
    yield ""
    yield "## Whole programs, compiled before: CPU seconds of a process, and the quotient with Wasmtime's"
    yield from against(findings, findings.programs, "wasmtime")


def go_lines(findings):
    yield ""
    yield "## Go's test suites in full, compiled before, on one core: CPU seconds of a process, and the quotient with native"
    yield from against(findings, findings.go, "go-native")
    compiled = findings.go_compilations
    ours = list(compiled)
    if not ours:
        return
    yield ""
    yield "Cold, CPU seconds: to compile, and with the run:"
    heads = [f"{findings.engines[n].title}: {what}" for n in ours for what in ("compile", "both")]
    rows = [[p, *(number(s, 1) for n in ours for s in cold(row, n, compiled[n].get(p)))] for p, row in findings.go.items()]
    yield from table(["program", *heads], rows)


def cold(row, engine, compilation):
    """CPU seconds to compile, and with the run."""
    done = cpu(row, engine)
    return compilation, None if done is None or compilation is None else compilation + done


def against(findings, rows, base):
    """Rows of CPU seconds; each engine but `base` with the quotient."""
    names = list(next(iter(rows.values())))
    heads = [f"{findings.engines[n].title}, s" for n in names]
    others = [n for n in names if n != base] if base in names else []
    quotients = [f"{findings.engines[n].title} / {findings.engines[base].title}" for n in others]
    cells = [
        [program, *(number(cpu(row, n), 2) for n in names), *(number(quotient(row, n, base), 2) for n in others)]
        for program, row in rows.items()
    ]
    means = [geometric_mean(quotient(row, n, base) for row in rows.values()) for n in others]
    mean = ["**geometric mean**", *("" for _ in names), *(f"**{number(m, 2)}**" for m in means)]
    yield from table(["program", *heads, *quotients], [*cells, mean])
    yield from reasons(rows)


def cpu(row, engine):
    done = row.get(engine)
    return None if done is None or isinstance(done, str) else done.cpu


def quotient(row, engine, base):
    mine, theirs = cpu(row, engine), cpu(row, base)
    return mine / theirs if mine and theirs else None


def boundary_lines(scores):
    yield ""
    yield "## Crossing the boundary, nanoseconds (JMH, average and error)"
    executions = list(dict.fromkeys(execution for _, execution in scores))
    rows = [
        [name, *("{:.1f} ± {:.1f}".format(*scores[name, e]) for e in executions)]
        for name in dict.fromkeys(name for name, _ in scores)
    ]
    yield from table(["what", *executions], rows)


def compile_lines(findings):
    yield ""
    yield "## Compilation: CPU seconds, and the quotient with Wasmtime's"
    yield from against(findings, findings.compile, "wasmtime")
    yield ""
    yield "Peak memory, MB:"
    names = list(next(iter(findings.compile.values())))
    rows = [[program, *(peak(row[n]) for n in names)] for program, row in findings.compile.items()]
    yield from table(["program", *(findings.engines[n].title for n in names)], rows)
    for name, share in findings.two_cores.items():
        yield ""
        yield f"{findings.engines[name].title} on two cores: {share:.2f} of what two compilations on one core each reach."


def peak(done):
    return "-" if isinstance(done, str) else number(done.peak_bytes / 1e6, 0)
