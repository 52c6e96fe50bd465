"""What every command begins with: the project it stands in, and the day it is."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from gazette.errors import PolicyError
from gazette.model import Policy
from gazette.record.policies import Register
from gazette.settings import Settings, read_settings

CONFIG = "mkdocs.yml"


def open_project() -> Settings:
    """Return the settings of the help center around the current folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return read_settings(folder / CONFIG)
    raise click.UsageError(
        f"There is no help center here: neither {here} nor a folder above it holds {CONFIG}."
    )


def slugs(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return the policies that begin with what was typed, for shells to complete."""
    try:
        folder = open_project().policies
    except (click.UsageError, PolicyError):
        return []
    return sorted(one.stem for one in folder.glob("*.md") if one.stem.startswith(incomplete))


def today() -> date:
    """Return the day it is in UTC, as builds count; SOURCE_DATE_EPOCH sets another one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, but has to be a number of seconds since 1970."
        ) from None


def chosen(register: Register, slug: str, folder: str = "docs/policies") -> Policy:
    """Return the policy named `slug`, also by its file or by a name it had before.

    Raises PolicyError when there is such a file but it cannot be read.
    """
    name = slug.replace("\\", "/").rpartition("/")[2].removesuffix(".md")
    for one in register.policies:
        if name in (one.slug, *one.former_slugs):
            return one
    wrong = [one for one in register.problems if one.path == f"{folder}/{name}.md"]
    if wrong:
        raise PolicyError(wrong)
    nearest = _nearest(name, [one.slug for one in register.policies])
    raise click.UsageError(f"There is no policy named {slug}. {nearest}")


def _nearest(name: str, known: Iterable[str]) -> str:
    known = list(known)
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known) or 'none yet'}."
