"""The comment on a proposal, made from a real repository: complete, plain, safe, short enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazette.cli import main
from gazette.forms.fitting import LIMIT
from gazette.review.review_comment import MARKER
from repositories import MKDOCS, Project, report

SLUG = "privacy-policy"
TODAY = "1795392000"  # 2026-11-23
BODY = """We keep your data.

## 1. Collection

We may collect your name.

## 2. Retention

We keep logs for 30 days. The Customer may object.

## 3. Rights

You may ask us what we keep.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", MKDOCS)
    project.post(SLUG, "2026-01-05.v1", BODY)
    project.post("cookie-policy", "2026-01-05.v1", "We set cookies.\n", title="Cookie Policy")
    project.git("switch", "--quiet", "--create", "proposal")
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    return project


def propose(project: Project, *swaps: tuple[str, str], body: str = BODY, **front: str) -> None:
    for old, new in swaps:
        assert old in body
        body = body.replace(old, new)
    project.write(SLUG, "2026-11-20.v1", body, **{"summary": "Shorter.", **front})


def test_nothing_proposed(project: Project) -> None:
    shown = report()
    assert shown.startswith(f"{MARKER}\n## What this changes for readers\n")
    assert "No policy changes" in shown
    assert "None: every rule is kept." in shown


def test_it_says_section_by_section_what_changes(project: Project) -> None:
    insertion = "## 2. Sharing\n\nWe share nothing.\n\n## 3. Retention"
    propose(
        project,
        ("30 days", "14 days"),
        ("We may collect your name", "We must not collect your name"),
        ("## 3. Rights", "## 4. Rights"),
        ("## 2. Retention", insertion),
        effective="2027-01-01",
    )
    lines = report("--no-findings").splitlines()
    first = lines.index("<summary><b>What matters first</b></summary>")
    assert lines[first + 2].startswith("- Period or date: ")
    assert "<del>30 days</del><ins>14 days</ins>" in lines[first + 2]
    end = lines.index("</details>", first)
    assert lines[3 : first - 1] + lines[end + 2 : end + 8] == [
        "### Privacy Policy",
        "",
        "Version 2026-01-05.v1 becomes **2026-11-20.v1**. It applies from **2027-01-01**.",
        "",
        "> Shorter.",
        "",
        "- **Section 1, Collection:** “may” becomes “must not”",
        "- **Section 2, Sharing:** is new",
        "- **Section 3, Retention:** was number 2; “30 days” becomes “14 days”",
        "- **Section 4, Rights:** was number 3; its text is the same",
        "",
        "<details>",
    ]
    assert "<del>30</del><ins>14</ins> days" in "\n".join(lines)


def test_a_term_replaced_throughout_is_one_line(project: Project) -> None:
    body = "\n\n".join(f"## {n}. Part {n}\n\nThe Customer does {n}." for n in range(1, 9))
    project.git("switch", "--quiet", "main")
    project.post(SLUG, "2026-02-01.v1", body, summary="Parts.")
    project.git("switch", "--quiet", "--force-create", "proposal")
    propose(project, ("The Customer", "The User"), body=body)
    shown = report("--no-findings")
    assert "- **Throughout:** “Customer” becomes “User” in 8 places\n" in shown
    assert shown.count("“Customer”") == 1


def test_a_silent_edit_is_reported_twice(project: Project) -> None:
    project.write(SLUG, "2026-01-05.v1", BODY.replace("30", "14"))
    shown = report()
    assert "Its version is 2026-01-05.v1, as before: no new version is posted." in shown
    assert "- **Must be fixed**, docs/policies/privacy-policy.md line 15: " in shown
    assert "**To do:** Give the text a new version" in shown
    assert "(silent-edit)" in shown


def test_new_retired_and_renamed_policies(project: Project) -> None:
    refunds = "We pay back.\n\n## 1. When\n\nAt once.\n\n## 2. How\n\nIn cash.\n"
    project.write("refunds", "2026-11-20.v1", refunds, title="Refunds")
    project.delete(SLUG)
    project.delete("cookie-policy")
    project.write("cookies", "2026-01-05.v1", "We set cookies.\n", title="Cookie Policy")
    shown = report("--no-findings")
    assert (
        "### Refunds\n\nA **new policy**, version 2026-11-20.v1. Its sections: 1\\. When; 2. How.\n"
        in shown
    )
    assert "<summary><b>Text of Refunds</b>: 3 sections added</summary>" in shown
    assert "### Privacy Policy\n\nThis policy is **retired**." in shown
    assert "from `/policies/cookie-policy/` to `/policies/cookies/`" in shown
    assert "No word of its text changes." in shown


