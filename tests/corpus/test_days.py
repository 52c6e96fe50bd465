"""Every day of a real history has one answer; `bench.days` asks for those of both histories."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench.days import policies_of, wrong_days


def test_each_day_since_the_first_version_has_one_answer(corpus: Path, tmp_path: Path) -> None:
    days: Counter[str] = Counter()
    for policy in policies_of(tmp_path, "company", corpus):
        assert [*wrong_days(policy, days)] == []
    assert days.total() > 10_000
