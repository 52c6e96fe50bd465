"""Where the pages about rules are read."""

from __future__ import annotations

from gazette.problems import Code

FOLDER = "hooks/gazette/rules"


def page_path(code: Code) -> str:
    """Return the path of the page about a rule, relative to the engine's project."""
    return f"{FOLDER}/{code.label}.md"


def page_address(code: Code, repository: str) -> str:
    """Return the page's address in the `repository` on the web; the command that shows it if empty.

    Only the repository of the engine holds the pages: other projects have them in its package.
    """
    if not repository:
        return f"gazette explain {code.label}"
    files = "/-/blob/HEAD/" if "gitlab" in repository else "/blob/HEAD/"
    return repository.rstrip("/") + files + page_path(code)
