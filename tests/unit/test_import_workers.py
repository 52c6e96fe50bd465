"""Work on many policies in several processes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gazette.errors import SourceError
from gazette.imports import workers
from gazette.imports.workers import MIN_TEXTS, PolicyJob, note_text, results


def doubled(number: int) -> int:
    if number < 0:
        raise SourceError(f"{number} cannot be read.")
    return 2 * number


@pytest.mark.parametrize("texts", [1, MIN_TEXTS])
def test_results_stand_in_the_order_of_the_jobs(texts: int) -> None:
    advanced: list[int] = []
    jobs = [PolicyJob((number,), texts + number) for number in range(4)]
    assert results(doubled, jobs, advanced.append) == [0, 2, 4, 6]
    assert sum(advanced) == sum(job.texts for job in jobs)


@pytest.mark.parametrize("texts", [1, MIN_TEXTS])
def test_faults_arrive(texts: int) -> None:
    with pytest.raises(SourceError, match="-1 cannot be read"):
        results(doubled, [PolicyJob((-1,), texts), PolicyJob((1,), texts)], lambda texts: None)


def noted(texts: int, flag: Path) -> bool:
    """Note so many texts, and return whether that was told before this is done."""
    for _ in range(texts):
        note_text()
    patience = 3_000
    while not flag.exists() and patience:
        time.sleep(0.01)
        patience -= 1
    return flag.exists()


def test_progress_is_shown_within_a_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One with thousands of versions takes minutes."""
    monkeypatch.setattr(workers, "SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(workers, "processors", lambda: 2)
    flag = tmp_path / "told"
    advanced: list[int] = []

    def advance(texts: int) -> None:
        advanced.append(texts)
        flag.touch()

    jobs = [PolicyJob((MIN_TEXTS, flag), MIN_TEXTS), PolicyJob((5, flag), 5)]
    assert results(noted, jobs, advance) == [True, True]
    assert sum(advanced) == MIN_TEXTS + 5
