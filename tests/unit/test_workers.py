"""Other processes read the texts that their digests were taken of."""

from __future__ import annotations

import os
import pickle
import signal
import time
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from gazette.build.pool import Reader, Workers
from gazette.cache import NOTHING
from gazette.errors import ArchiveError
from gazette.settings import read_settings

TEXT = b"Kept for 6 months."


@pytest.mark.parametrize("now", [TEXT, b"Kept for 99 months.", None])
def test_a_text_is_read_as_it_was_gathered(tmp_path: Path, now: bytes | None) -> None:
    file = tmp_path / "terms.md"
    if now:
        file.write_bytes(now)
    reader = Reader(file, sha256(TEXT).hexdigest(), partial(bytes, TEXT))
    assert pickle.loads(pickle.dumps(reader))() == TEXT


def test_a_text_that_nobody_holds_any_more_is_not_published(tmp_path: Path) -> None:
    file = tmp_path / "2026-01-01.v1.md"
    file.write_bytes(b"Kept for 99 months.")
    with pytest.raises(ArchiveError, match=r"2026-01-01\.v1\.md: The file was changed"):
        Reader(file, sha256(TEXT).hexdigest(), file.read_bytes)()


def test_nobody_waits_for_work_that_nobody_wants(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("extra:\n  help_center:\n    support: '#'\n")
    workers = Workers(read_settings(config), NOTHING, [])
    running = [workers.submit(time.sleep, 1_000) for _ in range(4)]
    workers.close()
    assert all(one.done() for one in running)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_interruption_leaves_no_process_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork = os.fork
    begun: list[int] = []

    def interrupted() -> int:
        process = fork()
        if process:
            begun.append(process)
            signal.raise_signal(signal.SIGINT)
        return process

    config = tmp_path / "mkdocs.yml"
    config.write_text("extra:\n  help_center:\n    support: '#'\n")
    workers = Workers(read_settings(config), NOTHING, [])
    monkeypatch.setattr(os, "fork", interrupted)
    with pytest.raises(KeyboardInterrupt):
        workers.submit(time.sleep, 1_000)
    workers.close()
    assert begun
    assert not any(map(is_running, begun))


def is_running(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG)[0] == 0
    except ChildProcessError:  # somebody has seen it end
        return False
