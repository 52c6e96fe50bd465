"""The commits of the first-parent line: read once, then only from the last one seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import HistoryError
from gazette.model import BlobId
from gazette.record.file_history import ChangedFile, Commit
from gazette.record.git_texts import open_repository
from gazette.store import Store

if TYPE_CHECKING:
    from git import Repo

LOG = (
    *("--first-parent", "-m", "--root", "--raw", "--no-abbrev", "-z", "-M", "-l1000"),
    *("--no-color", "--no-ext-diff", "--no-show-signature", "--ignore-submodules"),
    "--format=%H %ct %cs%n%B",
)
STORE_KEY = "log of commits"
MAX_CLOCK_LAG = timedelta(hours=24)
PART = 2**16  # bytes of the log that are read at once


@dataclass(frozen=True)
class Line:
    """The first-parent line that ends at `head`; `cuts` are where a shallow clone ends.

    `head` is empty where nothing was committed yet.
    """

    repo: Repo
    head: str
    cuts: frozenset[str]

    @property
    def stamp(self) -> str:
        """What tells the line from every other: commits never change, cuts and grafts do."""
        return " ".join((self.head, *sorted(self.cuts)))


def line_of(repo: Repo) -> Line:
    """Return the line of HEAD; raises HistoryError when git will not read it."""
    import git

    try:
        head = str(repo.git.rev_parse("--verify", "HEAD^{commit}"))
    except git.GitCommandError as error:
        if not _is_empty(repo):
            raise HistoryError(_refusal(str(error.stderr), repo)) from error
        head = ""
    return Line(repo, head, shallow_cuts(repo))


def check_clock(folder: Path, now: datetime) -> None:
    """Raise HistoryError when the clock runs more than a day behind the newest commit.

    Versions that were published long ago would be taken for scheduled ones.
    """
    repo = open_repository(folder)
    line = line_of(repo) if repo else None
    if not line or not line.head:
        return
    newest = datetime.fromtimestamp(int(line.repo.git.log("-1", "--format=%ct", line.head)), UTC)
    if newest - now > MAX_CLOCK_LAG:
        raise HistoryError(
            f"The clock says {now:%Y-%m-%d %H:%M}, but the newest commit was made at "
            f"{newest:%Y-%m-%d %H:%M} (UTC): what is published could not be told from what is "
            "scheduled. Set the clock, or SOURCE_DATE_EPOCH."
        )


def is_rewired(repo: Repo) -> bool:
    """Tell whether replacements or grafts give commits other parents than they name."""
    folder = Path(repo.common_dir)
    packed = folder / "packed-refs"
    loose = (folder / "refs" / "replace").is_dir() or (folder / "info" / "grafts").is_file()
    return loose or bool(packed.is_file() and b" refs/replace/" in packed.read_bytes())


def commits(line: Line, store: Store, zone: tzinfo = UTC) -> Iterator[Commit]:
    """Yield the commits of a line, newest first; what the `store` holds of them is not read anew.

    Their days are those of a time `zone`.

    Raises HistoryError when git cannot tell.
    """
    stamp, _, before = (store.get(STORE_KEY) or b"").partition(b"\n")
    last, *cuts = stamp.decode().split() or [""]
    if stamp.decode() == line.stamp:
        return _parsed([before], line.cuts, zone)
    if last and cuts == sorted(line.cuts) and _goes_on(line, last):
        output = chain(read_log(line, f"{last}..{line.head}"), [b"\0", before])
    else:
        output = chain(read_log(line, line.head))
    return _parsed(_stored(store, line, output), line.cuts, zone)


def _stored(store: Store, line: Line, output: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the output of a log, and store it once it is complete."""
    kept = [line.stamp.encode(), b"\n"]
    for part in output:
        kept.append(part)
        yield part
    store[STORE_KEY] = b"".join(kept)


def _goes_on(line: Line, last: str) -> bool:
    """Tell whether the line leads back to the commit `last`: not after a rewriting or a switch."""
    import git

    try:
        since = line.repo.git.rev_list("--first-parent", "--parents", f"{last}..{line.head}")
    except git.GitCommandError:
        return False
    oldest = since.rpartition("\n")[2].split()
    return bool(oldest[1:2] == [last])


def read_log(line: Line, commits: str) -> Iterator[bytes]:
    """Yield the output of git as it comes: it is read while git works on."""
    import git

    if not line.head:
        return
    log = line.repo.git.log(*LOG, commits, "--", as_process=True)
    while part := log.stdout.read1(PART):
        yield part
    try:
        log.wait()
    except git.GitCommandError as error:
        raise HistoryError(_refusal(str(error.stderr), line.repo)) from error


def _is_empty(repo: Repo) -> bool:
    """Tell whether nothing was ever committed on the branch that is checked out."""
    import git

    try:
        return not repo.git.for_each_ref(repo.git.symbolic_ref("HEAD"))
    except git.GitCommandError:
        return False


def _refusal(stderr: str, repo: Repo) -> str:
    if "dubious ownership" in stderr:
        return (
            f"Git refuses to read {repo.working_tree_dir}, because another user owns the folder. "
            "If you trust it, run this once, then build again: "
            f"git config --global --add safe.directory {repo.working_tree_dir}"
        )
    reason = stderr.strip().removeprefix("stderr:").strip(" \n'")
    return f"Git cannot tell what was published. It says: {reason}"


def shallow_cuts(repo: Repo) -> frozenset[str]:
    """Return the commits whose parents a shallow clone left out."""
    shallow = Path(repo.common_dir) / "shallow"
    return frozenset(shallow.read_text("ascii").split()) if shallow.is_file() else frozenset()


def _tokens(output: Iterable[bytes]) -> Iterator[str]:
    """Yield what zero bytes divide; a name that is not UTF-8 stays a name, of a file nobody has."""
    rest = b""
    for part in output:
        whole, end, rest = (rest + part).rpartition(b"\0")
        if end:
            yield from whole.decode("utf-8", "backslashreplace").split("\0")
    yield rest.decode("utf-8", "backslashreplace")


def _parsed(output: Iterable[bytes], cuts: frozenset[str], zone: tzinfo) -> Iterator[Commit]:
    """Yield the commits of a raw log, newest first."""
    tokens = _tokens(output)
    head = ""
    files: list[ChangedFile] = []
    for token in tokens:
        if token.startswith((":", "\n:")):
            files.append(_changed_file(token.lstrip("\n:").split(" "), tokens))
            continue
        if head:
            yield _commit(head, cuts, zone, files)
        head, files = token.lstrip("\n"), []
    if head:
        yield _commit(head, cuts, zone, files)


def _commit(head: str, cuts: frozenset[str], zone: tzinfo, files: Sequence[ChangedFile]) -> Commit:
    first_line, _, message = head.partition("\n")
    name, seconds, text = first_line.split()
    day = datetime.fromtimestamp(int(seconds), zone).date()
    return Commit(name, day, date.fromisoformat(text), message.strip(), name in cuts, files)


def _changed_file(fields: Sequence[str], paths: Iterator[str]) -> ChangedFile:
    """Read one changed file; what is no plain file (a link, a submodule) counts as absent."""
    old_mode, new_mode, old_blob, new_blob, kind = fields
    old = next(paths)
    new = next(paths) if kind[0] == "R" else old
    return ChangedFile(
        old if old_mode.startswith("100") else None,
        new if new_mode.startswith("100") else None,
        BlobId(old_blob),
        BlobId(new_blob),
    )
