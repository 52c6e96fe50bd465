"""What a command takes: seconds, and the memory of all processes it starts, together.

Seconds are those of the clock. On a machine that does other work at once they say little; then
seconds of processor time can be counted instead, which hide what waits and what runs side by side.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import NamedTuple

from commands import FIXED

PAUSE = 0.05  # seconds at least between two looks at the memory
SHARE = 20  # and so many times what a look takes, so that looking hardly slows what is measured
PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.M)


def worked() -> float:
    """Return the seconds that processors worked for this process and those it waited for."""
    return _worked(RUSAGE_SELF) + _worked(RUSAGE_CHILDREN)


def _worked(who: int) -> float:
    usage = getrusage(who)
    return usage.ru_utime + usage.ru_stime


@dataclass
class Watch:
    """What seconds are read from."""

    now: Callable[[], float] = time.perf_counter


WATCH = Watch()


class CommandError(Exception):
    """A command that was to be measured ended in an error, so its figures mean nothing."""


def seconds(command: list[str], folder: Path, accepted: Sequence[int] = (0,), **more: str) -> float:
    """Run `command` in `folder` and return how long it took; `more` goes into its environment.

    Raises CommandError with the end of what it printed where its exit code is not `accepted`.
    """
    start = WATCH.now()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment() | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    taken = WATCH.now() - start
    _check(command, done.returncode, done.stdout, accepted)
    return taken


def seconds_of(action: Callable[[], object]) -> float:
    """Return how long `action` takes in this process."""
    start = WATCH.now()
    action()
    return WATCH.now() - start


class Usage(NamedTuple):
    """What a command took: seconds, those that processors worked, and the most bytes held."""

    seconds: float
    worked: float
    memory: float


def usage_of(command: list[str], folder: Path) -> Usage:
    """Run `command` in `folder` and return what it took; raises CommandError and needs Linux.

    What it takes to look at its memory does not count.
    """
    start, before = time.perf_counter(), _worked(RUSAGE_CHILDREN)
    memory = peak_memory(command, folder)
    return Usage(time.perf_counter() - start, _worked(RUSAGE_CHILDREN) - before, memory)


def peak_memory(command: list[str], folder: Path) -> float:
    """Run `command` in `folder` and return the most bytes all its processes held at one moment.

    What they share counts once. Raises CommandError as `seconds` does; needs Linux.
    """
    log = folder.with_name(f"{folder.name}.log")
    with log.open("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        peak = 0
        while process.poll() is None:
            start = time.perf_counter()
            peak = max(peak, sum(map(share, session(process.pid))))
            time.sleep(max(PAUSE, SHARE * (time.perf_counter() - start)))
    _check(command, process.returncode, log.read_text("utf-8"))
    return float(peak)


def medians(repeat: int, actions: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """Measure each of `actions` in turn, all of them `repeat` times; return their medians.

    In turn, so that a machine that grows slow or fast does so for all of them.
    """
    rounds = [{name: action() for name, action in actions.items()} for _ in range(repeat)]
    return {name: median(times[name] for times in rounds) for name in actions}


def environment() -> dict[str, str]:
    """Return what every measured command finds in its environment.

    Python keeps what it compiled, as it does for everybody: else hooks are compiled at every build.
    """
    left_out = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | FIXED


def session(leader: int) -> Iterator[int]:
    """Yield every process of the session that `leader` began."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _session_of(entry) == leader:
            yield int(entry.name)


def _session_of(entry: Path) -> int | None:
    """Return the session of a process; its name, in brackets, may hold anything."""
    try:
        fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(fields[3])


def share(process: int) -> int:
    """Return how many bytes a process holds; pages that n processes share count as an nth."""
    try:
        match = PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text("ascii"))
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(match[1]) * 1024 if match else 0


def _check(command: list[str], code: int, output: str, accepted: Sequence[int] = (0,)) -> None:
    if code not in accepted:
        raise CommandError(f"{' '.join(command)} ended with {code}:\n{output[-2000:]}")
