"""Ways to alter or drop what was published: in a full clone, `check` finds each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.model import digest_of
from gazette.problems import Severity
from repositories import TODAY, Project, check, text

IMPORTED, FIRST, CURRENT = "2024-05-01.v1", "2025-02-10.v1", "2025-06-01.v1"
SHOWN = "![Rates](../rates.png)\n\nWe keep data for 30 days.\n"
Way = Callable[[Project], object]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A policy with an imported, an archived and a current version; one retired, one renamed."""
    project = Project(tmp_path_factory.mktemp("published") / "project")
    project.git("init", "--quiet", "--initial-branch=main", "--template=")
    project.put("docs/rates.png", b"rates")
    project.put(f"versions/privacy/{IMPORTED}.md", text(IMPORTED, "We keep data for ever.\n"))
    project.sign("privacy")
    project.write("cookies", "2025-01-05.v1", "We set cookies.\n", title="Cookies")
    project.write("tos", "2025-01-05.v1", "You may use it.\n", title="Terms of Use")
    project.post("privacy", FIRST, SHOWN, summary="Less.", category="Privacy")
    project.delete("cookies")
    project.delete("tos")
    facts = {"title": "Terms of Use", "summary": "Less.", "formerly": "[tos]"}
    project.write("terms", "2025-06-01.v1", "You may not use it.\n", **facts)
    project.post("privacy", CURRENT, SHOWN.replace("30", "14"), summary="Less.", category="Privacy")
    project.build()
    project.commit("2025-06-02")
    project.git("tag", "published")
    return project.root


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Project:
    shutil.copytree(published, tmp_path / "project")
    return Project(tmp_path / "project")


def archived(path: str, content: str | bytes | None, *, signed: bool = True) -> Way:
    """Return a way to write, or take out, a file of the archive, with its digest."""

    def alter(project: Project) -> None:
        if content is None:
            (project.versions / path).unlink()
        else:
            project.put(f"versions/{path}", content)
        if signed:
            project.sign(path.partition("/")[0])

    return alter


def swap(path: str, old: str, new: str) -> Way:
    """Return a way to replace words of a file, and to compute the digests anew."""

    def alter(project: Project) -> None:
        data = (project.root / path).read_bytes()
        assert old.encode() in data
        project.put(path, data.replace(old.encode(), new.encode()))
        if path.startswith("versions/") and path.endswith((".md", ".retired", ".png")):
            project.sign(path.split("/")[1])

    return alter


def moved(old: str, new: str) -> Way:
    """Return a way to move a file or folder, and to compute the digests anew."""

    def alter(project: Project) -> None:
        target = project.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (project.root / old).rename(target)
        for path in (old, new):
            folder, slug, *_ = path.split("/")
            if folder == "versions" and (project.versions / slug).is_dir():
                project.sign(slug)

    return alter


def written(path: str, content: str) -> Way:
    return lambda project: project.put(path, content)


def removed(path: str) -> Way:
    def alter(project: Project) -> None:
        file = project.root / path
        shutil.rmtree(file) if file.is_dir() else file.unlink()

    return alter


def linked(path: str, target: str) -> Way:
    def alter(project: Project) -> None:
        removed(path)(project)
        (project.root / path).symlink_to(target)

    return alter


def exchange_two_versions(project: Project) -> None:
    older, newer = (project.versions / f"privacy/{name}.md" for name in (IMPORTED, FIRST))
    first, second = older.read_bytes(), newer.read_bytes()
    older.write_bytes(second)
    newer.write_bytes(first)
    project.sign("privacy")


def line_endings_by_attribute(project: Project) -> None:
    project.put(".gitattributes", "versions/** text eol=crlf\n")
    project.commit("2025-08-01")
    removed(f"versions/privacy/{FIRST}.md")(project)
    project.git("checkout", "--", "versions")


def alteration_in_a_merge(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "other")
    project.put("docs/other.md", "Other.\n")
    project.commit("2025-08-01")
    project.git("switch", "--quiet", "main")
    project.git("merge", "--quiet", "--no-ff", "--no-commit", "other")
    swap(f"versions/privacy/{IMPORTED}.md", "for ever", "for a day")(project)


def alteration_on_a_branch(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "other")
    swap(f"versions/privacy/{IMPORTED}.md", "for ever", "for a day")(project)
    project.commit("2025-08-01")
    project.git("switch", "--quiet", "main")
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "other")


