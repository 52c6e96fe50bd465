"""Whether work that a build would take for done comes from a checkout: then anybody wrote it."""

from __future__ import annotations

from pathlib import Path

from gazette.problems import Code, Problem
from gazette.record.git_texts import open_repository
from gazette.settings import Settings

FOLDERS = (".cache", "site/.gazette")
"""Where builds and previews keep what they made, in the folder of the project."""
HINT = "Take it out of git: git rm -r --cached {0} && rm -r {0}. Builds make it anew."


def tracked_cache(settings: Settings) -> list[Problem]:
    """Return a problem for each folder of the cache of which git keeps something.

    Without git nothing is reported. Raises HistoryError when git cannot open the repository.
    """
    repo = open_repository(settings.project)
    if repo is None:
        return []
    top = Path(str(repo.working_tree_dir)).resolve()
    start = settings.project.resolve().relative_to(top)
    problems = []
    for folder in FOLDERS:
        # Some machines take capital and small letters for the same name.
        pathspec = f":(top,icase){(start / folder).as_posix()}"
        if repo.git.ls_files("-z", "--", pathspec):
            message = (
                f"Git keeps {folder}: a build would take what anybody proposed there for its own "
                "work, and publish it."
            )
            hint = HINT.format(folder)
            problems.append(Problem(folder, 0, Code.TRACKED_CACHE, message, hint))
    return problems
