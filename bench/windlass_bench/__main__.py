"""bench/run: prepares the engines, measures, writes the reports."""

import sys
import time

from . import compiled, compiled_report, compilers, measure, report, rivals
from .settings import COMPILER_PARTS, INTERPRETER_PARTS, from_command_line


def main():
    settings = from_command_line(sys.argv[1:])
    start = time.monotonic()

    def say(text):
        print(f"[{time.monotonic() - start:6.0f} s] {text}", file=sys.stderr, flush=True)

    for wanted, bench in ((INTERPRETER_PARTS, interpreters), (COMPILER_PARTS, compiling)):
        if settings.parts & set(wanted):
            for path in bench(settings, say, start):
                print(path)


def interpreters(settings, say, start):
    engines = rivals.prepared((rivals.Native, *rivals.INTERPRETERS), settings, say)
    findings = report.Findings(engines)

    def save():
        """After every part: what was measured is kept if a later part is interrupted."""
        findings.seconds = time.monotonic() - start
        return report.write(findings, settings)

    if "kernels" in settings.parts:
        findings.kernels = measure.measure_kernels(engines, settings, say)
        save()
    if "apps" in settings.parts:
        findings.programs = measure.measure_programs(engines, settings, say)
        save()
    if "cold" in settings.parts:
        findings.cold = measure.measure_programs(
            [e for e in engines if e.name in ("windlass", "wasmtime")], settings, say, names=None
        )
        save()
    windlass = next((e for e in engines if e.name == "windlass"), None)
    if windlass and "cold" in settings.parts:
        findings.start = measure.measure_start(windlass, settings, say)
    if windlass and "decode" in settings.parts:
        findings.decode = measure.measure_decode(windlass, settings, say)
    return save()


def compiling(settings, say, start):
    findings = compiled_report.Findings()

    def save():
        findings.seconds = time.monotonic() - start
        return compiled_report.write(findings, settings)

    def engines(kinds):
        found = rivals.prepared(kinds, settings, say)
        findings.met(found)
        return found

    if "compiled-kernels" in settings.parts:
        findings.kernel_engines = engines((compilers.NativeLong, *compilers.COMPILERS))
        findings.kernels = measure.measure_kernels(findings.kernel_engines, settings, say)
        save()
    if "compiled-apps" in settings.parts:
        findings.programs = compiled.measure_programs(engines(compilers.GO[1:]), settings, say)
        save()
    if "go" in settings.parts:
        found = engines(compilers.GO)
        findings.go = compiled.measure_go(found, settings, say)
        findings.go_compilations = {e.name: e.compilations for e in found if e.compilations}
        save()
    if "boundary" in settings.parts:
        findings.boundary = compiled.measure_boundary(engines((compilers.WindlassBoundary,)), settings, say)
        save()
    if "compile" in settings.parts:
        found = engines(compilers.COMPILE)
        findings.compile = compiled.measure_compile(found, settings, say)
        findings.two_cores = compiled.measure_two_cores(found, settings, say)
    return save()


main()
