"""The whole programs of testdata/apps as their run.json describes them, unpacked and with fresh folders."""

import json
import pathlib
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass

from .process import Failed
from .rivals import Program

SHORT = frozenset({"go-regexp", "go-math-big", "go-compress-flate", "go-strings"})
"""Suites of half a minute natively, which have a short form."""

NEEDS_COMPANY = frozenset({"sockets-echo"})
"""Programs that wait for a client; they are tested, not timed."""


@dataclass(frozen=True)
class App:
    """`exit`, `stdout` and `contains` say what a right run gives."""

    name: str
    folder: pathlib.Path
    run: dict

    def problem(self, done):
        """What is wrong with a finished run, or None."""
        if done.exit != self.run["exit"]:
            return f"exit code {done.exit}: {done.err.strip()[-200:]}"
        expected = self.run["stdout"]
        if expected and done.out != (self.folder / expected).read_bytes():
            return "the output differs from what is expected"
        missing = [t for t in self.run["stdout_contains"] if t not in done.out.decode(errors="replace")]
        return f"the output lacks {missing[0]!r}" if missing else None


def apps(settings):
    """All programs that can be timed alone, by name."""
    folders = sorted((settings.testdata / "apps").iterdir())
    return [
        App(f.name, f, json.loads((f / "run.json").read_text()))
        for f in folders
        if f.name not in NEEDS_COMPANY and settings.wants(f.name)
    ]


@contextmanager
def made_ready(app, settings, full=False):
    """The program with its module unpacked and each `@tmp` folder made, empty, and taken away afterwards. Suites that
    have a short form take it, unless they are to run in full."""
    scratch = settings.cache / "scratch" / app.name
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    dirs = {}
    for guest, host in app.run["dirs"].items():
        path = scratch / guest.strip("/") if host == "@tmp" else app.folder / host
        path.mkdir(parents=True, exist_ok=True)
        dirs[guest] = path
    args = tuple(app.run["args"]) + (("-test.short",) if app.name in SHORT and not full else ())
    stdin = app.folder / app.run["stdin"] if app.run["stdin"] else None
    try:
        yield Program(app.name, unpacked(app, settings), args, app.run["env"], dirs, stdin)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def unpacked(app, settings):
    plain = app.folder / app.run["wasm"]
    if plain.exists():
        return plain
    packed = plain.with_name(plain.name + ".xz")
    target = settings.cache / "apps" / app.name / plain.name
    if not target.exists() or target.stat().st_mtime < packed.stat().st_mtime:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        with open(part, "wb") as out:
            if subprocess.run(["xz", "-dc", str(packed)], stdout=out, check=False).returncode != 0:
                raise Failed(f"cannot unpack {packed}")
        part.rename(target)
    return target
