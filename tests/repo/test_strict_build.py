"""What a strict build refuses, `gazette check` refuses: no green review ends in a red publish."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from gazette.cli import main
from repositories import Project

ENGINE = Path(__file__).parents[2]
CONFIG = (ENGINE / "mkdocs.yml").read_text("utf-8")
DAY = "2026-03-01"
FRONT_MATTER = {
    "a template that is missing": "template: nope.html",
    "parts to hide that are a number": "hide: 7",
    "a search that is a word": "search: exclude",
    "a boost that is no number": "search: {boost: .nan}",
    "an icon that is missing": "icon: material/nope",
    "a title that is a list": "title: [About, us]",
    "a list": "- title\n- hide",
    "lines that are no YAML": "title: About: us",
}
"""What the host reads at the top of a page that is no policy, and cannot use."""
KINDS = {
    **{
        kind: ("docs/about.md", f"---\n{lines}\n---\n# About\n")
        for kind, lines in FRONT_MATTER.items()
    },
    "a template that is missing, without lines of dashes": (
        "docs/about.md",
        "title: About\ntemplate: nope.html\n\n# About\n",
    ),
    "a missing page": ("docs/index.md", "# Help\n\n[Prices](prices.md)\n"),
    "a missing image": ("docs/index.md", "# Help\n\n![Logo](logo.png)\n"),
    "an absolute link": ("docs/index.md", "# Help\n\n[Prices](/prices)\n"),
    "an absolute link in a policy": ("docs/policies/returns.md", "See [prices](/prices).\n"),
    "a link without an ending": ("docs/index.md", "# Help\n\n[Returns](policies/returns)\n"),
    "a link of a policy to a folder": ("docs/policies/returns.md", "[Fees](../fees/)\n"),
    "an anchor of another page": ("docs/index.md", "# Help\n\n[Fees](policies/returns.md#fees)\n"),
    "an anchor of the same page": ("docs/index.md", "# Help\n\n[Below](#below)\n"),
    "HTML that is no text": ("docs/index.md", "# Help\n\n<iframe src=prices.md></iframe>\n"),
    "letters that are a tag elsewhere": ("docs/index.md", "# Help\n\n<details/ontoggle=x>\n"),
    "a page that nests too deep": ("docs/index.md", "# Help\n\n" + "> " * 600 + "x\n"),
    "a page of two texts": ("docs/index.md", "# Help\n\n<<<<<<< HEAD\nOne.\n"),
    "values that nest too deep": ("docs/index.md", f"---\nhide: {'[' * 900}\n---\n# Help\n"),
    "a page and an index of one address": ("docs/README.md", "# Read me\n"),
    "an entry without a page": ("mkdocs.yml", CONFIG + "nav:\n  - index.md\n  - prices.md\n"),
    "an absolute entry": ("mkdocs.yml", CONFIG + "nav:\n  - index.md\n  - Prices: /prices\n"),
    "an unknown setting": ("mkdocs.yml", CONFIG + "site_nmae: Help\n"),
    "a missing template": ("mkdocs.yml", CONFIG + "extra_templates:\n  - robots.html\n"),
    "a hook that complains": (
        "mkdocs.yml",
        CONFIG.replace("hooks:\n", "hooks:\n  - hooks/complains.py\n"),
    ),
}
COMPLAINS = """\
from mkdocs.plugins import get_plugin_logger
def on_nav(nav, config, files):
    get_plugin_logger("complains").warning("The navigation is upside down.")
"""

MINIFIES = """\
def on_page_content(html, **_):
    return "<p>Read on.</p>" + html.replace("Thirty", "<b>Thirty</b>")