def test_what_others_published_meanwhile_is_not_part_of_it(project: Project) -> None:
    propose(project, ("30 days", "14 days"))
    project.commit("2026-11-20")
    project.git("switch", "--quiet", "main")
    project.post("cookie-policy", "2026-02-01.v1", "We set many.\n", title="Cookie Policy")
    project.git("switch", "--quiet", "proposal")
    assert "Cookie" not in report("--no-findings")


def test_a_file_that_cannot_be_read_still_gets_a_report(project: Project) -> None:
    project.put(f"docs/policies/{SLUG}.md", "---\ntitle: [\n---\n\nNothing left.\n")
    shown = report()
    assert "## What this changes for readers" in shown
    assert "(front-matter)" in shown


def test_it_names_the_preview(project: Project) -> None:
    shown = report("--preview", "https://ci.example.com/7#artifacts")
    assert "](https://ci.example.com/7#artifacts): download it" in shown


HOSTILE = "@team </details> <script>x</script> `a` | b | #12 [x](javascript:1) <!-- c --> ![y](z)"


def test_hostile_texts_break_out_of_nothing_and_call_nobody(project: Project) -> None:
    front = {"title": f'"{HOSTILE}"', "summary": f'"{HOSTILE}"'}
    propose(project, ("30 days", HOSTILE), ("3. Rights", f"3. {HOSTILE}"), **front)
    shown = report()
    assert shown.count("<details") == shown.count("</details>")
    tags = set(re.findall(r"<(/?[a-z!-]+)", re.sub(r"`[^`\n]+`", "", shown.replace("\\`", ""))))
    allowed = {"details", "summary", "b", "ins", "del"}
    assert tags - {"!--"} <= allowed | {f"/{tag}" for tag in allowed}
    assert shown.count("<!--") == 1
    shown = re.sub("<summary>.*</summary>", "", shown)  # Markdown is not read there
    without_code = re.sub(r"`[^`\n]+`", "", shown.replace("\\`", ""))
    assert not re.search(r"@\w|(?<!&)#\d|(?<!\\)\]\(javascript", without_code)


def test_a_long_proposal_is_cut_and_says_where_the_rest_is(project: Project) -> None:
    body = "\n\n".join(f"## {n}. Part {n}\n\n{'Some words here. ' * 40}" for n in range(1, 200))
    propose(project, body=body)
    shown = report("--preview", "https://ci.example.com/7")
    assert len(shown) <= LIMIT
    assert shown.count("<details") == shown.count("</details>")
    assert "[the preview](https://ci.example.com/7), at " in shown
    assert "at `policies/privacy-policy/changes/2026-11-20.v1/`" in shown
    assert "### Findings" in shown
    assert len(report("--whole")) > LIMIT


def test_it_is_the_same_each_time(project: Project) -> None:
    propose(project, ("30 days", "14 days"), ("Rights", "Claims"))
    assert report() == report()


def test_translations_that_lag_behind_stand_beside_the_redline_of_the_original(
    project: Project,
) -> None:
    german = BODY.replace("Retention", "Aufbewahrung").replace("We keep logs", "Wir bewahren auf")
    front = {"title": "Datenschutz", "translates": "2026-01-05.v1"}
    project.git("switch", "--quiet", "main")
    project.post(f"de/{SLUG}", "2026-01-06.v1", german, **front)
    project.git("switch", "--quiet", "proposal")
    project.git("merge", "--quiet", "main")
    assert "### Translations" not in report()
    propose(project, ("30 days", "90 days"))
    comment = report()
    before, heading, rest = comment.partition("### Translations")
    assert heading
    assert "### Privacy Policy" in before
    assert "<b>Datenschutz</b> (/de/policies/privacy-policy/) lags behind in 1 section" in rest
    assert "Aufbewahrung” is as it was.** In the original:" in rest
    assert "<del>30</del><ins>90</ins>" in rest
    translated = {**front, "translates": "2026-11-20.v1", "summary": "Länger."}
    project.write(f"de/{SLUG}", "2026-11-20.v1", german.replace("30", "90"), **translated)
    assert "### Translations" not in report()


def test_a_shallow_clone_is_enough_to_say_what_changes(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.post(SLUG, "2026-11-20.v1", BODY.replace("30 days", "14 days"), summary="Shorter.")
    project.git("clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    (tmp_path / "clone" / "mkdocs.yml").write_text(f"{MKDOCS}copyright: Ours\n")
    arguments = ["report", "--base", "HEAD"]
    shown = CliRunner().invoke(main, [*arguments, "--no-findings"])
    assert shown.exit_code == 0
    assert "mkdocs.yml (changed)" in shown.output

    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 2
    assert "This is a shallow clone" in refused.output
