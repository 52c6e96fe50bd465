"""`gazette check` in real repositories: against what was published, and against a base."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown import Markdown

from gazette.cli import main
from gazette.errors import HistoryError
from gazette.review.check import has_errors
from gazette.review.fixing import apply_fixes
from repositories import MKDOCS, TODAY, Project, check, text

BODY = (
    "We keep your data for 30 days. See section 2.\n\n## 1. Data\n\nNames.\n\n## 2. Time\n\nLong.\n"
)
SHORTER = BODY.replace("30", "14")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A help center with a policy that was published twice, and one that links to it."""
    project = Project(tmp_path).init()
    project.put("mkdocs.yml", MKDOCS)
    project.post("privacy-policy", "2026-01-05.v1", BODY)
    project.post("privacy-policy", "2026-02-02.v1", f"{BODY}\nMore.\n", summary="More.")
    project.build()
    project.post("terms", "2026-02-03.v1", "See [2](privacy-policy.md#2-time).\n", title="Terms")
    project.git("checkout", "--quiet", "-b", "edit")
    return project


def findings(project: Project, base: str | None = "main", **settings: object) -> list[str]:
    changed = replace(project.settings, **settings)  # type: ignore[arg-type]
    problems = check(changed, TODAY, base)
    return [f"{problem.path}:{problem.line} {problem.code.label}" for problem in problems]


PRIVACY, TERMS = "docs/policies/privacy-policy.md", "docs/policies/terms.md"


def test_nothing_changed(project: Project) -> None:
    assert findings(project) == []
    assert findings(project, None) == []
    assert not has_errors([])


def test_folders_and_links_that_lead_nowhere(project: Project) -> None:
    project.put("docs/policies/folder.md/picture.txt", "")
    assert findings(project) == []
    (project.policies / "gone.md").symlink_to("nowhere")
    (problem,) = check(project.settings, TODAY)
    assert str(problem) == (
        "docs/policies/gone.md: This link leads to nothing that can be read: No such file or "
        "directory. Put a plain file in its place, or take it out. [plain-file]"
    )


def test_an_empty_base_is_none(project: Project) -> None:
    with pytest.raises(HistoryError, match="The base is empty"):
        check(project.settings, TODAY, "")


def test_a_text_that_changed_under_its_version(project: Project) -> None:
    project.write("privacy-policy", "2026-02-02.v1", SHORTER, summary="More.")
    assert findings(project) == [f"{PRIVACY}:8 silent-edit"]
    project.commit("2026-03-01")
    assert findings(project) == [f"{PRIVACY}:8 silent-edit"]
    assert findings(project, None) == [f"{PRIVACY}:8 silent-edit"]


