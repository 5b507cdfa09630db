"""The kernels as a bar chart in SVG: one group a kernel, one bar an engine, on a logarithmic scale."""

from html import escape
from math import ceil, log10

WIDTH, LEFT, RIGHT, TOP, BAR, GAP = 860, 120, 60, 70, 9, 12
COLOURS = ("#0b6e4f", "#d1495b", "#edae49", "#6b7fd7", "#30638e", "#9aa5b1", "#8d5a97")


def kernels(findings):
    engines = findings.named(lambda e: e.name != "native" and e.kernels)
    top = max((k.ratio_to_native(e.name) or 1 for k in findings.kernels for e in engines), default=10)
    decades = max(1, ceil(log10(top)))
    group = len(engines) * BAR + GAP
    height = TOP + group * len(findings.kernels) + 30
    parts = [head(height), *grid(decades, height), *legend(engines)]
    for i, result in enumerate(findings.kernels):
        y = TOP + i * group
        parts.append(text(LEFT - 8, y + (group - GAP) / 2 + 4, result.kernel, "end"))
        parts += bars(result, engines, y, decades)
    return "\n".join([*parts, "</svg>"]) + "\n"


def head(height):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        + text(WIDTH / 2, 20, "CPU time as a multiple of native code (shorter is better, logarithmic)", "middle", 14)
    )


def text(x, y, words, anchor="start", size=11):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="#222">{escape(words)}</text>'


def position(ratio, decades):
    return LEFT + (WIDTH - LEFT - RIGHT) * max(0.0, log10(max(ratio, 1e-9))) / decades


def grid(decades, height):
    for decade in range(decades + 1):
        x = position(10**decade, decades)
        yield f'<line x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{height - 22}" stroke="#ccc"/>'
        yield text(x, height - 8, f"{10**decade}x", "middle")


def legend(engines):
    step = (WIDTH - 40) / max(1, len(engines))
    for i, engine in enumerate(engines):
        x = 20 + i * step
        yield f'<rect x="{x:.1f}" y="36" width="10" height="10" fill="{COLOURS[i % len(COLOURS)]}"/>'
        yield text(x + 14, 45, engine.title)


def bars(result, engines, y, decades):
    for i, engine in enumerate(engines):
        ratio = result.ratio_to_native(engine.name)
        if ratio:
            end = position(ratio, decades)
            colour = COLOURS[i % len(COLOURS)]
            top = y + i * BAR
            yield f'<rect x="{LEFT}" y="{top}" width="{max(end - LEFT, 1):.1f}" height="{BAR - 1}" fill="{colour}"/>'
            yield text(end + 4, top + BAR - 1.5, f"{ratio:.1f}", size=8)
