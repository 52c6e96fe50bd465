"""Several processes read texts from git at once, each through a pipe of its own."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from gazette.build.pool import Here, Workers
from gazette.cache import NOTHING
from gazette.model import Slug
from repositories import Center

VERSIONS = 12


def reads(times: int) -> int:
    """Read every version so often, and return how many of the texts were others."""
    versions = Here.policies[Slug("terms")].versions * times
    return sum(sha256(one.read()).hexdigest() != one.sha256 for one in versions)


def test_processes_at_once_read_the_right_texts(tmp_path: Path) -> None:
    center = Center(tmp_path / "center").init()
    for day in range(1, VERSIONS + 1):
        version = f"2026-01-{day:02}.v1"
        center.write("terms", version, f"Day {day}. " * 500)
        center.commit(version[:10])
    register = center.gather()
    [terms] = register.policies
    assert len(terms.versions) == VERSIONS
    workers = Workers(center.settings, NOTHING, register.policies)
    try:
        assert terms.versions[0].read()  # the pipe of this process is open when others begin
        running = [workers.submit(reads, 20) for _ in range(4)]
        assert [one.result(timeout=60) for one in running] == [0, 0, 0, 0]
    finally:
        workers.close()
