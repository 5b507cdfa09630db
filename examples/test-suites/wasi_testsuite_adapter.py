"""Adapter for the WASI project's own test runner: ./run-tests --runtime-adapter wasi_testsuite_adapter.py

The command is `windlass`, or what the variable WINDLASS says.
"""

import os
import shlex
import subprocess

WINDLASS = shlex.split(os.getenv("WINDLASS", "windlass"))


def get_name():
    return "windlass"


def get_version():
    said = subprocess.run(WINDLASS + ["--version"], capture_output=True, text=True, check=True)
    return (said.stdout + said.stderr).split()[1]


def get_wasi_versions():
    return ["wasm32-wasip1"]


def get_wasi_worlds():
    return ["wasi:cli/command"]


def get_timeout_seconds():
    return 30


def compute_argv(test_path, args_env_root, proposals, wasi_world, wasi_version):
    args, env, root = args_env_root
    argv = WINDLASS + ["run"]
    for key, value in env.items():
        argv += ["--env", f"{key}={value}"]
    if root:
        argv += ["--dir", f"{root}::/"]
    return argv + [str(test_path)] + list(args)
