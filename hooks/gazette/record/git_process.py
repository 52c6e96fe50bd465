"""How git is started: it reads what lies in one repository, asks no other host, runs no program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import HistoryError

if TYPE_CHECKING:
    from git import Repo

ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # no protocol is called so: nothing is ever fetched
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "0",  # or else no pathspec is read as it is written here
    "GIT_GLOB_PATHSPECS": "0",
    "GIT_NOGLOB_PATHSPECS": "0",
    "GIT_ICASE_PATHSPECS": "0",
}
NOTHING = "/dev/null"
OPTIONS = (
    f"core.hooksPath={NOTHING}",
    "core.fsmonitor=false",
    "core.sshCommand=false",
    "core.alternateRefsCommand=false",
    f"core.attributesFile={NOTHING}",
    "log.showSignature=false",
    "log.mailmap=false",
    f"mailmap.file={NOTHING}",
    "safe.bareRepository=explicit",
)
"""What a repository may set that has git run a program, or read a file outside, while it reads."""
PARTIAL = re.compile(rb"^[ \t]*(?:\[[^]\n]*\][ \t]*)*(?:partialclone|promisor)\b", re.I | re.M)


def open_hardened(folder: Path, options: tuple[str, ...] = ()) -> Repo:
    """Return the repository around `folder`; each git it starts runs with limits and `options`.

    Raises the errors of GitPython, and HistoryError when the repository is a partial clone.
    """
    import git

    repo = git.Repo(folder, search_parent_directories=True, expand_vars=False)
    repo.git.update_environment(**ENVIRONMENT)
    repo.git.set_persistent_git_options(c=[*OPTIONS, *options], no_pager=True)
    config = Path(repo.common_dir) / "config"
    if config.is_file() and PARTIAL.search(config.read_bytes()):
        raise HistoryError(
            f"{folder} is in a partial clone: git left out texts when it was cloned, and nothing "
            "is fetched from elsewhere while policies are read. Clone it whole: git clone ADDRESS, "
            "without --filter."
        )
    return repo
