"""What the project held where a proposal began: its files by the name of a branch or commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import HistoryError
from gazette.model import BlobId, Slug
from gazette.record.file_history import slug_of
from gazette.record.git_texts import GitTexts, open_repository
from gazette.settings import Settings

if TYPE_CHECKING:
    from git import Repo


@dataclass(frozen=True)
class BaseCommit:
    """The files of a `commit`: ids by path, relative to the project, and the policies by slug."""

    commit: str
    ids: Mapping[str, BlobId]
    policies: Mapping[Slug, str]
    texts: GitTexts

    def read(self, path: str) -> bytes:
        """Return the exact bytes of a file."""
        return self.texts.read(self.ids[path])


def read_base_commit(settings: Settings, name: str) -> BaseCommit:
    """Read what stood in `docs/` and `versions/` where HEAD parted from `name`.

    Raises HistoryError when there is no repository, or no such branch, tag or commit in it.
    """
    if not name:
        raise HistoryError("The base is empty. Name a branch, tag or commit, like origin/main.")
    repo = open_repository(settings.policies)
    if repo is None:
        raise HistoryError("This project is not kept in git: there is no base to compare with.")
    commit = _parting(repo, name)
    top = Path(str(repo.working_tree_dir)).resolve()
    project = settings.project.resolve().relative_to(top).as_posix()
    start = "" if project == "." else f"{project}/"
    folders = [f"{settings.relative(path)}/" for path in (settings.docs, settings.versions)]
    listing = repo.git.ls_tree(
        *("-r", "-z", "--full-tree", commit, "--"),
        *(f"{start}{folder}" for folder in folders),
        strip_newline_in_stdout=False,
    )
    ids = dict(_files(listing, start))
    policies = f"{settings.relative(settings.policies)}/"
    slugs = {slug: path for path in ids if (slug := slug_of(path, policies))}
    return BaseCommit(commit, ids, slugs, GitTexts(str(top)))


def _parting(repo: Repo, name: str) -> str:
    """Return the newest commit that HEAD and `name` have in common; that of `name` without one."""
    import git

    try:
        commit = str(
            repo.git.rev_parse("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        )
    except git.GitCommandError:
        raise HistoryError(
            f"Git knows no branch, tag or commit {name}. Fetch it first: git fetch origin"
        ) from None
    try:
        return str(repo.git.merge_base(commit, "HEAD")) or commit
    except git.GitCommandError:
        return commit


def _files(listing: str, start: str) -> Iterator[tuple[str, BlobId]]:
    """Yield the path and the id of each plain file that `git ls-tree` lists."""
    for entry in filter(None, listing.split("\0")):
        columns, _, path = entry.partition("\t")
        mode, _, blob_id = columns.split()
        if mode.startswith("100"):  # a plain file, no link and no submodule
            yield path.removeprefix(start), BlobId(blob_id)
