"""Work on many policies in several processes."""

from __future__ import annotations

import pytest

from gazette.errors import SourceError
from gazette.imports.workers import MIN_TEXTS, PolicyJob, results


def doubled(number: int) -> int:
    if number < 0:
        raise SourceError(f"{number} cannot be read.")
    return 2 * number


@pytest.mark.parametrize("texts", [1, MIN_TEXTS])
def test_results_stand_in_the_order_of_the_jobs(texts: int) -> None:
    advanced: list[int] = []
    jobs = [PolicyJob((number,), texts + number) for number in range(4)]
    assert results(doubled, jobs, advanced.append) == [0, 2, 4, 6]
    assert sorted(advanced) == [job.texts for job in jobs]


@pytest.mark.parametrize("texts", [1, MIN_TEXTS])
def test_faults_arrive(texts: int) -> None:
    with pytest.raises(SourceError, match="-1 cannot be read"):
        results(doubled, [PolicyJob((-1,), texts), PolicyJob((1,), texts)], lambda texts: None)
