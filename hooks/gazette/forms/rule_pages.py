"""Addresses of the pages about rules."""

from __future__ import annotations

from gazette.problems import Code

FOLDER = "hooks/gazette/rules"


def page_path(code: Code) -> str:
    """Return the path of the page about a rule, relative to the project."""
    return f"{FOLDER}/{code.label}.md"


def page_address(code: Code, repository: str) -> str:
    """Return the page's address in the `repository` on the web, or its path when that is empty."""
    if not repository:
        return page_path(code)
    files = "/-/blob/HEAD/" if "gitlab" in repository else "/blob/HEAD/"
    return repository.rstrip("/") + files + page_path(code)
