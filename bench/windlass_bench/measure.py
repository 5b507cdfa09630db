"""The measurements: kernels by slope, whole programs, cold starts. Each returns plain values that the report prints."""

import os
import tempfile
import time
from dataclasses import dataclass, field
from statistics import median

from .kernels import KERNELS
from .process import Failed, must, run
from .programs import apps, made_ready
from .settings import ROOT

PATIENCE = 25.0
"""CPU seconds: an engine whose first run takes longer was warm for nearly all of it; that run is its measurement."""

WHOLE_PROGRAMS = ("sqlite", "quickjs", "cpython")


@dataclass
class KernelResult:
    """CPU seconds between two amounts of work: {amount: {engine: seconds}}; `first` is the wall time of a fresh process
    at `some`."""

    kernel: str
    slopes: dict = field(default_factory=dict)
    first: dict = field(default_factory=dict)
    problems: dict = field(default_factory=dict)

    def ratio_to_native(self, engine):
        """How many times the CPU time of native code, by the larger amount of work where the engine ran it."""
        ratios = (self.ratio(engine, "native", amount) for amount in ("most", "many", "some"))
        return next((ratio for ratio in ratios if ratio), None)

    def ratio(self, slower, faster, amount):
        slopes = self.slopes.get(amount, {})
        if slower in slopes and faster in slopes:
            return slopes[slower] / slopes[faster]
        return None


class KernelRuns:
    """One engine on one kernel: the warm session, what it measured so far, whether it still stands."""

    def __init__(self, engine, kernel, expected, settings):
        self.engine = engine
        self.kernel = kernel
        self.expected = expected
        self.settings = settings
        self.slopes = {amount: [] for amount in ("some", *engine.amounts)}
        self.seconds = 0.0
        self.patient = True
        start = time.monotonic()
        self.session = engine.session(kernel.name)
        sample = self.run("some")
        self.first = sample.wall if self.session.warm else time.monotonic() - start
        self.warm_up(sample)

    def warm_up(self, sample):
        self.patient = sample.cpu < PATIENCE
        if not self.patient:
            self.slopes["some"].append(sample.cpu - self.run("few").cpu)
        while not self.session.warm and self.patient and self.seconds < self.settings.warmup_seconds:
            self.run(self.engine.amounts[-1])

    def run(self, amount):
        sample = self.session.run(getattr(self.kernel, amount))
        self.seconds += sample.cpu
        known = self.expected.setdefault(amount, sample.out)
        if sample.out != known:
            raise Failed(f"printed {sample.out!r}, native code {known!r}")
        return sample

    def measure(self):
        if not self.patient:
            return
        few = self.run("few").cpu
        for amount in self.engine.amounts:
            # A fast engine on the JVM needs several short runs: one alone may meet the compiler.
            times = 5 if amount == "some" and self.engine.name == "windlass" else 1
            self.slopes[amount].append(median(self.run(amount).cpu for _ in range(times)) - few)


def measure_kernel(kernel, engines, settings, say):
    """All engines on one kernel, their repetitions interleaved, so that a busy moment of the machine meets all."""
    result = KernelResult(kernel.name)
    expected = {}
    runs = []
    for engine in engines:
        attempt(result, engine, say, lambda e=engine: runs.append(KernelRuns(e, kernel, expected, settings)))
    for _ in range(settings.repetitions):
        for one in runs:
            times = 5 if one.engine.name == "native" else 1
            for _ in range(times):
                attempt(result, one.engine, say, one.measure)
    for one in runs:
        one.session.close()
        if one.engine.name not in result.problems:
            note(result, one)
    return result


def attempt(result, engine, say, action):
    if engine.name not in result.problems:
        try:
            action()
        except Failed as problem:
            result.problems[engine.name] = str(problem)
            say(f"{result.kernel}: {engine.name}: {problem}")


def note(result, one):
    result.first[one.engine.name] = one.first
    for amount, seconds in one.slopes.items():
        if seconds:
            result.slopes.setdefault(amount, {})[one.engine.name] = median(seconds)


def measure_kernels(engines, settings, say):
    results = []
    engines = [e for e in engines if e.kernels]
    for kernel in KERNELS:
        if settings.wants(kernel.name):
            result = measure_kernel(kernel, engines, settings, say)
            ratios = ((e.name, result.ratio_to_native(e.name)) for e in engines if e.name != "native")
            say(f"{kernel.name}: " + ", ".join(f"{name} {ratio:.2f}x" for name, ratio in ratios if ratio))
            results.append(result)
    return results


def whole_run(engine, app, settings, full=False, prefix=()):
    """One run of a program in a fresh process; `Failed` unless it did all that it should."""
    with made_ready(app, settings, full) as program:
        command = [*prefix, *engine.command(program)]
        done = run(command, cwd=engine.cwd(program), env=surroundings(settings), stdin=program.stdin, limit=settings.limit_seconds)
    problem = app.problem(done)
    if problem:
        raise Failed(problem)
    return done


def surroundings(settings):
    return {**os.environ, "JAVA_HOME": str(settings.java_home)}


def measure_programs(engines, settings, say, names=WHOLE_PROGRAMS):
    """Whole runs, each in a fresh process, on every engine that can: {program: {engine: Finished or reason}}."""
    table = {}
    for app in apps(settings):
        if names is None or app.name in names:
            table[app.name] = {e.name: outcome(e, app, settings, say) for e in engines if e.programs}
    return table


def outcome(engine, app, settings, say):
    try:
        done = whole_run(engine, app, settings)
        say(f"{app.name}: {engine.name} {done.wall:.2f} s, {done.cpu:.2f} s CPU, {done.peak_bytes / 1e6:.0f} MB")
        return done
    except Failed as problem:
        say(f"{app.name}: {engine.name}: {problem}")
        return str(problem)


@dataclass
class Start:
    """Wall seconds of `windlass run` on a tiny program beside the JVM's own start."""

    first: float
    second: list
    java: list


def measure_start(windlass, settings, say):
    """The first start makes what later ones use, so it gets an empty cache folder; the rest are interleaved pairs."""
    hello = [str(ROOT / "windlass"), "run", str(ROOT / "examples" / "hello" / "hello.wasm")]
    with tempfile.TemporaryDirectory() as cache:
        env = {**surroundings(settings), "XDG_CACHE_HOME": cache}

        def timed(command):
            return must(command, env=env).wall

        start = Start(timed(hello), [], [])
        timed(hello)
        for _ in range(3 + 6 * settings.repetitions):
            start.java.append(timed([settings.java, "-version"]))
            start.second.append(timed(hello))
    say(f"hello: {start.first:.2f} s first, {median(start.second):.3f} s then, java -version {median(start.java):.3f} s")
    return start


LARGE = ("gcc-cc1", "cpython", "swift-compilekv")


def measure_decode(windlass, settings, say):
    """Decoding and validating on one processor: {program: (bytes, CPU seconds of the first time, of the best time)}."""
    table = {}
    for app in apps(settings):
        if app.name in LARGE:
            with made_ready(app, settings) as program:
                command = [*windlass.jvm(), "dev.windlass.bench.DecodeSpeed", str(program.module), "7"]
                command[1:1] = ["-XX:ActiveProcessorCount=1"]
                times = [int(line) / 1e9 for line in must(command).out.split()]
                size = program.module.stat().st_size
                table[app.name] = (size, times[0], min(times))
                say(f"{app.name}: {size / times[0] / 1e6:.0f} MB/s the first time, {size / min(times) / 1e6:.0f} warm")
    return table