def alteration_by_way_of_docs(project: Project) -> None:
    """Commit the forged text as the policy's file once, then the present text again."""
    path = project.policies / "privacy.md"
    present = path.read_bytes()
    project.post("privacy", FIRST, "We keep nothing.\n", summary="Less.", category="Privacy")
    archived(f"privacy/{FIRST}.md", path.read_bytes())(project)
    path.write_bytes(present)


def archive_taken_back(project: Project) -> None:
    """Take back the commit that archived, and with it what it wrote."""
    project.git("revert", "--no-commit", "HEAD")


def cache_in_git(project: Project) -> None:
    project.put(".cache/gazette/ab/cd", "forged")
    project.git("add", "--force", ".cache")


def retirement(slug: str, last: str, new: str) -> Way:
    content = f"retired: 2025-08-01\nlast version: {last}\n"
    content += f"continued as: {new}\n" if new else ""
    return archived(f"{slug}/2025-08-01.retired", content)


PRIVACY, TERMS = "docs/policies/privacy.md", "docs/policies/terms.md"
ADDRESS = f"docs/policies/privacy/versions/{FIRST}"
FORGED = text("2024-08-01.v1", "We never kept data.\n")
WAYS: dict[str, tuple[Way, str]] = {
    "an imported text": (swap(f"versions/privacy/{IMPORTED}.md", "ever", "a day"), "archive"),
    "an archived text": (swap(f"versions/privacy/{FIRST}.md", "30", "3"), "archive"),
    "a text, not its digest": (
        archived(f"privacy/{FIRST}.md", FORGED, signed=False),
        "archive",
    ),
    "a summary of an archived text": (
        swap(f"versions/privacy/{FIRST}.md", "Less.", "More."),
        "archive",
    ),
    "the version that an archived text states": (
        swap(f"versions/privacy/{FIRST}.md", FIRST, IMPORTED),
        "archive",
    ),
    "line endings": (swap(f"versions/privacy/{FIRST}.md", "\n", "\r\n"), "archive"),
    "line endings by an attribute": (line_endings_by_attribute, "archive"),
    "a mark before the text": (
        swap(f"versions/privacy/{FIRST}.md", "---\nt", "\ufeff---\nt"),
        "archive",
    ),
    "nothing left of a text": (archived(f"privacy/{IMPORTED}.md", ""), "archive"),
    "two versions exchanged": (exchange_two_versions, "archive"),
    "in a merge": (alteration_in_a_merge, "archive"),
    "on a branch that is merged": (alteration_on_a_branch, "archive"),
    "by way of docs": (alteration_by_way_of_docs, "archive"),
    "an archived image": (archived(f"privacy/{FIRST}/rates.png", b"forged"), "archive"),
    "an archived image gone": (archived(f"privacy/{FIRST}/rates.png", None), "archive"),
    "an image more": (archived(f"privacy/{FIRST}/more.png", b"more"), "archive-addition"),
    "an imported text gone": (archived(f"privacy/{IMPORTED}.md", None), "archive"),
    "an archived text gone": (archived(f"privacy/{FIRST}.md", None), "archive"),
    "the archive of a policy gone": (removed("versions/privacy"), "archive"),
    "the archive gone": (removed("versions"), "archive"),
    "the archive taken back": (archive_taken_back, "archive"),
    "another day": (
        moved(f"versions/privacy/{IMPORTED}.md", "versions/privacy/2024-06-01.v1.md"),
        "archive",
    ),
    "another policy": (
        moved(f"versions/privacy/{IMPORTED}.md", f"versions/terms/{IMPORTED}.md"),
        "archive",
    ),
    "another name for a folder": (moved("versions/privacy", "versions/private"), "archive"),
    "an invented version": (archived("privacy/2024-08-01.v1.md", FORGED), "archive-addition"),
    "the current version, otherwise": (
        archived(f"privacy/{CURRENT}.md", text(CURRENT, "We never kept data.\n")),
        "silent-edit",
    ),
    "a page in the archive": (archived(f"privacy/{FIRST}.html", "<p>Forged</p>"), "archive"),
    "a list of digests gone": (removed("versions/privacy/SHA256SUMS"), "archive"),
    "a digest gone": (
        lambda project: project.put(
            "versions/privacy/SHA256SUMS",
            (project.versions / "privacy/SHA256SUMS").read_text().partition("\n")[2],
        ),
        "archive",
    ),
    "a second digest": (
        lambda project: project.put(
            "versions/SHA256SUMS", f"{digest_of(b'forged')}  privacy/{FIRST}.md\n"
        ),
        "archive",
    ),
    "a claim to a version that is nowhere": (
        written("versions/privacy/COMPLETE", "2025-05-01.v1\n"),
        "missing-version",
    ),
    "pushes that hide a text": (
        lambda project: project.put(
            "versions/PUSHES",
            " ".join(project.git("rev-parse", "HEAD~2", "HEAD").split()) + "\n",
        ),
        "archive",
    ),
    "a link in the archive": (
        linked(f"versions/privacy/{FIRST}.md", "../../docs/policies/privacy.md"),
        "plain-file",
    ),
    "a link for the archive": (linked("versions/privacy", "terms"), "plain-file"),
    "a submodule in the archive": (
        written("versions/private/.git", "gitdir: elsewhere\n"),
        "plain-file",
    ),
    "a policy retired that stands there": (retirement("privacy", CURRENT, ""), "archive"),
    "a policy that goes on as another": (retirement("privacy", FIRST, "terms"), "archive"),
    "a retired policy that goes on": (
        retirement("cookies", "2025-01-05.v1", "privacy"),
        "archive",
    ),
    "a retirement gone": (archived("cookies/2025-06-01.retired", None), "archive"),
    "a retirement of another day": (
        moved("versions/cookies/2025-06-01.retired", "versions/cookies/2025-03-01.retired"),
        "archive",
    ),
    "a retired policy taken": (swap(TERMS, "[tos]", "[tos, cookies]"), "invalid-value"),
    "a standing policy taken": (swap(TERMS, "[tos]", "[tos, privacy]"), "invalid-value"),
    "a former name taken out": (swap(TERMS, "formerly: [tos]\n", ""), "silent-edit"),
    "the current text": (swap(PRIVACY, "14 days", "1 day"), "silent-edit"),
    "the current summary": (swap(PRIVACY, "Less.", "Nothing."), "silent-edit"),
    "the current title": (swap(PRIVACY, "Privacy Policy", "Policy"), "silent-edit"),
    "the current category": (swap(PRIVACY, "category: Privacy\n", ""), "silent-edit"),
    "the day a text applies": (
        swap(
            PRIVACY, f"updated: {CURRENT[:10]}", f"updated: {CURRENT[:10]}\neffective: 2025-07-01"
        ),
        "silent-edit",
    ),
    "a published version once more": (
        written(PRIVACY, text(FIRST, "We keep nothing.\n", summary="Less.")),
        "silent-edit",
    ),
    "a version before the current one": (
        written(PRIVACY, text("2025-05-01.v1", "We keep nothing.\n", summary="Less.")),
        "version-order",
    ),
    "a retired version once more": (
        written("docs/policies/cookies.md", text("2025-01-05.v1", "None.\n", title="Cookies")),
        "silent-edit",
    ),
    "a policy gone": (removed(PRIVACY), "lost-address"),
    "all policies gone": (removed("docs/policies"), "lost-address"),
    "a policy in a folder": (moved(PRIVACY, "docs/policies/old/privacy.md"), "slug"),
    "a policy by another ending": (moved(PRIVACY, "docs/policies/privacy.markdown"), "file-type"),
    "an image of the current text gone": (removed("docs/rates.png"), "broken-link"),
    "a page at an archived address": (
        written(f"{ADDRESS}/index.md", "Forged.\n"),
        "reserved-address",
    ),
    "a file at an archived address": (
        written(f"{ADDRESS}/rates.png", "forged"),
        "reserved-address",
    ),
    "a cache in git": (cache_in_git, "tracked-cache"),
}


@pytest.mark.parametrize("name", WAYS)
def test_no_evidence_changes_without_a_finding(project: Project, name: str) -> None:
    way, label = WAYS[name]
    way(project)
    project.commit("2025-09-01")
    problems = check(project.settings, TODAY, "published")
    labels = {p.code.label for p in problems if p.severity is not Severity.NOTE}
    assert label in labels


def test_there_are_many_ways_and_the_evidence_itself_is_clean(project: Project) -> None:
    assert len(WAYS) >= 40
    assert check(project.settings, TODAY, "published") == []
    assert check(project.settings, TODAY) == []
