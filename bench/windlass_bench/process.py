"""One child process from start to end, with what the system knows of it: wall time, CPU time, peak memory."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass


class Failed(Exception):
    """An engine could not be had, or did not run a program as it should."""


@dataclass(frozen=True)
class Finished:
    exit: int
    out: bytes
    err: str
    wall: float
    cpu: float
    peak_bytes: int


def run(command, cwd=None, env=None, stdin=None, limit=600):
    """Runs `command` to its end; after `limit` seconds it is killed, with all that it started, and has failed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, open(stdin or os.devnull, "rb") as given:
        start = time.monotonic()
        child = subprocess.Popen(command, cwd=cwd, env=env, stdin=given, stdout=out, stderr=err, start_new_session=True)
        killer = threading.Timer(limit, lambda: os.killpg(child.pid, signal.SIGKILL))
        killer.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        killer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if wall > limit:
            raise Failed(f"no end within {limit} s")
        return Finished(
            exit=child.returncode,
            out=out.read(),
            err=err.read().decode(errors="replace"),
            wall=wall,
            cpu=usage.ru_utime + usage.ru_stime,
            peak_bytes=usage.ru_maxrss * 1024,
        )


def must(command, **options):
    """Runs a build step; what it says is only of interest when it fails."""
    done = run(command, **options)
    if done.exit != 0:
        raise Failed(f"{command[0]} gave {done.exit}: {last_words(done)}")
    return done


def last_words(done):
    lines = [line for line in (done.err + "\n" + done.out[-2000:].decode(errors="replace")).splitlines() if line.strip()]
    return " | ".join(lines[-3:])[:300]
