"""The page for developers: its code does what it says, on a site that is served."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser

import developers_page
from asking import Posted, cases
from commands import build
from developers_page import application, fetch_from
from gazette.model import Change, VersionId

SITE_URL = "https://help.example.com/"
POLICY, FIRST, TODAY = "privacy-policy", "2025-02-10.v1", "2026-11-23"


@pytest.fixture(scope="session")
def code(built: Path) -> str:
    return developers_page.code(built, "python")


def test_its_code_polls_compares_and_finds_the_redline(code: str, address: str) -> None:
    app = application(code.replace(SITE_URL, address))
    current = app["fetch"](f"policies/{POLICY}/current.json")
    newest = current["in_force"]["version"]
    assert app["must_ask"](POLICY, FIRST, TODAY)
    assert not app["must_ask"](POLICY, newest, TODAY)
    changes = [*app["changes"](POLICY, FIRST)]
    assert {version for version, _, _ in changes} >= {newest}
    assert FIRST not in {version for version, _, _ in changes}
    assert all(events for _, _, events in changes)
    assert not [*app["changes"](POLICY, newest)]
    redline = app["redline"](POLICY, FIRST)
    assert (redline["old"], redline["new"]) == (FIRST, newest)


def test_its_script_tells_a_user_of_what_changed(
    built: Path, address: str, browser: Browser
) -> None:
    script = developers_page.code(built, "js").replace(SITE_URL, address)
    record = fetch_from(built)(f"policies/{POLICY}/current.json")
    page = browser.new_page()
    page.goto(address)

    def notice(agreed: str) -> Any:
        return page.evaluate(
            f"(async () => {{ {script}\nreturn notice('{POLICY}', '{agreed}'); }})()"
        )

    assert notice(record["in_force"]["version"]) is None
    shown = notice(FIRST)
    assert shown["title"] == record["title"]
    page.goto(shown["link"])
    assert FIRST in page.inner_text("article")
    page.close()


def test_a_page_of_the_companys_own_stays(project: Path) -> None:
    (project / "docs/developers.md").write_text("# Our own\n")
    assert build(project).returncode == 0
    page = (project / "site/developers/index.html").read_text("utf-8")
    assert "Our own" in page
    assert "valid_agreements" not in page


def test_the_home_page_leads_there(built: Path) -> None:
    page: Any = html.fromstring((built / "index.html").read_bytes())
    assert page.xpath("//article//a[@href='developers/']")


POSTED = st.builds(
    Posted,
    st.builds(VersionId, st.dates(date(2025, 1, 1), date(2025, 3, 1)), st.integers(1, 11)),
    st.sampled_from(Change),
    st.dates(date(2024, 12, 1), date(2025, 5, 1)),
    st.integers(0, 3),
)


@settings(max_examples=150)
@given(history=st.lists(POSTED, min_size=1, max_size=6, unique_by=lambda entry: entry.id))
def test_an_application_asks_whom_a_substantive_change_concerns(
    code: str, history: list[Posted]
) -> None:
    """Whatever was posted, ahead or not, and withdrawn afterwards."""
    for case in cases(sorted(history, key=lambda entry: entry.id)):
        app = application(code, lambda _, record=case.record: record)  # type: ignore[misc]
        assert app["must_ask"]("terms", case.agreed, case.today) is case.is_right
