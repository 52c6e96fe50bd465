"""Replay the real edits of a git repository of Markdown texts through the rules of `check --base`.

usage: replay.py REPOSITORY [--versions N] [--show FILE]

Every text is compared with the one before it, as if someone proposed it. The dates that its labels
state, such as "Last updated" or "Effective", count as its version: texts state no other. Links to
other files are not followed, for only one text is looked at at a time.

Prints how many edits there are, how many change words under an unchanged date and how many of
these are found, and the findings of each rule; --show writes every finding to a file.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing import Pool
from pathlib import Path

from gazette.model import Metadata, Slug, VersionId, decoded
from gazette.problems import Code, Problem
from gazette.record.policy_files import PolicyFile
from gazette.review.check import findings
from gazette.review.policy_text import Edit, PolicyText
from gazette.review.review import Review
from gazette.settings import Settings
from gazette.text.frontmatter import body_of
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import Reader
from gazette.text.wording import Op
from gazette.text.written_days import DAY, days_of

LABEL = re.compile(
    r"\b(?:last\s+(?:updated?|modified|revised|changed|reviewed|amended)|effective(?:\s+date|\s+as\s+of|\s+from)?"
    r"|updated|revised|modified|published|posted|in\s+force|starting|version|date(?:\s+of\s+last\s+revision)?)"
    rf"(?:\s+(?:on|as\s+of|date|from|is|since))*[\s:*_(–—-]{{1,6}}(?:on\s+)?(?P<day>{DAY})",
    re.I,
)
SETTINGS = Settings(project=Path(), docs=Path("docs"), site_url="", support="", markdown=DEFAULT)
TODAY = date(2100, 1, 1)


@dataclass(frozen=True)
class Replayed:
    """What one edit came to."""

    path: str
    commit: str
    visible: bool
    dated: bool
    silent: bool
    problems: tuple[Problem, ...]


class Alone(Review):
    """A review that knows one text: every other path may stand."""

    def exists(self, path: str) -> bool:
        return True


def git(repository: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def sequences(repository: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the texts of each file along the first-parent line, as (commit, id of the text)."""
    log = ("--reverse", "--first-parent", "-m", "--no-renames", "--raw", "--no-abbrev", "-z")
    tokens = iter(
        git(repository, "log", *log, "--format=C %H").decode("utf-8", "replace").split("\0")
    )
    commit, by_path = "", dict[str, list[tuple[str, str]]]()
    for token in tokens:
        for line in token.split("\n"):
            if line.startswith("C "):
                commit = line[2:]
            elif line.startswith(":"):
                text, path = line.split()[3], next(tokens)
                if path.endswith(".md") and set(text) != {"0"}:
                    by_path.setdefault(path, []).append((commit, text))
    return {path: steps for path, steps in by_path.items() if len(steps) > 1}


def labels(body: str) -> tuple[str, ...]:
    """Return the days that the labels near both ends of a text state."""
    ends = body if len(body) < 6000 else f"{body[:4000]}\n{body[-2000:]}"
    return tuple(match["day"] for match in LABEL.finditer(re.sub(r"[*_]", "", ends)))


def version_after(before: VersionId | None, stated: tuple[str, ...], moved: bool) -> VersionId:
    days = [day for text in stated if len(read := days_of(text)) == 1 for day in read]
    newest = max(days, default=before.day if before else date(2000, 1, 1))
    if before and not moved:
        return before
    return VersionId(newest, before.number + 1 if before and newest == before.day else 1)


def policy_text(path: str, body: str, version: VersionId) -> PolicyText:
    slug = re.sub(r"[^a-z0-9]+", "-", path[:-3].lower()).strip("-")
    title = Path(path).stem if Path(path).stem != "index" else Path(path).parent.name
    metadata = Metadata(
        title=title.title(), version=version, updated=version.day, summary="As recorded."
    )
    front = f"---\ntitle: {title.title()}\nversion: {version}\nupdated: {version.day}\n"
    front += "summary: As recorded.\n---\n"
    file = PolicyFile(Slug(slug), path, Path(path), (front + body).encode(), metadata)
    return PolicyText(file, Reader())