def on_post_page(output, **_):
    return output.replace("\\n", " ").replace("> <", "><")
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A help center that passes, with a strict look at links."""
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", CONFIG)
    project.put("docs/index.md", "# Help\n\n[Returns](policies/returns.md)\n")
    project.put("docs/about.md", "# About\n")
    project.put("hooks/complains.py", COMPLAINS)
    shutil.copytree(ENGINE / "docs/assets", project.root / "docs/assets")
    shutil.copytree(ENGINE / "hooks/theme", project.root / "hooks/theme")
    shutil.copy(ENGINE / "hooks/help_center.py", project.root / "hooks")
    project.write("returns", f"{DAY}.v1", "Thirty days.\n", title="Returns")
    project.commit(DAY)
    return project


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 2026-11-23


def strict_build_passes(project: Project) -> bool:
    try:
        build(load_config(str(project.root / "mkdocs.yml"), strict=True))
    except (Abort, ConfigurationError):
        return False
    return True


def findings(project: Project, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    monkeypatch.chdir(project.root)
    result = CliRunner().invoke(main, ["check"])
    return result.exit_code, result.output


def test_what_passes_the_build_passes_the_check(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert findings(project, monkeypatch)[0] == 0
    assert strict_build_passes(project)


@pytest.mark.parametrize("kind", KINDS)
def test_what_stops_the_build_stops_the_check(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kind: str,
) -> None:
    path, text = KINDS[kind]
    if "policies" in path:
        project.write("returns", f"{DAY}.v1", text, title="Returns")
    else:
        project.put(path, text)
    project.git("commit", "--quiet", "--all", "--amend", "--no-edit", day=DAY)
    code, output = findings(project, monkeypatch)
    assert code == 1, output
    assert Path(path).name in output
    assert not strict_build_passes(project)
    if kind in FRONT_MATTER:
        message, hint = (line.strip() for line in output.split("\n")[:2])
        place, _, sentence = message.partition(" error: ")
        sentence, _, label = sentence.rpartition(" ")
        assert caplog.messages[-1].endswith(f": {sentence} {hint} {label}")
        assert caplog.messages[-1].startswith(":".join(place.split(":")[:2]))


def test_front_matter_of_a_page_that_can_be_used_stops_neither(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        *("title: 7", "description: 2026-01-01", "hide: [toc]", "search: {exclude: true}"),
        *("icon: material/scale-balance", "template: main.html", "tags: [a]", "alternates: 7"),
        *("status:", "subtitle: About", "search: {boost: 2}"),
    ]
    for at, line in enumerate(lines):
        project.put(f"docs/about-{at}.md", f"---\n{line}\n---\n# About\n")
    project.put("docs/about.md", "---\n\nAbout us: all\n\n---\n# About\n")
    project.put("docs/rules.md", "---\n\nAbout [us: all\n\n---\n# About\n")
    project.put("docs/hidden.md", "---\nhide: toc\nsearch:\nicon:\n---\n# About\n")
    project.commit(DAY)
    assert findings(project, monkeypatch) == (0, "No problems found.\n")
    assert strict_build_passes(project)


def test_links_that_an_import_let_pass_stop_neither(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        f"---\n# gazette: allow broken-link in {DAY}.v1 at 8: of the old site\ntitle: Returns\n"
        f"version: {DAY}.v1\nupdated: {DAY}\n---\n\n"
    )
    dead = "[Fees](fees.md) [Top](/x) [Law](#law) ![Map](map.png)"
    project.put("docs/policies/returns.md", f"{text}{dead}\n")
    project.git("commit", "--quiet", "--all", "--amend", "--no-edit", day=DAY)
    assert findings(project, monkeypatch)[0] == 0
    assert strict_build_passes(project)
    project.put("docs/policies/returns.md", f"{text}Thirty days.\n\n{dead}\n")
    project.git("commit", "--quiet", "--all", "--amend", "--no-edit", day=DAY)
    assert findings(project, monkeypatch)[0] == 1
    assert not strict_build_passes(project)


def test_links_to_what_is_only_scheduled_stop_the_check(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page is not published before its day, so a link to it leads nowhere."""
    project.write("fees", "2026-12-24.v1", "None.\n", title="Fees")
    project.put("docs/index.md", "# Help\n\n[Fees](policies/fees.md)\n")
    project.commit("2026-11-22")
    code, output = findings(project, monkeypatch)
    assert code == 1, output
    assert "policies/fees.md" in output
    assert not strict_build_passes(project)


def test_the_text_in_force_counts_not_the_one_that_waits(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.put("docs/fees.md", "# Fees\n")
    project.post("returns", "2026-04-01.v1", "[Fees](../fees.md)\n", title="Returns", summary="A.")
    waits = {"title": "Returns", "summary": "No fees.", "effective": "2027-01-01"}
    project.write("returns", "2026-11-20.v1", "No fees any more.\n", **waits)
    (project.root / "docs/fees.md").unlink()
    project.commit("2026-11-20")
    code, output = findings(project, monkeypatch)
    assert code == 1, output
    assert "fees.md" in output
    assert not strict_build_passes(project)


def test_a_check_writes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    findings(project, monkeypatch)
    assert project.git("status", "--porcelain", "--ignored").split("\n") == [""]


ALTERING = {
    "a template": (
        "hooks/theme/partials/content.html",
        "{{ page.content | replace('Thirty days', 'Two days') }}",
    ),
    "a word put in": (
        "hooks/theme/partials/content.html",
        "{{ page.content | replace('Thirty days', 'Thirty working days') }}",
    ),
    "a hook before rendering": (
        "hooks/complains.py",
        "def on_page_markdown(markdown, **_):\n    return markdown.replace('Thirty', 'Two')\n",
    ),
    "a hook after rendering": (
        "hooks/complains.py",
        "def on_page_content(html, **_):\n    return html.replace('Thirty', 'Two')\n",
    ),
    "a hook at the end": (
        "hooks/complains.py",
        "def on_post_page(output, **_):\n    return output.replace('Thirty', 'Two')\n",
    ),
}


@pytest.mark.parametrize("kind", ALTERING)
def test_altered_words_of_a_policy_stop_any_build(
    project: Project, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    path, text = ALTERING[kind]
    project.put("mkdocs.yml", CONFIG.replace("hooks:\n", "hooks:\n  - hooks/complains.py\n"))
    project.put(path, text)
    with pytest.raises(Abort):
        build(load_config(str(project.root / "mkdocs.yml")))
    assert "docs/policies/returns.md" in caplog.text
    assert "shows other words than its text has" in caplog.text


def test_other_markup_around_words_of_a_policy_stops_no_build(project: Project) -> None:
    project.put("mkdocs.yml", CONFIG.replace("hooks:\n", "hooks:\n  - hooks/complains.py\n"))
    project.put("hooks/complains.py", MINIFIES)
    assert strict_build_passes(project)
    page = (project.root / "site/policies/returns/index.html").read_text()
    assert "<b>Thirty</b>" in page
