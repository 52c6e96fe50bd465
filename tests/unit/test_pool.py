"""Other processes do the costly work, and end when it does, or when nobody needs it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from concurrent.futures import Future
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ClassVar

import pytest

from gazette.build.pool import Job, TextReader, WorkerState, run_jobs
from gazette.errors import ArchiveError, GazetteError, RedlineError
from gazette.model import Slug, digest_of
from gazette.settings import Settings
from gazette.text.markdown_settings import DEFAULT

TEXT = b"Kept for 6 months."
JOBS = [
    Job(Slug(slug), range(2), (slug.upper(),))
    for slug in ("terms", "cookies", "privacy", "retention")
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    docs = tmp_path / "docs"
    return Settings(
        project=tmp_path, docs=docs, site_url="", support="#", name="Help", markdown=DEFAULT
    )


def answer(slug: str, versions: range, word: str) -> tuple[str, int, str]:
    return f"{slug} {len(versions)} {word}", os.getpid(), WorkerState.settings.name


def test_jobs_are_done_in_other_processes(settings: Settings) -> None:
    results = dict(run_jobs(answer, JOBS, settings, {}, [], "versions"))
    assert {job.slug: words for job, (words, _, _) in results.items()} == {
        job.slug: f"{job.slug} 2 {job.slug.upper()}" for job in JOBS
    }
    assert os.getpid() not in {process for _, process, _ in results.values()}
    assert {name for _, _, name in results.values()} == {"Help"}
    assert multiprocessing.active_children() == []


class InstantPool:
    """Does every job at once, and notes whose it was."""

    slugs: ClassVar[list[str]] = []

    def __init__(self, *_: object, **__: object) -> None:
        self.slugs.clear()

    def submit(self, _: object, slug: str, *__: object) -> Future[None]:
        self.slugs.append(slug)
        future: Future[None] = Future()
        future.set_result(None)
        return future

    def shutdown(self, **_: object) -> None:
        """Have nothing to end."""


def test_a_process_goes_on_with_the_policy_it_knows(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazette.processes.ProcessPoolExecutor", InstantPool)
    monkeypatch.setattr("gazette.processes.MAX_PROCESSES", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(2), raising=False)
    parts = {"terms": 5, "cookies": 1, "privacy": 1}
    jobs = [
        Job(Slug(slug), range(at, at + 1)) for slug, most in parts.items() for at in range(most)
    ]
    assert {job for job, _ in run_jobs(answer, jobs, settings, {}, [], "versions")} == {*jobs}
    steps = zip(*[iter([*InstantPool.slugs, ""])] * 2, strict=True)
    assert [{*step} for step in steps] == [
        {"terms", "cookies"},
        {"terms", "privacy"},
        {"terms"},
        {"terms", ""},
    ]


def test_without_jobs_there_is_no_process(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazette.processes.ProcessPoolExecutor", None)
    assert list(run_jobs(answer, [], settings, {}, [], "versions")) == []


def fail(slug: str, _: range, __: str) -> None:
    if slug == "terms":
        raise RedlineError("terms: the redline is not exact")
    time.sleep(0.1)


def kill_itself(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("function", "error", "message"),
    [(fail, RedlineError, "terms: "), (kill_itself, GazetteError, "was ended from outside")],
)
def test_an_error_ends_all_processes(
    settings: Settings, function: object, error: type[GazetteError], message: str
) -> None:
    jobs = [*JOBS, *(Job(Slug(f"more-{number}"), range(1), ("",)) for number in range(500))]
    with pytest.raises(error, match=message):
        list(run_jobs(function, jobs, settings, {}, [], "versions"))  # type: ignore[arg-type]
    assert multiprocessing.active_children() == []


def test_an_interruption_while_processes_start_leaves_none(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = BaseProcess.start
    started: list[int | None] = []

    def interrupted(process: BaseProcess) -> None:
        start(process)
        started.append(process.pid)
        raise KeyboardInterrupt

    monkeypatch.setattr(BaseProcess, "start", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(run_jobs(answer, JOBS, settings, {}, [], "versions"))
    assert started
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("now", [TEXT, b"Kept for 99 months.", None])
def test_a_text_is_read_as_it_was_gathered(tmp_path: Path, now: bytes | None) -> None:
    file = tmp_path / "terms.md"
    if now:
        file.write_bytes(now)
    reader = TextReader(file, digest_of(TEXT), partial(bytes, TEXT))
    assert pickle.loads(pickle.dumps(reader))() == TEXT


def test_a_text_that_nobody_holds_any_more_is_not_published(tmp_path: Path) -> None:
    file = tmp_path / "2026-01-01.v1.md"
    file.write_bytes(b"Kept for 99 months.")
    with pytest.raises(ArchiveError, match=r"2026-01-01\.v1\.md: The file was changed"):
        TextReader(file, digest_of(TEXT), file.read_bytes)()
