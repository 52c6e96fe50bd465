"""What the front matter of pages that are no policies may say."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.utils.meta import get_data

from gazette.problems import Problem
from gazette.site.page_front_matter import front_matter_problems, unusable_keys


@pytest.fixture
def theme(tmp_path: Path) -> tuple[Path, ...]:
    """The folders of a theme and of a project's own."""
    for name in ("theme/main.html", "theme/partials/nav.html", "theme/.icons/a/b.svg", "x.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    return (tmp_path / "own", tmp_path / "theme")


def problems(text: str, theme: tuple[Path, ...]) -> list[Problem]:
    docs = theme[0].parent / "docs"
    docs.mkdir()
    (docs / "about.md").write_text(text, "utf-8")
    return list(front_matter_problems(docs, "about.md", get_data(text)[1], theme))


UNUSABLE = [
    *("template: nope.html", "template: ../x.html", "template: partials/nav.html"),
    *("template: [main.html]", "template:", "template: 7", "template: ./main.html", "template: ''"),
    *("icon: a/c", "icon: 7", "icon: [a/b]", "icon: ../main", "icon: 2026-01-01"),
    *("hide: 7", "hide: true", "hide: 2026-01-01", "hide: .nan"),
    *("search: exclude", "search: [exclude]", "search: true", "search: {boost: high}"),
    *(
        "search: {boost: .nan}",
        "search: {boost: -.inf}",
        "search: {boost: null}",
        "search: {boost: []}",
    ),
    *("title: [About, us]", "title: {a: b}", "description: {a: b}", "status: [new]", "lang: [en]"),
    *("author: []", "subtitle: [a]", "robots: {a: b}", "title: !!set {a, b}"),
]


@pytest.mark.parametrize("line", UNUSABLE)
def test_a_value_that_no_page_can_be_made_with(theme: tuple[Path, ...], line: str) -> None:
    text = f"---\nname: x\n{line}\n---\n# About\n"
    (problem,) = problems(text, theme)
    key = line.partition(":")[0]
    assert (problem.line, problem.code.label) == (3, "invalid-value")
    assert problem.message.startswith(f"`{key}` ")
    assert problem.hint
    assert unusable_keys(get_data(text)[1], theme) == [key]


@pytest.mark.parametrize(
    "line",
    [
        *("template: main.html", "icon: a/b", "icon:", "hide: [toc, 7]", "hide: toc", "hide:"),
        *("search: {exclude: true}", "search: {boost: 0.5}", f"search: {{boost: {10**400}}}"),
        *("search:", "search: {}", "title: 7", "title: 2026-01-01", "title:", "tags: 7"),
        *("alternates: 7", "nothing: [of, ours]"),
    ],
)
def test_a_value_that_the_host_can_use(theme: tuple[Path, ...], line: str) -> None:
    assert problems(f"---\n{line}\n---\n# About\n", theme) == []


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("- title\n- hide", 1),
        ("name: x\ntitle: About: us", 3),
        ("title: About\nposted: 2026-13-45", 1),
        ("title: !about us", 2),
        ("title: [About", 2),
    ],
)
def test_front_matter_that_the_host_makes_text_of(
    theme: tuple[Path, ...], block: str, line: int
) -> None:
    (problem,) = problems(f"---\n{block}\n---\n# About\n", theme)
    assert (problem.line, problem.code.label) == (line, "front-matter")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nWords [of a text\n\n---\n# About\n",
        "---\nWords.\n---\n",
        "---\n---\n# About\n",
        "# About\n\n---\n- a\n---\n",
        "Words: of a text\n\n# About\n",
    ],
)
def test_text_between_lines_is_none(theme: tuple[Path, ...], text: str) -> None:
    assert problems(text, theme) == []


def test_keys_without_lines_of_dashes(theme: tuple[Path, ...]) -> None:
    (problem,) = problems("title: About\nTemplate: nope.html\n\n# About\n", theme)
    assert (problem.line, problem.message[:11]) == (2, "`template` ")
