"""The sites that are measured, each in a folder that later runs find again.

project   a help project whose policies were committed version by version
bare     the same texts in force, with an empty archive and a history of one commit
half     the project with the newer half of the versions of each policy
plain    every version of every policy as an ordinary page of MkDocs and Material
present  the texts in force as plain MkDocs and Material would have them
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bench import generated, histories
from bench.histories import Text
from bench.measure import seconds
from commands import FIXED, PROJECT, copy_project, git, left_out

START, WARM = "refs/tags/bench-start", "refs/tags/bench-warm"
SIZES = ("small", "company", "large", "huge", "wide")
BUNDLES = {
    "company": ("37signals-policies.bundle",),
    "large": ("platform-terms.bundle", "--versions", "20"),
    "huge": ("platform-terms.bundle",),
}
SPARE = 30 * 2**30
"""So many bytes of the disk are left free."""
TODAY = datetime.fromtimestamp(int(FIXED["SOURCE_DATE_EPOCH"]), UTC).date().isoformat()
TYPED = re.compile(rb"\n+Sentence \d+ of an update\.\n\Z")


def make_center(folder: Path, size: str, corpus: Path | None) -> Path:
    """Make the project of this size, from a real history where there is one.

    One that stands in `folder` already is taken as it is.
    """
    project = folder / "center"
    if not project.exists():
        scratch = empty(folder / "scratch")
        if corpus and size in BUNDLES:
            _from_corpus(scratch, corpus, *BUNDLES[size])
        else:
            make_from(scratch / "out", generated.history(generated.SHAPES[size]))
        git(scratch / "out", "update-ref", START, "HEAD")
        (scratch / "out").rename(project)
        shutil.rmtree(scratch)
    return project


def make_from(project: Path, texts: Iterable[Text]) -> Path:
    """Make a project in which `texts` were committed one after the other."""
    shutil.copytree(PROJECT, empty(project), ignore=left_out(PROJECT), dirs_exist_ok=True)
    empty(project / "docs/policies")
    empty(project / "versions")
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Start")
    histories.commit(project, texts)
    git(project, "update-ref", START, "HEAD")
    return project


def make_bare(folder: Path, project: Path) -> Path:
    """Make the site with the same texts in force and nothing before them."""
    bare = empty(folder / "bare")
    reset(project)
    shutil.copytree(project, bare, ignore=left_out(project), dirs_exist_ok=True)
    git(bare, "init", "-q", "-b", "main")
    git(bare, "add", "-A")
    git(bare, "commit", "-q", "-m", "Start")
    return bare


def make_plain(folder: Path, texts: Iterable[Text]) -> Path:
    """Make the plain site with a page for each of `texts`, in no navigation and no search."""
    plain = empty(folder / "plain")
    write_config(plain, not_in_nav="/policies/")
    for text in texts:
        page = plain / "docs/policies" / text.slug / f"{text.version}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(text.data.replace(b"---\n", b"---\nsearch:\n  exclude: true\n", 1))
    return plain


def make_present(folder: Path, project: Path) -> Path:
    """Make the plain site of the texts in force, in its navigation and its search."""
    present = empty(folder / "present")
    write_config(present)
    shutil.copytree(project / "docs/policies", present / "docs/policies")
    return present


def write_config(folder: Path, **more: object) -> None:
    """Begin a plain site: settings like this project's, without hooks, overrides, their styles."""
    config = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    for key in ("hooks", "extra_css", "extra", "validation"):
        config.pop(key, None)
    del config["theme"]["custom_dir"]
    ignored = dict.fromkeys(("not_found", "absolute_links", "unrecognized_links"), "ignore")
    config |= {"validation": {"links": ignored, "nav": {"omitted_files": "ignore"}}, **more}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    shutil.copytree(PROJECT / "docs/assets", folder / "docs/assets")
    (folder / "docs/index.md").write_text("# Help Center\n", "utf-8")


def reset(project: Path) -> None:
    """Make a project as cold as it can be: no cache, no site, and nothing in `versions/` yet.

    The code is then that of this project as it stands, whatever the project was made with.
    """
    set_aside(project, "site", ".cache", "versions")
    git(project, "reset", "-q", "--hard", START)
    git(project, "clean", "-q", "-ffdx", "--exclude=__pycache__")
    refresh(project)


def set_aside(folder: Path, *names: str) -> None:
    """Take these folders out of a site, to be deleted when nothing is measured any more.

    A file system may be slow where many files were just deleted: ext4 leaves their places alone for
    a minute, and looks for others at every new file.
    """
    aside = folder.parent / "aside"
    if aside.exists() and shutil.disk_usage(aside).free < SPARE:
        shutil.rmtree(aside)
        time.sleep(70)
    aside.mkdir(exist_ok=True)
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(Path(tempfile.mkdtemp(dir=aside)) / name)


def clear(folder: Path) -> None:
    """Delete what was set aside below `folder`."""
    for aside in folder.rglob("aside"):
        shutil.rmtree(aside)


def go_to(project: Path, revision: str) -> None:
    """Have the policies as of another commit; what was built and archived stays."""
    git(project, "reset", "-q", "--hard", revision)
    refresh(project)


def refresh(project: Path) -> None:
    """Bring all but the policies and their record to what this project has."""
    shutil.copytree(
        PROJECT / "hooks", project / "hooks", ignore=left_out(PROJECT), dirs_exist_ok=True
    )
    shutil.copy2(PROJECT / "mkdocs.yml", project)
    ignored = shutil.ignore_patterns("policies")
    shutil.copytree(PROJECT / "docs", project / "docs", ignore=ignored, dirs_exist_ok=True)


def settle(project: Path) -> None:
    """Commit what a build archived, as the workflow that publishes does."""
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Archive")
    git(project, "update-ref", WARM, "HEAD")


def restore(project: Path) -> None:
    """Take back all updates since the project was settled; cache and site stay."""
    git(project, "reset", "-q", "--hard", WARM)
    git(project, "clean", "-q", "-ffd")


def publish(project: Path, number: int) -> None:
    """Commit the next version of the policy with the longest record, one sentence changed."""
    file = longest_record(project)
    type_into(file, number, sentence(number))
    git(project, "commit", "-q", "-m", f"Update {number}", "--", str(file))


def sentence(number: int) -> str:
    """Return what the update of this number says."""
    return f"Sentence {number} of an update."


def type_into(file: Path, release: int, words: str) -> None:
    """Write `words` at the end of a policy, in place of what was typed before, as of today."""
    data = TYPED.sub(b"", file.read_bytes())
    for key, value in (("version", f"{TODAY}.v{release}"), ("updated", TODAY)):
        line = f"{key}: {value}".encode()
        data = re.sub(rb"(?m)^%s: .*$" % key.encode(), line, data, count=1)
    file.write_bytes(data.rstrip() + f"\n\n{words}\n".encode())


def longest_record(project: Path) -> Path:
    """Return the policy with the most archived versions: the one that costs most to update."""
    counts = {
        file: len(list((project / "versions" / file.stem).glob("*.md")))
        for file in sorted(project.glob("docs/policies/*.md"))
    }
    return max(counts, key=counts.__getitem__)


def empty(folder: Path) -> Path:
    """Return `folder` without anything in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _from_corpus(folder: Path, corpus: Path, bundle: str, *options: str) -> None:
    git(folder, "clone", "-q", str(corpus / "history" / bundle), "source")
    copy_project(folder / "project")
    tool = corpus.parent / "tools/history_site.py"
    seconds([sys.executable, str(tool), "source", "project", "out", *options], folder)
