"""The measurements of compiled code that are not the kernels': whole programs, Go's suites, compilation itself."""

import json
import subprocess
import time

from .measure import surroundings, whole_run
from .process import Failed, must, run
from .programs import apps, made_ready

PROGRAMS = ("sqlite", "quickjs", "cpython", "lua")

GO_SUITES = ("go-regexp", "go-compress-flate", "go-math-big", "go-encoding-json", "go-strings")

LARGE = ("sqlite", "cpython", "gcc-cc1", "swift-compilekv")

ONE_CORE = ("taskset", "-c", "1")


def measure_programs(engines, settings, say):
    """Whole processes of programs that were compiled before: {program: {engine: Finished or reason}}."""
    return table(PROGRAMS, settings, lambda app: medians(engines, app, settings, say))


def measure_go(engines, settings, say):
    """As above, Go's suites in full on one core."""
    return table(GO_SUITES, settings, lambda app: medians(engines, app, settings, say, full=True, prefix=ONE_CORE))


def table(names, settings, row):
    return {app.name: row(app) for app in apps(settings) if app.name in names}


def medians(engines, app, settings, say, **how):
    """The run of median CPU time of each engine, the engines' runs interleaved; or why there is none."""
    runs = {e.name: [] for e in engines}
    failed = {}
    for _ in range(settings.repetitions):
        for engine in engines:
            if engine.name not in failed:
                try:
                    runs[engine.name].append(whole_run(engine, app, settings, **how))
                except Failed as problem:
                    failed[engine.name] = str(problem)
                    say(f"{app.name}: {engine.name}: {problem}")
    done = {name: sorted(r, key=lambda f: f.cpu)[len(r) // 2] for name, r in runs.items() if name not in failed}
    say(f"{app.name}: " + ", ".join(f"{name} {f.cpu:.2f} s CPU, {f.wall:.2f} s" for name, f in done.items()))
    return {**failed, **done}


def measure_compile(engines, settings, say):
    """Compilation as a process of its own: {program: {engine: Finished or reason}}."""
    return table(LARGE, settings, lambda app: compilations(engines, app, settings, say))


def compilations(engines, app, settings, say):
    row = {}
    with made_ready(app, settings) as program:
        for engine in engines:
            done = run(engine.compile_command(program.module), env=surroundings(settings), limit=1800)
            row[engine.name] = done if done.exit == 0 else f"exit code {done.exit}: {done.err.strip()[-200:]}"
            say(f"compile {app.name}: {engine.name} {done.cpu:.1f} s CPU, {done.wall:.1f} s, {done.peak_bytes / 1e6:.0f} MB")
    return row


def measure_two_cores(engines, settings, say):
    """What a compilation on two cores makes of them, as a share of two on one core each, side by side:
    {engine: share}. The module is cpython's."""
    app = next((a for a in apps(settings) if a.name == "cpython"), None)
    ours = [e for e in engines if e.name == "windlass-O1"]
    if app is None or not ours:
        return {}
    with made_ready(app, settings) as program:
        command = ours[0].compile_command(program.module)
        both = timed([["taskset", "-c", "0,1", *command]], settings)
        other = [*command[:-1], command[-1] + ".twin"]
        each = timed([["taskset", "-c", "0", *command], ["taskset", "-c", "1", *other]], settings)
    say(f"compile cpython: {both:.1f} s on two cores, two side by side on one each {each:.1f} s")
    return {ours[0].name: each / 2 / both}


def timed(commands, settings):
    """Wall seconds until all of some commands that start together have ended."""
    start = time.monotonic()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": surroundings(settings)}
    children = [subprocess.Popen(command, **quiet) for command in commands]
    if any([child.wait() for child in children]):
        raise Failed(f"{commands[0][3]} failed")
    return time.monotonic() - start


def measure_boundary(engines, settings, say):
    """Nanoseconds of a crossing: {(benchmark, execution): (score, error)}."""
    scores = {}
    for engine in engines:
        results = engine.home / "jmh.json"
        must(engine.command(results), limit=900)
        for row in json.loads(results.read_text()):
            metric = row["primaryMetric"]
            key = (row["benchmark"].rpartition(".")[2], row["params"]["engine"])
            scores[key] = (metric["score"], metric["scoreError"])
            say(f"{key[0]}, {key[1]}: {metric['score']:.1f} ns")
    return scores
