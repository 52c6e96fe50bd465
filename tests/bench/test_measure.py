"""Everything is measured in turn; a command that fails is no measurement."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.measure import (
    WATCH,
    CommandError,
    medians,
    peak_memory,
    seconds,
    session,
    share,
    worked,
)

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Needs /proc.")
MEGABYTE = 1_000_000
CHILD = "held = b'x' * 50_000_000; print('ready', flush=True); input()"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"


def test_all_are_measured_in_turn() -> None:
    asked: list[str] = []
    answers = {"own": iter([3.0, 1.0, 9.0]), "other": iter([5.0, 4.0, 6.0])}

    def answer(name: str) -> float:
        asked.append(name)
        return next(answers[name])

    taken = medians(3, {"own": lambda: answer("own"), "other": lambda: answer("other")})
    assert taken == {"own": 3.0, "other": 5.0}
    assert asked == ["own", "other"] * 3


@pytest.mark.parametrize("measured", [seconds, pytest.param(peak_memory, marks=LINUX)])
def test_failed_command_is_no_measurement(
    measured: Callable[[list[str], Path], float], tmp_path: Path
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    command = [sys.executable, "-c", "raise SystemExit('What went wrong.')"]
    with pytest.raises(CommandError, match="What went wrong"):
        measured(command, folder)


def test_command_that_finds_something_is_measured_where_that_is_accepted(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit(1)"]
    assert seconds(command, tmp_path, accepted=(0, 1)) > 0
    with pytest.raises(CommandError):
        seconds(command, tmp_path, accepted=(0,))


def test_work_of_commands_counts_as_processor_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WATCH, "now", worked)
    counts = [f"sum(range({number}))" for number in (1, 20_000_000)]
    idle, busy = (seconds([sys.executable, "-c", count], tmp_path) for count in counts)
    assert 0 < idle < busy


@LINUX
def test_memory_of_children_counts() -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"ready\n"
        processes = sorted(session(parent.pid))
        held = {process: share(process) for process in processes}
        parent.communicate(b"\n")
    assert processes[0] == parent.pid
    assert len(processes) == 2
    assert held[processes[0]] < 50 * MEGABYTE < held[processes[1]] < 100 * MEGABYTE


@LINUX
def test_process_that_has_ended_holds_nothing() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert share(ended.pid) == 0
