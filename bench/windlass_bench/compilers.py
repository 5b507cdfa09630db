"""The engines that compile: Windlass's LLVM engine and what it is measured against.

As in `rivals`, one small adapter each. Compilation is not in a figure unless the part says so: an engine that can
compile ahead of time has done it before, and the ones on the JVM and Node are warm.
"""

import os
import pathlib
import shutil

from . import settings as places
from .process import Failed, must
from .rivals import (
    ENDIVE,
    FEATURES,
    GRAALWASM,
    Endive,
    GraalWasm,
    JvmSession,
    Native,
    OnJvm,
    Rival,
    Wasmtime,
    Windlass,
    guest_options,
    maven_jars,
)

AMOUNTS = ("most",)

ENDIVE_COMPILER = "1.0.0"
JMH = "1.37"


class NativeLong(Native):
    amounts = ("some", "most")


class GoNative(Rival):
    """`go test -c` of the package that a Go suite was made from, with the suite's arguments, in the package's folder."""

    name = "go-native"
    title = "native (go test)"
    kernels = False

    def prepare(self):
        if shutil.which("go") is None:
            raise Failed("no go")
        self.version = must(["go", "version"]).out.decode().strip()
        self.home.mkdir(parents=True, exist_ok=True)

    def command(self, program):
        binary = self.home / program.name
        if not binary.exists():
            must(["go", "test", "-c", "-o", str(binary), self.package(program)], limit=900)
        return [str(binary), *program.args]

    def cwd(self, program):
        root = must(["go", "env", "GOROOT"]).out.decode().strip()
        return str(pathlib.Path(root, "src", self.package(program)))

    @staticmethod
    def package(program):
        return program.name.removeprefix("go-").replace("-", "/")


class WindlassCompiled(Windlass):
    """The harness has the engine compile the module when it is loaded; whole programs are compiled before."""

    amounts = AMOUNTS
    level = 1

    def jvm(self):
        java, *options = super().jvm()
        return [java, "-Dwindlass.bench.execution=llvm", f"-Dwindlass.llvm.level={self.level}", *options]

    def library(self, module):
        return self.home / (module.stem + ".so")

    def compile_command(self, module):
        launcher = str(places.ROOT / "windlass")
        return [launcher, "compile", f"-O{self.level}", str(module), "-o", str(self.library(module))]

    def command(self, program):
        if not self.library(program.module).exists():
            self.compilations[program.name] = must(self.compile_command(program.module), limit=1800).cpu
        launcher = str(places.ROOT / "windlass")
        options = ["--precompiled", *guest_options(program)]
        return [launcher, "run", *options, str(self.library(program.module)), *program.args]

    def prepare(self):
        super().prepare()
        # Of another build: it is not known whether they are still what would be compiled.
        for old in self.home.glob("*.so"):
            old.unlink()


class WindlassBoundary(WindlassCompiled):
    """JMH's benchmarks of the boundary."""

    name = "windlass-boundary"
    title = "Windlass, boundary"
    folders = ("boundary",)
    kernels = False
    programs = False

    def jars(self):
        tools = [f"org.openjdk.jmh:{part}:{JMH}" for part in ("jmh-core", "jmh-generator-annprocess")]
        return [*super().jars(), *maven_jars(self.home, self.settings, tools)]

    def command(self, results):
        launcher = [self.settings.java, "--enable-native-access=ALL-UNNAMED", "-cp", self.class_path]
        return [*launcher, "org.openjdk.jmh.Main", "BoundaryBenchmark", "-rf", "json", "-rff", str(results)]


class WindlassO0(WindlassCompiled):
    name = "windlass-O0"
    title = "Windlass, LLVM -O0"
    level = 0


class WindlassO1(WindlassCompiled):
    name = "windlass-O1"
    title = "Windlass, LLVM -O1"
    level = 1


class WindlassO2(WindlassCompiled):
    name = "windlass-O2"
    title = "Windlass, LLVM -O2"
    level = 2


class WasmtimeCompiled(Wasmtime):
    amounts = AMOUNTS

    def library(self, module):
        return self.home / (module.stem + ".cwasm")

    def compile_command(self, module):
        return [self.binary, "compile", *FEATURES, "-o", str(self.library(module)), str(module)]

    def compiled(self, module):
        target = self.library(module)
        if not target.exists() or target.stat().st_mtime < module.stat().st_mtime:
            must(self.compile_command(module), limit=1800)
        return str(target)

    def module_command(self, module):
        return [self.binary, "run", "--allow-precompiled", *FEATURES, self.compiled(module)]

    def command(self, program):
        options = ["--allow-precompiled", *FEATURES, *guest_options(program)]
        return [self.binary, "run", *options, self.compiled(program.module), *program.args]


class EndiveCompiler(Endive):
    """Endive's compiler to the JVM's bytecode, at run time."""

    name = "endive-compiler"
    title = "Endive, compiler"
    engine_class = "EndiveCompilerEngine"
    folders = ("endive", "endive-compiler")
    amounts = AMOUNTS

    def jars(self):
        self.version = f"Endive {ENDIVE_COMPILER} (the newest whose compiler can be had; its interpreter: {ENDIVE})"
        parts = ("runtime", "wasi", "compiler")
        return maven_jars(self.home, self.settings, [f"run.endive:{part}:{ENDIVE_COMPILER}" for part in parts])


class GraalWasmCompiler(GraalWasm):
    """With Graal's compiler on the upgrade module path, as its documentation asks for on a stock JDK."""

    name = "graalwasm-compiler"
    title = "GraalWasm, its compiler"
    amounts = AMOUNTS

    def jars(self):
        jars = super().jars()
        self.compiler = maven_jars(
            self.settings.cache / "graal-compiler", self.settings, [f"org.graalvm.compiler:compiler:{GRAALWASM}"]
        )
        self.version += " with org.graalvm.compiler"
        return jars

    def jvm(self):
        java, *options = super().jvm()
        upgrade = ["--upgrade-module-path", os.pathsep.join(self.compiler)]
        return [java, "-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI", *upgrade, *options]


class Node(Rival):
    """V8 in Node, warm, in one process as the engines of the JVM."""

    name = "node"
    title = "Node (V8)"
    programs = False
    amounts = AMOUNTS

    def prepare(self):
        node = shutil.which("node")
        if node is None:
            raise Failed("no node")
        self.binary = node
        self.version = "Node " + must([node, "--version"]).out.decode().strip()

    def session(self, kernel):
        module = self.settings.testdata / "bench" / "wasm" / f"{kernel}.wasm"
        return JvmSession([self.binary, "--no-warnings", str(places.BENCH / "node" / "harness.mjs"), str(module)])


COMPILERS = (WindlassO1, WindlassO2, WasmtimeCompiled, EndiveCompiler, GraalWasmCompiler, Node)

GO = (GoNative, WindlassO1, WindlassO2, WasmtimeCompiled)

COMPILE = (WindlassO0, WindlassO1, WindlassO2, WasmtimeCompiled)
