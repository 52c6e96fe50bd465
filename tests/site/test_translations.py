"""Translations in a real build: their addresses, links, and what leads from one to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import build, copy_project, git
from repositories import text

HEAD = {"title": "Datenschutz", "description": "Was wir erheben."}
BODY = "Siehe [Cookies](cookie-policy.md) und [Bedingungen](../terms-of-service.md).\n\n## 1. {}\n"


def post(project: Path, path: str, version: str, body: str, **front: str) -> None:
    """Put a text in place and commit it on its day."""
    file = project / "docs/policies" / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text(version, body, **front), "utf-8")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", version)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built help center in which two policies have a German text, one of them stale."""
    project = copy_project(tmp_path_factory.mktemp("translated") / "project")
    older = {**HEAD, "translates": "2025-02-10.v1"}
    post(project, "de/privacy-policy.md", "2025-03-01.v1", BODY.format("Was"), **older)
    newer = {**HEAD, "translates": "2025-09-01.v1", "summary": "Wie."}
    post(project, "de/privacy-policy.md", "2025-10-01.v1", BODY.format("Wie"), **newer)
    cookies = {"title": "Cookies", "translates": "2026-07-15.v1"}
    post(project, "de/cookie-policy.md", "2026-08-01.v1", "Wir setzen Cookies.\n", **cookies)
    result = build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"


def page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "versions/",
        "versions/2025-03-01.v1/",
        "changes/2025-10-01.v1/",
        "since/",
        "since/2025-03-01.v1/",
        "sections/opening/",
        "on/",
        "compare/",
    ],
)
def test_all_of_a_translation_stands_below_its_language(site: Path, address: str) -> None:
    assert "Datenschutz" in page(site, f"de/policies/privacy-policy/{address}")
    assert not (site / "policies/de").exists()


def test_links_of_a_translation_lead_on(site: Path) -> None:
    present = page(site, "de/policies/privacy-policy")
    assert 'href="../cookie-policy/"' in present
    assert 'href="../../../policies/terms-of-service/"' in present
    earlier = page(site, "de/policies/privacy-policy/versions/2025-03-01.v1")
    assert 'href="../../../cookie-policy/"' in earlier
    assert 'href="../../../../../policies/terms-of-service/"' in earlier
