"""The results as Markdown and as a chart."""

import datetime
import os
import platform
from dataclasses import dataclass, field
from math import exp, log
from statistics import median

from . import chart


@dataclass
class KernelFindings:
    """What every report has."""

    kernel_engines: list = field(default_factory=list)
    kernels: list = field(default_factory=list)
    seconds: float = 0.0

    def named(self, wanted):
        return [e for e in self.kernel_engines if wanted(e)]


@dataclass
class Findings(KernelFindings):
    programs: dict = field(default_factory=dict)
    cold: dict = field(default_factory=dict)
    start: object = None
    decode: dict = field(default_factory=dict)


def geometric_mean(values):
    values = [v for v in values if v is not None]
    return exp(sum(map(log, values)) / len(values)) if values else None


def write(findings, settings):
    return put(settings, "results.md", lines(findings, settings), "kernels.svg", findings)


def put(settings, name, lines, picture_name, findings):
    """Writes a report, and the chart of its kernels if it has some."""
    settings.results.mkdir(parents=True, exist_ok=True)
    text = settings.results / name
    text.write_text("\n".join(lines) + "\n")
    written = [text]
    if findings.kernels:
        picture = settings.results / picture_name
        picture.write_text(chart.kernels(findings))
        written.append(picture)
    return written


def heading(title, findings, settings, engines):
    yield f"# {title}"
    yield ""
    yield f"Made by `{settings.command}` on {datetime.date.today()} in {findings.seconds / 60:.0f} minutes, on {machine()}."
    yield "Compare figures of one run only; `bench/README.md` says what each means."
    yield ""
    for engine in engines:
        yield f"- {engine.title}: {engine.version}"


def lines(findings, settings):
    yield from heading("Benchmark results", findings, settings, findings.kernel_engines)
    if findings.kernels:
        yield from kernel_lines(findings)
    if findings.programs:
        yield from program_lines(findings)
    if findings.cold:
        yield from cold_lines(findings)
    if findings.start:
        yield from start_lines(findings.start)
    if findings.decode:
        yield from decode_lines(findings.decode)


def machine():
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def table(head, rows):
    yield ""
    yield row(head)
    yield row(["---"] + ["---:"] * (len(head) - 1))
    for cells in rows:
        yield row(cells)


def number(value, digits=1):
    return "-" if value is None else f"{value:.{digits}f}"


def kernel_lines(findings):
    rivals = findings.named(lambda e: e.name != "native" and e.kernels)
    yield ""
    yield "## Kernels, warm: CPU time as a multiple of native code"
    heads = ["kernel"] + [e.title for e in rivals] + ["Endive / Windlass"]
    rows = [[*kernel_row(k, rivals), number(k.ratio("endive", "windlass", "some"))] for k in findings.kernels]
    gain = geometric_mean(k.ratio("endive", "windlass", "some") for k in findings.kernels)
    means = [*mean_row(findings, rivals), f"**{number(gain)}**"]
    yield from table(heads, [*rows, means, [*worst_row(findings, rivals), ""]])
    yield ""
    yield "## Kernels, first run: wall seconds of a fresh process at the smaller amount of work"
    everyone = findings.named(lambda e: e.kernels)
    heads = ["kernel"] + [e.title for e in everyone]
    yield from table(heads, [[k.kernel] + [number(k.first.get(e.name), 2) for e in everyone] for k in findings.kernels])


def kernel_row(result, rivals, digits=1):
    return [result.kernel, *(number(result.ratio_to_native(e.name), digits) for e in rivals)]


def mean_row(findings, rivals, digits=1):
    means = [geometric_mean(k.ratio_to_native(e.name) for k in findings.kernels) for e in rivals]
    return ["**geometric mean**", *(f"**{number(v, digits)}**" for v in means)]


def worst_row(findings, rivals, digits=1):
    def worst(engine):
        known = [(k.ratio_to_native(engine.name), k.kernel) for k in findings.kernels if k.ratio_to_native(engine.name)]
        return f"{max(known)[0]:.{digits}f} ({max(known)[1]})" if known else "-"

    return ["worst", *(worst(e) for e in rivals)]


def program_lines(findings):
    rivals = findings.named(lambda e: e.programs)
    yield ""
    yield "## Whole programs: CPU seconds (wall seconds) of a fresh process"
    rows = [[name] + [whole(row.get(e.name)) for e in rivals] for name, row in findings.programs.items()]
    yield from table(["program"] + [e.title for e in rivals], rows)
    yield from reasons(findings.programs)


def whole(done):
    return "-" if done is None or isinstance(done, str) else f"{done.cpu:.1f} ({done.wall:.1f})"


def reasons(programs):
    missing = [(name, e, done) for name, row in programs.items() for e, done in row.items() if isinstance(done, str)]
    if missing:
        yield ""
        for name, engine, why in missing:
            yield f"- {name} on {engine}: {' '.join(why.split())[:160]}"


def cold_lines(findings):
    yield ""
    yield "## Cold start: first run of every program"
    heads = ["program", "Windlass, s", "Wasmtime, s", "ratio", "Windlass, MB", "Wasmtime, MB"]
    yield from table(heads, [cold_row(name, row) for name, row in findings.cold.items()])
    yield from reasons(findings.cold)


def cold_row(name, row):
    ours, theirs = row.get("windlass"), row.get("wasmtime")
    have = [d if d is not None and not isinstance(d, str) else None for d in (ours, theirs)]
    walls = [d and d.wall for d in have]
    ratio = walls[0] / walls[1] if all(walls) else None
    peaks = [d and d.peak_bytes / 1e6 for d in have]
    return [name, *[number(w, 2) for w in walls], number(ratio, 2), *[number(p, 0) for p in peaks]]


def start_lines(start):
    second, java = median(start.second), median(start.java)
    yield ""
    yield "## Start of `windlass run hello.wasm`"
    yield ""
    yield f"First start (makes the AOT cache) {start.first:.2f} s; later starts {second:.3f} s (median of {len(start.second)}),"
    yield f"`java -version` beside them {java:.3f} s: {second / java:.1f} times."


def decode_lines(decode):
    yield ""
    yield "## Decoding and validating, one processor, MB/s"
    rows = [
        [name, number(size / 1e6), number(size / first / 1e6, 0), number(size / best / 1e6, 0)]
        for name, (size, first, best) in decode.items()
    ]
    yield from table(["module", "size, MB", "first time in a process", "warm"], rows)
