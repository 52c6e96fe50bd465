"""A real company's policies, brought in with their history by one command, and built."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from pathlib import Path

import pytest

from bench.brought_in import SOURCE
from commands import build, copy_project, git, run
from gazette.text.document import Document
from gazette.text.frontmatter import body_of
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import read_document

POLICIES, VERSIONS, FOLDED = 33, 300, 15
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
"""What a program fills in on the old site: the command names it and leaves it out."""
LOST_IMAGE = re.compile(r'<img alt="([^"]*)"[^>]*? src=""[^>]*>')
LINK_OF_A_TAG = re.compile(r"\[([^\]]*)\]\(\{\{.*?\}\}\)")
LINK_WARNING = re.compile(r"Doc file '[^']*' contains (?:a|an) (?:absolute )?link")
IMPORT = "from gazette.commands.import_policies import import_policies; import_policies()"

pytestmark = pytest.mark.xdist_group("company")


@pytest.fixture(scope="module")
def source(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    bundle = corpus / "history/37signals-policies.bundle"
    done = run(["git", "clone", "-q", str(bundle), "policies"], folder)
    assert done.returncode == 0, done.stderr
    return folder / "policies"


@pytest.fixture(scope="module")
def imported(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The project with the history instead of the samples, and what the command said."""
    project = copy_project(tmp_path_factory.mktemp("imported") / "project")
    samples = [*project.glob("docs/policies/*.md"), *project.glob("versions/*/*")]
    for file in [*samples, project / "versions/SHA256SUMS", project / "versions/COMPLETE"]:
        file.unlink()
    shutil.rmtree(project / ".git")
    start = time.perf_counter()
    done = run([sys.executable, "-c", IMPORT, str(source), "--git"], project)
    print(f"{time.perf_counter() - start:.1f} s to import")
    assert done.returncode == 0, done.stderr
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Bring in our policies")
    return project, done.stdout


def test_figures(imported: tuple[Path, str]) -> None:
    project, printed = imported
    assert f"{POLICIES} policies (8 retired), {VERSIONS} versions;" in printed
    assert f"folded away: {FOLDED}\n" in printed
    assert "({{ site.email_support }})”. A program fills in its address on the old" in printed
    assert len(list(project.glob("docs/policies/*.md"))) == POLICIES - 8
    assert len(list(project.glob("versions/*/*.md"))) == VERSIONS - (POLICIES - 8)
    for sums in sorted(project.glob("versions/*/SHA256SUMS")):
        check = run(["sha256sum", "--check", "--strict", "--quiet", sums.name], sums.parent)
        assert check.returncode == 0, check.stdout


def test_every_version_shows_what_its_commit_showed(
    imported: tuple[Path, str], source: Path
) -> None:
    project, _ = imported
    files = [*project.glob("docs/policies/*.md"), *project.glob("versions/*/*.md")]
    for file in files:
        text = file.read_text("utf-8")
        note = SOURCE.search(text)
        assert note, file
        shown = words(read_document(body_of(text), DEFAULT))
        original = git(source, "show", f"{note['id']}:{note['path']}")
        if "{% for" in original:
            continue  # what a loop makes of its lines on the old site is not known
        plain = TAG.sub("", LINK_OF_A_TAG.sub(r"\1", body_of(original)))
        plain = LOST_IMAGE.sub(r"\1", plain)
        expected = words(read_document(plain, DEFAULT))
        title = re.search(r'^title: "?(.*?)"?$', text, re.M)
        assert title
        heading = words(read_document(f"# {title[1]}"))
        assert expected in (shown, heading + shown), file


def words(document: Document) -> list[str]:
    blocks = (block.text for section in document.sections for block in section.blocks)
    return [word for text in blocks for word in text.split()]


def test_strict_build_reports_only_links_that_the_texts_break(imported: tuple[Path, str]) -> None:
    project, _ = imported
    start = time.perf_counter()
    lines = build(project).stderr.splitlines()
    print(f"{time.perf_counter() - start:.1f} s to build")
    printed = [
        line for line in lines if line.startswith(("WARNING", "ERROR")) or "Traceback" in line
    ]
    assert [line for line in printed if not LINK_WARNING.search(line)] == []
    note = [json.loads(file.read_text()) for file in project.glob("site/policies/*/versions.json")]
    assert (len(note), sum(len(record["versions"]) for record in note)) == (POLICIES, VERSIONS)
