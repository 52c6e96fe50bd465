"""Where the page about a rule stands."""

from __future__ import annotations

from gazette.problems import Code

FOLDER = "hooks/gazette/rules"


def path_of(code: Code) -> str:
    """Return the path of the page, relative to the project."""
    return f"{FOLDER}/{code.label}.md"


def page_of(code: Code, repository: str) -> str:
    """Return the address of the page in the `repository` on the web, its path without one."""
    path = path_of(code)
    if not repository:
        return path
    between = "/-/blob/HEAD/" if "gitlab" in repository else "/blob/HEAD/"
    return repository.rstrip("/") + between + path
