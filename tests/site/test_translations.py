"""Translations in a real build: their addresses, links, and what leads from one to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import build, copy_center, git
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
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built help center in which two policies have a German text, one of them stale."""
    project = copy_center(built.parent, tmp_path_factory.mktemp("translated") / "project")
    older = {**HEAD, "translates": "2025-02-10.v1"}
    post(project, "de/privacy-policy.md", "2025-03-01.v1", BODY.format("Was"), **older)
    newer = {**HEAD, "translates": "2025-09-01.v1", "summary": "Wie."}
    post(project, "de/privacy-policy.md", "2025-10-01.v1", BODY.format("Wie"), **newer)
    cookies = {"title": "Cookies", "translates": "2026-07-15.v1"}
    post(project, "de/cookie-policy.md", "2026-08-01.v1", "Wir setzen Cookies.\n", **cookies)
    (project / "docs/de").mkdir()
    (project / "docs/de/index.md").write_text("# Hilfe\n", "utf-8")
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
    assert "href=../../../cookie-policy/" in earlier
    assert "href=../../../../../policies/terms-of-service/" in earlier


def test_each_page_leads_to_its_counterparts(site: Path) -> None:
    original = page(site, "policies/privacy-policy")
    assert '<a href="../../de/policies/privacy-policy/" hreflang="de">Deutsch</a>' in original
    version = page(site, "policies/privacy-policy/versions/2025-09-01.v1")
    assert "href=../../../../de/policies/privacy-policy/versions/2025-10-01.v1/" in version
    assert "gz-languages" not in page(site, "policies/privacy-policy/versions/2026-03-31.v1")
    assert "gz-languages" not in page(site, "policies/terms-of-service")


def test_search_engines_learn_of_both_languages(site: Path) -> None:
    german = "https://help.example.com/de/policies/privacy-policy/"
    for address in ("policies/privacy-policy", "de/policies/privacy-policy"):
        assert f'<link rel="alternate" href="{german}" hreflang="de">' in page(site, address)
        assert 'hreflang="x-default"' in page(site, address)
    entry = f'<xhtml:link rel="alternate" hreflang="de" href="{german}"/>'
    assert (site / "sitemap.xml").read_text("utf-8").count(entry) == 2


def test_home_pages_list_each_policy_once(site: Path) -> None:
    home = page(site, "")
    assert home.count('class="gz-card"') == 3
    assert '<a href="de/policies/privacy-policy/" hreflang="de">Deutsch</a>' in home
    german = page(site, "de")
    assert german.count('class="gz-card"') == 3
    assert '<a href="policies/privacy-policy/">Datenschutz</a>' in german
    link = '<a href="../policies/terms-of-service/" lang="en" dir="ltr">Terms of Service</a>'
    assert link in german


def test_readers_of_a_stale_translation_learn_what_it_lacks(site: Path) -> None:
    stale = page(site, "de/policies/privacy-policy")
    note = stale[stale.index("gz-banner--translation") :].partition("</aside>")[0]
    assert '<a href="#1-wie">' in note
    assert 'href="../../../policies/privacy-policy/since/2025-09-01.v1/"' in note
    assert "2025-09-01.v1/" in note
    fresh = page(site, "de/policies/cookie-policy")
    assert "gz-banner--translation" in fresh
    assert "/since/" not in fresh[fresh.index("gz-banner--translation") :].partition("</aside>")[0]
