"""Long work shows how far it is, each in the way that suits who looks."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from gazette.build import progress

DONE = [("terms", 3), ("cookies", 1)]


class Terminal(io.StringIO):
    """Takes what is written as a terminal does."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _levels(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    caplog.set_level(logging.INFO, "gazette")
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", -1.0)


def test_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(progress.with_progress(DONE, 4, "versions made")) == ["terms", "cookies"]
    assert "Versions made" in terminal.getvalue()
    assert "75%" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_lines_elsewhere(caplog: pytest.LogCaptureFixture) -> None:
    assert list(progress.with_progress(DONE, 4, "versions made")) == ["terms", "cookies"]
    [line] = caplog.records  # the last one needs none
    assert line.getMessage().startswith("3 of 4 versions made, about ")


def test_nothing_when_quiet_or_nothing_is_to_be_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(progress.with_progress([], 0, "versions made")) == []
    caplog.set_level(logging.WARNING, "gazette")
    assert list(progress.with_progress(DONE, 4, "versions made")) == ["terms", "cookies"]
    assert terminal.getvalue() == ""
    assert caplog.records == []


def test_lines_of_a_command_count_on_from_each_other() -> None:
    written: list[str] = []
    lines = progress.ProgressLines(4, "texts", written.append)
    for _ in range(4):
        lines.advance(1)
    assert [line.partition(",")[0] for line in written] == [
        f"{done} of 4 texts" for done in (1, 2, 3)
    ]
