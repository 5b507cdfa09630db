"""bench/run: prepares the engines, measures, writes the report."""

import sys
import time

from . import measure, report, rivals
from .settings import from_command_line


def main():
    settings = from_command_line(sys.argv[1:])
    start = time.monotonic()

    def say(text):
        print(f"[{time.monotonic() - start:6.0f} s] {text}", file=sys.stderr, flush=True)

    engines = rivals.prepared(settings, say)
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
    for path in save():
        print(path)


main()
