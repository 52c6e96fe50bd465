"""Translations of policies: their files, their archive, and what the record says of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazette.errors import PolicyError
from gazette.model import Policy
from gazette.record.policies import Register
from repositories import TODAY, Project, check, codes, outline

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


def test_a_text_that_readers_know_says_no_version_that_they_do_not(translated: Project) -> None:
    body, coming = "It is due.\n", "2026-12-01.v1"
    translated.write("terms", coming, body, title="Terms", summary="Due.")
    german = translated.policies / "de" / "terms.md"
    posted = german.read_text().replace(f"translates: {SECOND}", f"translates: {coming}")
    german.write_text(posted)
    (advice,) = findings(translated.gather())
    assert f"`translates` names {coming}, which readers know from 2026-12-01 on." in advice
    assert findings(translated.gather(date(2026, 12, 1))) == []
    version = posted.partition("version: ")[2].partition("\n")[0]
    german.write_text(posted.replace(version, coming).replace(version[:10], "2026-12-01"))
    assert findings(translated.gather()) == []


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


ENGLISH = """We look after your data.

## 1. What we keep

We keep your name.

## 2. How long

We keep it for 14 days.

## 3. Whom to ask

Ask [us](https://help.example.com/).
"""
GERMAN = """Wir achten auf Ihre Daten.

## 1. Was wir aufbewahren

Wir bewahren Ihren Namen auf.

## 2. Wie lange

Wir bewahren ihn 14 Tage auf.

## 3. Wen Sie fragen können

Fragen Sie [uns](https://help.example.com/).
"""
LONGER, LAENGER = ("for 14 days", "for 30 days"), ("14 Tage", "30 Tage")
NAMES, NAMEN = ("your name", "your name and age"), ("Ihren Namen", "Ihren Namen und Ihr Alter")
NEW = ("## 3. Whom", "## 3. Where\n\nIn Bremen.\n\n## 4. Whom")
NEU = ("## 3. Wen", "## 3. Wo\n\nIn Bremen.\n\n## 4. Wen")
BOLD = ("your name", "**your name**")


def edited(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture
def in_step(tmp_path: Path) -> Project:
    """An original and a German text of it, in step, on a branch where both may be edited."""
    project = Project(tmp_path).init()
    project.post("terms", FIRST, ENGLISH, title="Terms")
    project.post("de/terms", "2026-01-20.v1", GERMAN, title="Bedingungen", translates=FIRST)
    project.build()
    project.commit("2026-01-21")
    project.git("checkout", "--quiet", "-b", "edit")
    return project


def lags(project: Project, base: str | None = "main") -> list[str]:
    """Return the findings about what lags behind, as line, rule and message."""
    rules = ("stale-translation", "untranslated-change")
    return [
        f"{problem.line} {problem.code.label}: {problem.message}"
        for problem in check(project.settings, TODAY, base)
        if problem.code.label in rules
    ]


def write_original(project: Project, *changes: tuple[str, str]) -> None:
    project.write("terms", SECOND, edited(ENGLISH, *changes), title="Terms", summary="S.")


def write_translation(project: Project, translates: str, *changes: tuple[str, str]) -> None:
    body = edited(GERMAN, *changes)
    front = {"title": "Bedingungen", "summary": "S.", "translates": translates}
    project.write("de/terms", "2026-03-09.v1", body, **front)


@pytest.mark.parametrize("base", ["main", None])
def test_each_section_that_lags_behind_is_named(in_step: Project, base: str | None) -> None:
    write_original(in_step, LONGER, NEW)
    in_step.commit("2026-03-02")
    assert lags(in_step, base) == [
        "5 stale-translation: A section is not translated: in the original, “3. Where” is new "
        f"after {FIRST}, the version that `translates` names.",
        "14 stale-translation: “2. Wie lange” is as it was: in the original, “2. How long” "
        f"changed after {FIRST}, the version that `translates` names.",
    ]


def test_what_is_only_set_otherwise_alarms_nobody(in_step: Project) -> None:
    write_original(in_step, BOLD)
    assert lags(in_step) == []


def test_a_translation_of_the_same_proposal_is_in_step(in_step: Project) -> None:
    write_original(in_step, LONGER, NEW)
    write_translation(in_step, SECOND, LAENGER, NEU)
    assert lags(in_step) == []
    write_translation(in_step, FIRST, LAENGER, NEU)
    assert len(lags(in_step)) == 2


@pytest.mark.parametrize("base", ["main", None])
def test_a_section_that_was_left_out_is_named(in_step: Project, base: str | None) -> None:
    write_original(in_step, LONGER, NAMES, NEW)
    write_translation(in_step, SECOND, NAMEN)
    in_step.commit("2026-03-09")
    assert [line.partition(": in the")[0] for line in lags(in_step, base)] == [
        "6 untranslated-change: A section is not translated",
        "15 untranslated-change: “2. Wie lange” is as it was",
    ]


def test_what_was_left_out_stays_named_until_it_is_translated(in_step: Project) -> None:
    write_original(in_step, LONGER, NAMES)
    write_translation(in_step, SECOND, NAMEN)
    in_step.commit("2026-03-09")
    in_step.build()
    third = "2026-04-06.v1"
    changes = (LONGER, NAMES, ("Ask [us]", "Please ask [us]"))
    in_step.post("terms", third, edited(ENGLISH, *changes), title="Terms", summary="S.")
    front = {"title": "Bedingungen", "summary": "S.", "translates": third}
    asks = ("Fragen Sie [uns]", "Bitte fragen Sie [uns]")
    in_step.post("de/terms", "2026-04-07.v1", edited(GERMAN, NAMEN, asks), **front)
    assert [line.partition(": in the")[0] for line in lags(in_step)] == [
        "15 untranslated-change: “2. Wie lange” is as it was"
    ]
    in_step.build()
    in_step.post("de/terms", "2026-04-08.v1", edited(GERMAN, NAMEN, asks, LAENGER), **front)
    assert lags(in_step) == []


def test_translates_may_be_raised_where_no_word_has_to_change(in_step: Project) -> None:
    write_original(in_step, BOLD)
    body = edited(GERMAN)
    front = {"title": "Bedingungen", "translates": SECOND}
    in_step.write("de/terms", "2026-01-20.v1", body, **front)
    assert check(in_step.settings, TODAY, "main") == []
    in_step.commit("2026-03-02")
    assert codes(in_step.gather()) == []


def test_nobody_is_alarmed_where_a_reason_is_given(in_step: Project) -> None:
    write_original(in_step, LONGER)
    write_translation(in_step, SECOND, NAMEN)
    assert len(lags(in_step)) == 1
    file = in_step.policies / "de/terms.md"
    allowed = "# gazette: allow untranslated-change: we say it elsewhere\ntranslates"
    file.write_text(file.read_text("utf-8").replace("translates", allowed), "utf-8")
    assert lags(in_step) == []