def replay(task: tuple[Path, str, list[tuple[str, str]]]) -> list[Replayed]:
    """Replay the edits of one file."""
    repository, path, steps = task
    edits: list[Replayed] = []
    old: PolicyText | None = None
    version: VersionId | None = None
    stated: tuple[str, ...] = ()
    for commit, text in steps:
        body = body_of(decoded(git(repository, "cat-file", "blob", text)))
        now = labels(body)
        moved = now != stated
        version = version_after(version, now, moved)
        new = policy_text(path, body, version)
        if old and old.body != new.body:
            edits.append(_replayed(Edit(old, new), commit, dated=bool(now or stated), moved=moved))
        old, stated = new, now
    return edits


def _replayed(edit: Edit, commit: str, *, dated: bool, moved: bool) -> Replayed:
    slug = str(edit.new.slug)
    before = edit.old.metadata
    versions = {slug: [before.version] if before else []}
    review = Alone(
        SETTINGS, TODAY, {slug: edit.new}, [slug], {slug: edit}, versions, (), against_base=True
    )
    problems = [item for item in findings(review) if dated or item.code is not Code.SILENT_EDIT]
    visible = edit.changes_source and any(
        run.op is not Op.KEPT
        for section in edit.redline.sections
        for block in section.blocks
        for cell in block.cells
        for run in cell.runs
    )
    silent = visible and dated and not moved
    return Replayed(edit.new.path, commit, visible, dated, silent, tuple(problems))


def tasks(repository: Path, versions: int) -> Iterator[tuple[Path, str, list[tuple[str, str]]]]:
    by_path = sequences(repository)
    for path in sorted(by_path, key=lambda item: -len(by_path[item])):
        yield repository, path, by_path[path][-versions:]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repository", type=Path)
    parser.add_argument("--versions", type=int, default=10**9, help="at most so many of each file")
    parser.add_argument("--show", type=Path, help="write the findings here, one JSON record a line")
    options = parser.parse_args()
    start = time.monotonic()
    with Pool(2) as pool:
        work = list(tasks(options.repository, options.versions))
        edits = [item for some in pool.imap_unordered(replay, work, chunksize=1) for item in some]
    edits.sort(key=lambda item: (item.path, item.commit))
    report(edits, time.monotonic() - start)
    if options.show:
        options.show.write_text("".join(f"{json.dumps(row)}\n" for row in rows(edits)), "utf-8")


def report(edits: list[Replayed], seconds: float) -> None:
    """Print how many edits there are, and what was found."""
    visible = [item for item in edits if item.visible]
    dated = sum(item.dated for item in visible)
    silent = [item for item in edits if item.silent]
    reported = [item for item in edits if any(p.code is Code.SILENT_EDIT for p in item.problems)]
    caught = sum(item.silent for item in reported)
    print(f"{len(edits)} edits of {len({item.path for item in edits})} files in {seconds:.0f} s")
    print(f"{len(visible)} change words; {dated} of these texts state a date")
    print(f"{len(silent)} change words under an unchanged date; {caught} of these are found")
    for item in silent:
        if item not in reported:
            print(f"  missed: {item.path} at {item.commit}")
    print(f"{len(reported) - caught} more change links, formats or images under an unchanged date")
    _table(edits)


def _table(edits: list[Replayed]) -> None:
    problems = [problem for item in edits for problem in item.problems]
    distinct = Counter(code for code, *_ in {(p.code, p.path, p.message) for p in problems})
    print(f"{'rule':20} {'findings':>8} {'distinct':>8} {'edits':>6}")
    for code, count in Counter(problem.code for problem in problems).most_common():
        with_code = sum(any(p.code is code for p in item.problems) for item in edits)
        numbers = f"{count:8} {distinct[code]:8} {with_code:6}"
        print(f"{code.label:20} {numbers}   {code.review_severity.value}")


def rows(edits: list[Replayed]) -> Iterator[dict[str, object]]:
    """Yield every finding, with the commit it was found in."""
    for item in edits:
        for p in item.problems:
            place = {"path": p.path, "line": p.line, "column": p.column}
            messages = {"rule": p.code.label, "message": p.message, "hint": p.hint}
            yield {"commit": item.commit, **place, **messages}


if __name__ == "__main__":
    main()
