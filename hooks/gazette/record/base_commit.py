"""What the project held where a proposal began: its files by the name of a branch or commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import HistoryError
from gazette.model import BlobId, Slug, VersionId, decoded
from gazette.record.archive import text_path
from gazette.record.git_texts import GitTexts, open_repository, required_repository
from gazette.settings import Settings
from gazette.text.frontmatter import stated_version
from gazette.text.slugs import slug_below

if TYPE_CHECKING:
    from git import Repo

REMOTE = "refs/remotes/origin/"
PUBLISHED = (f"{REMOTE}main", f"{REMOTE}master", "refs/heads/main", "refs/heads/master")
"""What the published branch is called where a clone does not say it, the likeliest first."""


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

    def holds(self, slugs: Iterable[Slug], version: VersionId) -> bool:
        """Tell whether a version of a policy, under any of its slugs, is current or archived."""
        for slug in slugs:
            path = self.policies.get(slug)
            if path and stated_version(decoded(self.read(path))) == version:
                return True
            if f"versions/{text_path(slug, version)}" in self.ids:
                return True
        return False


def published_branch(settings: Settings) -> str | None:
    """Return the published branch, where what is checked out is a proposal to it.

    It is one where another branch, or none, is checked out and holds commits that the published
    one does not: no reader has seen them. None where git cannot tell.
    """
    repo = open_repository(settings.policies)
    if repo is None:
        return None
    import git  # not before: a machine may have no git

    refs = repo.git.for_each_ref(
        "--format=%(refname) %(symref)", f"{REMOTE}HEAD", *PUBLISHED
    ).splitlines()
    targets = dict(ref.split(" ") for ref in refs)
    names = [targets.pop(f"{REMOTE}HEAD", ""), *PUBLISHED]
    published = next((name for name in names if name in targets), "")
    branch = published.removeprefix(REMOTE).removeprefix("refs/heads/")
    head = Path(repo.git_dir) / "HEAD"
    if not published or head.read_text("utf-8").strip() == f"ref: refs/heads/{branch}":
        return None
    try:
        parting = repo.git.merge_base(published, "HEAD")
        return published if parting != repo.git.rev_parse("HEAD") else None
    except git.GitCommandError:  # nothing is committed yet, or a shallow clone cuts the way
        return None


def read_base_commit(settings: Settings, name: str) -> BaseCommit:
    """Read what stood in `docs/` and `versions/` where HEAD parted from `name`.

    Raises HistoryError when there is no repository, or no such branch, tag or commit in it.
    """
    if not name:
        raise HistoryError("The base is empty. Name a branch, tag or commit, like origin/main.")
    repo = required_repository(settings.policies)
    commit = _parting(repo, name)
    top = Path(str(repo.working_tree_dir)).resolve()
    project = settings.project.resolve().relative_to(top).as_posix()
    start = "" if project == "." else f"{project}/"
    folders = [f"{settings.relative(path)}/" for path in (settings.docs, settings.versions)]
    listing = repo.git.ls_tree(
        *("-r", "-z", "--full-tree", commit, "--"),
        *(f"{start}{folder}" for folder in folders),
        strip_newline_in_stdout=False,
        stdout_as_string=False,
    )
    ids = dict(_files(listing.decode("utf-8", "backslashreplace"), start))
    policies = f"{settings.relative(settings.policies)}/"
    slugs = {slug: path for path in ids if (slug := slug_below(path, policies))}
    return BaseCommit(commit, ids, slugs, GitTexts(str(top)))


def read_last_commit(settings: Settings) -> BaseCommit | None:
    """Read what stood there when it was committed last; None without git or a commit."""
    repo = open_repository(settings.policies)
    return read_base_commit(settings, "HEAD") if repo and repo.head.is_valid() else None


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