@pytest.mark.parametrize("base", ["main", None])
def test_what_two_texts_share_is_rendered_once(
    project: Project, base: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    convert = Markdown.convert

    def noted(markdown: Markdown, source: str) -> str:
        rendered.append(source)
        return convert(markdown, source)

    monkeypatch.setattr(Markdown, "convert", noted)
    project.write("privacy-policy", "2026-02-02.v1", SHORTER, summary="More.")
    assert findings(project, base) == [f"{PRIVACY}:8 silent-edit"]
    assert "".join(rendered).count("Names.") == 1


def test_an_anchor_that_moved_under_its_version(project: Project) -> None:
    """Words and links stay, and the links lead to another section."""
    ids = BODY.replace("1. Data", "1. Data {#here}").replace("2. Time", "2. Time {#there}")
    swapped = ids.replace("#here", "#").replace("#there", "#here").replace("#}", "#there}")
    project.post("notes", "2026-02-04.v1", f"[Here](#here)\n\n{ids}", title="Notes")
    assert not [line for line in findings(project, None) if line.endswith("edit")]
    project.write("notes", "2026-02-04.v1", f"[Here](#here)\n\n{swapped}", title="Notes")
    assert "docs/policies/notes.md:7 silent-edit" in findings(project, None)


def test_an_id_that_two_places_have(project: Project) -> None:
    """What was published with it stays as it is, and is built; what is proposed is refused."""
    twice = "## Data\n\n<b id='time'>Names</b>.\n\n## Time\n\nLong.\n"
    project.post("notes", "2026-02-04.v1", twice, title="Notes")
    assert findings(project, None) == []
    project.write("notes", "2026-03-01.v1", f"{twice}\nLonger.\n", title="Notes", summary="More.")
    for base in ("HEAD", None):
        assert findings(project, base) == ["docs/policies/notes.md:12 duplicate-id"]
    project.commit("2026-03-01")
    project.build()
    project.commit("2026-03-02")
    assert findings(project, None) == []
    source = (project.policies / "notes.md").read_text().replace("03-01", "03-02")
    allowed = "# gazette: allow duplicate-id: both are meant"
    project.put("docs/policies/notes.md", source.replace("---\n", f"---\n{allowed}\n", 1))
    assert findings(project, "HEAD") == ["docs/policies/notes.md:2 allowed"]


def test_a_link_that_is_let_pass_under_its_version(project: Project) -> None:
    """Readers get its words, and of an image its description, though it leads somewhere."""
    project.put("docs/map.png", b"map")
    body = "[Here](terms.md)\n![Map](../map.png)\n"
    for place in ("8", "9"):
        allowed = f"# gazette: allow broken-link in 2026-02-04.v1 at {place}: they lead to nothing"
        project.post("notes", "2026-02-04.v1", body, title="Notes")
        project.write("notes", "2026-02-04.v1", body, title="Notes")
        source = (project.policies / "notes.md").read_text()
        project.put("docs/policies/notes.md", source.replace("---\n", f"---\n{allowed}\n", 1))
        for base in ("HEAD", None):
            assert any(line.endswith("silent-edit") for line in findings(project, base))


def test_a_new_version(project: Project) -> None:
    project.write("privacy-policy", "2026-03-01.v1", SHORTER, summary="Shorter.")
    assert findings(project) == []
    project.write("privacy-policy", "2026-03-01.v1", SHORTER)
    assert findings(project) == [f"{PRIVACY}:3 missing-summary"]
    project.write("privacy-policy", "2026-01-20.v1", SHORTER, summary="Shorter.")
    assert findings(project) == [f"{PRIVACY}:3 version-order"]
    project.write("privacy-policy", "2028-01-20.v1", SHORTER, summary="Shorter.")
    assert findings(project) == [f"{PRIVACY}:3 future-version"]


def test_only_the_base_that_both_share_counts(project: Project) -> None:
    project.post("privacy-policy", "2026-03-01.v1", SHORTER, summary="Shorter.")
    project.git("checkout", "--quiet", "main")
    project.post("terms", "2026-03-02.v1", "Other terms.\n", title="Terms", summary="Other.")
    project.git("checkout", "--quiet", "edit")
    assert findings(project) == []


def test_notice(project: Project) -> None:
    project.write("privacy-policy", "2026-03-01.v1", SHORTER, summary="x", effective="2026-03-15")
    assert findings(project) == []
    assert findings(project, notice_days=30) == [f"{PRIVACY}:6 notice-period"]
    assert findings(project, None, notice_days=30) == [f"{PRIVACY}:6 notice-period"]


def test_an_inserted_section_here_and_in_other_policies(project: Project) -> None:
    new = BODY.replace("## 2. Time", "## 2. Use\n\nNone at all.\n\n## 3. Time")
    project.write("privacy-policy", "2026-03-01.v1", new, summary="Use.")
    assert findings(project) == [
        f"{PRIVACY}:8 section-reference",
        f"{TERMS}:7 broken-link",
    ]


def test_a_policy_that_goes_and_one_that_is_renamed(project: Project) -> None:
    project.delete("privacy-policy")
    assert findings(project) == [f"{PRIVACY}:0 lost-address", f"{TERMS}:7 broken-link"]
    project.write("privacy", "2026-03-01.v1", SHORTER, summary="x", formerly="[privacy-policy]")
    assert findings(project) == []


def test_the_archive(project: Project) -> None:
    archived = "versions/privacy-policy/2026-01-05.v1.md"
    project.put(archived, "something else\n")
    assert {f"{archived}:0 archive"} == set(findings(project)) == set(findings(project, None))
    (project.root / archived).unlink()
    assert {f"{archived}:0 archive"} == set(findings(project))
    project.git("rm", "--quiet", "-r", "versions")
    project.commit("2026-03-01")
    assert {f"{archived}:0 archive"} == set(findings(project))


def test_wrong_metadata_and_a_page_beside_it(project: Project) -> None:
    project.put(PRIVACY, text("2026-03-01.v1", SHORTER).replace("title", "titel"))
    assert findings(project) == [f"{PRIVACY}:1 missing-key", f"{PRIVACY}:2 unknown-key"]


def test_a_rule_that_is_turned_off(project: Project) -> None:
    body = f"<!-- gazette: allow placeholder: a form -->\n\n[COMPANY]\n\n{SHORTER}"
    project.write("privacy-policy", "2026-03-01.v1", body, summary="Shorter.")
    assert findings(project) == [f"{PRIVACY}:8 allowed"]


def test_without_a_repository_or_such_a_base(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.raises(HistoryError, match="no branch, tag or commit nowhere"):
        check(project.settings, TODAY, "nowhere")
    alone = Project(tmp_path_factory.mktemp("alone"))
    alone.write("terms", "2026-02-03.v1")
    (note,) = check(alone.settings, TODAY)
    assert "not kept in git here" in note.message
    assert not has_errors([note])
    with pytest.raises(HistoryError, match="not kept in git"):
        check(alone.settings, TODAY, "main")


Command = Callable[..., Result]


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, run inside the help center."""
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


def test_the_command(project: Project, run: Command) -> None:
    assert run().exit_code == run("--base", "main").exit_code == 0
    assert run("--base", "nowhere").exit_code == run("--format", "x").exit_code == 2
    project.write("privacy-policy", "2026-02-02.v1", SHORTER, summary="More.")
    silent = run("--base", "main", "--format", "github")
    assert silent.exit_code == 1
    assert silent.stdout.startswith(f"::error file={PRIVACY},line=8,")


def test_fixing(project: Project, run: Command) -> None:
    new = BODY.replace("## 2. Time", "## 2. Use\n\nNone\u200b at all.\n\n## 3. Time")
    source = text("2026-03-01.v1", new, summary="Use.")
    unmoved = source.replace("updated: 2026-03-01", "updated: 2026-02-02")
    project.put(PRIVACY, unmoved.replace("\n", "\r\n"))
    done = run("--base", "main", "--fix")
    right = source.replace("\u200b", "").replace("section 2", "section 3")
    assert (project.root / PRIVACY).read_bytes() == right.replace("\n", "\r\n").encode()
    assert "(privacy-policy.md#3-time)" in (project.root / TERMS).read_text("utf-8")
    assert done.stderr.count("Fixed ") == 4
    # A link was fixed in the terms: they say another thing now, and need a version for it.
    assert findings(project) == [f"{TERMS}:7 silent-edit"]
    assert done.exit_code == 1


def test_after_fixing_the_host_is_asked_about_the_fixed_texts(
    project: Project, run: Command
) -> None:
    project.git("mv", PRIVACY, "docs/policies/data-policy.md")
    done = run("--base", "main", "--fix")
    assert done.stderr.count("Fixed ") == 1
    assert "formerly: [privacy-policy]" in (project.policies / "data-policy.md").read_text("utf-8")
    assert done.stdout == "No problems found.\n"


def test_links_to_a_former_name_keep_leading_somewhere(tmp_path: Path) -> None:
    """No other policy needs a new version because one is renamed."""
    project = Project(tmp_path / "project").init()
    project.write("cookies", "2026-01-05.v1", "## Use\n\nCookies.\n", title="Cookie Policy")
    body = "See [ours](cookies.md#use), [here](/policies/cookies/), [lost](cookies.md#gone).\n"
    project.post("terms", "2026-01-05.v1", body, title="Terms")
    project.git("mv", "docs/policies/cookies.md", "docs/policies/cookie-policy.md")
    project.write(
        "cookie-policy",
        "2026-02-01.v1",
        "## Use\n\nMore cookies.\n",
        title="Cookie Policy",
        summary="More.",
        formerly="[cookies]",
    )
    project.commit("2026-02-01")

    for base in (None, "HEAD~1"):
        links = [
            problem.message
            for problem in check(project.settings, TODAY, base)
            if problem.code.label == "broken-link"
            and "#gone" not in problem.message
            and "at the top of the server" not in problem.message
        ]
        assert links == []


@pytest.mark.parametrize(
    ("target", "right"),
    [
        ("/policies/cookies/", "cookies.md"),
        ("/policies/cookies/#use", "cookies.md#use"),
        ("/policies/old-cookies/", "cookies.md"),
        ("/contact/", "../contact.md"),
        ("/", "../index.md"),
        ("/assets/form.pdf", "../assets/form.pdf"),
        ("/signup", None),
        ("https://example.com/signup", ""),
        ("//example.com/signup", ""),
    ],
)
def test_links_from_the_top_of_the_server(project: Project, target: str, right: str | None) -> None:
    for path in ("docs/contact.md", "docs/index.md", "docs/assets/form.pdf"):
        project.put(path, "# A page\n")
    body = "## Use\n\nCookies.\n"
    project.write("cookies", "2026-01-05.v1", body, title="Cookies", formerly="[old-cookies]")
    source = text("2026-01-05.v1", f"See [this]({target}).\n", title="Links")
    project.put("docs/policies/links.md", source)
    problems = check(project.settings, TODAY, "main")
    links = [problem for problem in problems if problem.path == "docs/policies/links.md"]
    assert [problem.code.label for problem in links] == ([] if right == "" else ["broken-link"])
    if right:
        fixed, _ = apply_fixes(source.encode(), links)
        assert f"[this]({right})" in fixed.decode()


@pytest.mark.parametrize(
    ("target", "lines"),
    [
        ("https://help.example.com/assets/form.pdf", []),
        ("https://help.example.com/assets/lost.pdf", [8]),
        ("//help.example.com/assets/lost.pdf#page=2", [8]),
        ("https://www.example.com/assets/lost.pdf", []),
        ("https://help.example.com/policies/terms/", []),
        ("https://help.example.com/policies/terms/versions/2026-01-05.v1/lost.pdf", []),
        ("https://help.example.com/policies.json", []),
        ("https://help.example.com/of-the-theme.png", []),
    ],
)
def test_full_addresses_of_files_of_the_site(
    project: Project, target: str, lines: list[int]
) -> None:
    project.put("docs/assets/form.pdf", "form")
    project.put("theme/of-the-theme.png", "")
    project.put("docs/policies/links.md", text("2026-03-05.v1", f"A\n[this]({target})\n"))
    problems = findings(project, None, theme_folders=(project.root / "theme",))
    of_links = [line for line in problems if "links.md" in line]
    assert of_links == [f"docs/policies/links.md:{line} broken-link" for line in lines]


def test_a_file_that_goes_from_behind_a_full_address(project: Project) -> None:
    project.put("docs/assets/form.pdf", "form")
    source = "Form: https://help.example.com/assets/form.pdf\n"
    project.post("links", "2026-01-05.v1", source, title="Links")
    (project.root / "docs/assets/form.pdf").unlink()
    assert "docs/policies/links.md:7 broken-link" in findings(project, "HEAD")


def test_a_link_of_a_published_text_is_left_for_its_next_version(project: Project) -> None:
    """Fixed under its version, the link would be a text that changed without a word."""
    project.post("links", "2026-01-05.v1", "See [this](/policies/terms/).\n", title="Links")
    [link] = [problem for problem in check(project.settings, TODAY) if "links.md" in problem.path]
    assert (link.code.label, link.fix, link.hint) == ("broken-link", None, "Write terms.md.")
    project.write("links", "2026-03-05.v1", "See [this](/policies/terms/).\n", title="Links")
    assert any(
        problem.fix and problem.code.label == "broken-link"
        for problem in check(project.settings, TODAY)
    )
