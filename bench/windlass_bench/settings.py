"""Where things are, and what the command line asked for."""

import argparse
import os
import pathlib
from dataclasses import dataclass

BENCH = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCH.parent


@dataclass(frozen=True)
class Settings:
    testdata: pathlib.Path
    cache: pathlib.Path
    java_home: pathlib.Path
    results: pathlib.Path
    parts: frozenset
    only: frozenset
    rivals: frozenset
    repetitions: int
    warmup_seconds: float
    limit_seconds: float

    @property
    def java(self):
        return str(self.java_home / "bin" / "java")

    @property
    def command(self):
        """What repeats this run, but for the folders and the limit."""
        words = ["bench/run"]
        if self.parts != frozenset(PARTS):
            words += (part for part in PARTS if part in self.parts)
        for option, names in (("--only", self.only), ("--rivals", self.rivals)):
            if names:
                words += (option, ",".join(sorted(names)))
        if self.repetitions == QUICK_REPETITIONS:
            words.append("--quick")
        return " ".join(words)

    def kernel_sources(self):
        return sorted((self.testdata / "bench" / "src").glob("*.c"))

    def wants_rival(self, name):
        return not self.rivals or name in self.rivals

    def wants(self, program):
        return not self.only or program in self.only


def user_cache():
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")


def comma_list(text):
    return frozenset(word for word in text.split(",") if word)


INTERPRETER_PARTS = ("kernels", "apps", "cold", "decode")
COMPILER_PARTS = ("compiled-kernels", "compiled-apps", "go", "boundary", "compile")
PARTS = INTERPRETER_PARTS + COMPILER_PARTS
QUICK_REPETITIONS = 1


def from_command_line(argv):
    testdata = os.environ.get("WINDLASS_TESTDATA") or ROOT.parent / "shared" / "testdata"
    p = argparse.ArgumentParser(prog="bench/run", description="Measures Windlass beside other WebAssembly engines.")
    p.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)} (default: all)")
    p.add_argument("--testdata", type=pathlib.Path, default=testdata, help="folder with bench/ and apps/")
    p.add_argument("--cache", type=pathlib.Path, default=user_cache() / "windlass-bench", help="where rivals are built")
    p.add_argument("--results", type=pathlib.Path, default=BENCH / "results", help="folder for the report")
    p.add_argument("--only", type=comma_list, default=frozenset(), metavar="A,B", help="these kernels and programs only")
    p.add_argument("--rivals", type=comma_list, default=frozenset(), metavar="A,B", help="these engines only (native always)")
    p.add_argument("--quick", action="store_true", help="one repetition, short warm-up")
    p.add_argument("--limit", type=float, default=300, metavar="SECONDS", help="for a whole program (default: 300)")
    a = p.parse_args(argv)
    if not set(a.parts) <= set(PARTS):
        p.error(f"the parts are {', '.join(PARTS)}")
    if not (pathlib.Path(a.testdata) / "bench" / "wasm").is_dir():
        p.error(f"no kernels in {a.testdata}: name their folder with --testdata or WINDLASS_TESTDATA")
    return Settings(
        testdata=pathlib.Path(a.testdata).resolve(),
        cache=a.cache.resolve(),
        java_home=pathlib.Path(os.environ["JAVA_HOME"]),
        results=a.results.resolve(),
        parts=frozenset(a.parts or PARTS),
        only=a.only,
        rivals=a.rivals,
        repetitions=QUICK_REPETITIONS if a.quick else 3,
        warmup_seconds=1.0 if a.quick else 4.0,
        limit_seconds=a.limit,
    )
