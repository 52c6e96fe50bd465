"""Translations of policies: their files, their archive, and what the record says of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazette.errors import PolicyError
from gazette.model import Policy
from gazette.record.policies import Register
from repositories import Project, codes, outline

FIRST, SECOND = "2026-01-05.v1", "2026-03-02.v1"
PICTURE = "![Karte](../../assets/karte.png)\n"


@pytest.fixture
def translated(tmp_path: Path) -> Project:
    """An original of two versions, and a German text of the first one, of two versions itself."""
    project = Project(tmp_path).init()
    project.post("terms", FIRST, "You may ask.\n", title="Terms")
    project.put("docs/assets/karte.png", b"first")
    project.post(
        "de/terms", "2026-01-20.v1", f"Sie können fragen.\n\n{PICTURE}", title="A", translates=FIRST
    )
    project.post("terms", SECOND, "You may ask us.\n", title="Terms", summary="Whom.")
    project.put("docs/assets/karte.png", b"second")
    project.post(
        "de/terms",
        "2026-03-09.v1",
        f"Sie können uns fragen.\n\n{PICTURE}",
        title="A",
        translates=SECOND,
        summary="Wen.",
    )
    return project


def test_a_translation_has_versions_of_its_own(translated: Project) -> None:
    assert outline(translated.gather()) == {
        "de/terms": ["2026-01-20.v1 superseded versions", "2026-03-09.v1 in force docs"],
        "terms": [f"{FIRST} superseded versions", f"{SECOND} in force docs"],
    }
    assert codes(translated.gather()) == []


def test_its_archive_stands_in_a_folder_of_its_language(translated: Project) -> None:
    assert sorted(translated.build()) == [
        "de/terms/2026-01-20.v1.md",
        "de/terms/2026-01-20.v1/assets/karte.png",
        f"terms/{FIRST}.md",
    ]
    assert translated.archived()["de/terms/2026-01-20.v1/assets/karte.png"] == "first"
    assert "2026-01-20.v1.md" in translated.archived()["de/terms/SHA256SUMS"]
    assert translated.build() == []
    translated.commit("2026-03-10")
    expected = outline(translated.gather())
    clone = translated.root.parent / f"{translated.root.name}-shallow"
    translated.git("clone", "--quiet", "--depth=1", f"file://{translated.root}", str(clone))
    assert outline(Project(clone).gather()) == expected
    (clone / ".git").rename(clone.with_suffix(".git"))
    assert outline(Project(clone).gather()) == expected


def test_a_policy_may_be_called_like_a_language(translated: Project) -> None:
    translated.post("de", "2026-04-01.v1", "One.\n", title="De")
    translated.post("de", "2026-05-01.v1", "Two.\n", title="De", summary="S.")
    assert "de/2026-04-01.v1.md" in translated.build()
    assert outline(translated.gather())["de"] == [
        "2026-04-01.v1 superseded versions",
        "2026-05-01.v1 in force docs",
    ]
    assert len(outline(translated.gather())["de/terms"]) == 2
    assert codes(translated.gather()) == []


def test_a_translation_is_renamed_with_its_original(translated: Project) -> None:
    translated.build()
    for folder in ("", "de/"):
        file = translated.policies / f"{folder}terms.md"
        file.rename(translated.policies / f"{folder}conditions.md")
    translated.commit("2026-04-01")
    translated.build()
    policies = by_slug(translated)
    assert policies["de/conditions"].former_slugs == ("de/terms",)
    assert len(policies["de/conditions"].versions) == 2
    assert policies["conditions"].former_slugs == ("terms",)


def test_a_policy_that_becomes_a_translation_keeps_its_past(tmp_path: Path) -> None:
    project = Project(tmp_path).init()
    project.put("docs/assets/karte.png", b"first")
    body = f"Sie können fragen.\n\n{PICTURE.replace('../../', '../')}"
    project.post("bedingungen", FIRST, body, title="Bedingungen")
    project.post("terms", "2026-01-06.v1", "You may ask.\n", title="Terms")
    (project.policies / "bedingungen.md").unlink()
    project.post(
        "de/terms",
        SECOND,
        f"Sie können uns fragen.\n\n{PICTURE}",
        title="Bedingungen",
        translates="2026-01-06.v1",
        summary="Wen.",
        formerly="[bedingungen]",
    )
    archived = project.build()
    assert f"bedingungen/{FIRST}/assets/karte.png" in archived
    assert project.build() == []
    policies = by_slug(project)
    assert [str(version.id) for version in policies["de/terms"].versions] == [FIRST, SECOND]
    assert policies["de/terms"].former_slugs == ("bedingungen",)
    assert codes(project.gather()) == []


def test_a_retired_translation_stays_readable(translated: Project) -> None:
    translated.delete("de/terms")
    translated.commit("2026-04-01")
    assert "de/terms/2026-04-01.retired" in translated.build()
    policies = by_slug(translated)
    assert policies["de/terms"].retired == date(2026, 4, 1)
    assert len(policies["de/terms"].versions) == 2
    assert codes(translated.gather()) == []


def by_slug(project: Project) -> dict[str, Policy]:
    return {policy.slug: policy for policy in project.gather().policies}


def findings(register: Register) -> list[str]:
    return [problem.advice for problem in register.problems if problem.code.label == "translation"]


@pytest.mark.parametrize(
    ("slug", "front", "message"),
    [
        ("de/cookies", {"translates": FIRST}, "docs/policies/cookies.md, and no policy stands"),
        ("fr/terms", {}, f"Add a line as in translates: {SECOND}"),
        ("fr/terms", {"translates": "2026-01-06.v1"}, f"the newest are {SECOND}, {FIRST}."),
        ("fr/terms", {"translates": FIRST, "lang": "fr-CA"}, ""),
        ("fr/terms", {"translates": FIRST, "lang": "de"}, "or move the file to docs/policies/de/."),
        ("cookies", {"translates": FIRST}, "move the file into the folder of its language"),
    ],
)
def test_what_is_no_translation(
    translated: Project, slug: str, front: dict[str, str], message: str
) -> None:
    translated.write(slug, "2026-04-01.v1", "Un.\n", **front)
    advice = findings(translated.gather())
    assert len(advice) == bool(message)
    assert message in "".join(advice)


def test_a_translation_goes_with_its_original(translated: Project) -> None:
    translated.delete("terms")
    translated.commit("2026-04-01")
    (advice,) = findings(translated.gather())
    assert "was retired on 2026-04-01. Delete this translation, too" in advice


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("DE/terms.md", "Call the folder de."),
        ("pt_br/terms.md", "Call the folder pt-BR."),
        ("zh-hant-tw/terms.md", "Call the folder zh-Hant-TW."),
        ("legal/terms.md", "Call the folder de, pt-BR or the like."),
        ("old/terms.md", "Call the folder de, pt-BR or the like."),
        ("de/archive/terms.md", "Call the folder de, pt-BR or the like."),
        ("de/Terms.md", "rename it to terms.md."),
        ("de/a..b.md", "rename it to a-b.md."),
    ],
)
def test_folders_that_are_no_languages_and_names_that_are_none(
    translated: Project, path: str, hint: str
) -> None:
    translated.write(path.removesuffix(".md"), "2026-04-01.v1", "Un.\n", translates=FIRST)
    advice = [problem for problem in translated.gather().problems if problem.code.label == "slug"]
    assert [problem.path for problem in advice] == [f"docs/policies/{path}"]
    assert hint in advice[0].advice


def test_a_folder_of_a_language_is_no_link(translated: Project) -> None:
    (translated.policies / "fr").symlink_to(translated.policies / "de")
    with pytest.raises(PolicyError, match="This is a link to"):
        translated.gather()
