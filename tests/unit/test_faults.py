"""What could not be proved: an error in docs/, a line in the log for what is past."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from gazette.build.faults import log_faults
from gazette.build.fragment_jobs import RenderedVersions
from gazette.model import Slug, Status
from gazette.review.policy_text import Edit, PolicyText
from gazette.text import comparison
from gazette.text.reader import Reader
from gazette.text.redline import Redline, SectionStatus
from published import policy, version

TERMS = Slug("terms")
OLD, NEW = "2026-01-05.v1", "2026-02-01.v1"


def test_a_fault_of_the_past_is_logged_and_one_in_docs_is_a_problem(
    caplog: pytest.LogCaptureFixture,
) -> None:
    current = replace(version("2026-03-01.v1", "C", Status.IN_FORCE), path="docs/policies/terms.md")
    terms = policy(version(OLD, "A"), version(NEW, "B"), current)
    faults = {f"{OLD} {NEW}": "No block.", f"{NEW} 2026-03-01.v1": "No word."}
    rendered = {TERMS: RenderedVersions([[], []], [], faults, {})}
    with caplog.at_level(logging.INFO):
        (problem,) = log_faults([terms], rendered)
    assert str(problem).startswith(
        "docs/policies/terms.md:1: What changed from 2026-02-01.v1 to 2026-03-01.v1 cannot be "
        "proved: No word. Write"
    )
    assert [record.getMessage() for record in caplog.records] == [
        "2 of 2 updates could not be proved",
        f"terms: What changed from {OLD} to {NEW} cannot be proved: No block. Both sources are "
        "shown.",
    ]


def test_a_text_that_is_its_source_is_known_by_its_version(
    caplog: pytest.LogCaptureFixture,
) -> None:
    terms = policy(version(OLD, "A"))
    rendered = {TERMS: RenderedVersions([], [], {f"{OLD} {OLD}": "Too long."}, {})}
    with caplog.at_level(logging.INFO):
        assert log_faults([terms], rendered) == []
    assert caplog.messages == [
        f"terms: Version {OLD} is shown as its source. Too long.",
    ]


def test_an_edit_that_cannot_be_proved_replaces_the_whole_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, front, reader = "docs/policies/terms.md", "---\ntitle: Terms\n---\n", Reader()
    old, new = (
        PolicyText.of(path, f"{front}# Fees\n\n{word}.\n".encode(), reader)
        for word in ("One", "Two")
    )
    edit = Edit(old, new)
    monkeypatch.setattr(comparison, "redline", lambda *_: Redline(()))
    assert edit.fault.startswith("The redline lacks block 1 of section 1 (Fees)")
    assert [section.status for section in edit.redline.sections] == [
        SectionStatus.REMOVED,
        SectionStatus.ADDED,
    ]
