"""What every command begins with: the project around the current folder, and the day it is."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import click

from gazette.errors import PolicyError
from gazette.host_config import read_settings
from gazette.model import Policy
from gazette.problems import Problem
from gazette.record import policies
from gazette.record.base_commit import published_branch
from gazette.record.placing import finish_placing
from gazette.record.policies import Register
from gazette.settings import CONFIG, Settings
from gazette.text.markdown_settings import DEFAULT
from gazette.text.slugs import is_slug, original_of


@dataclass(frozen=True)
class Project:
    """A help center as a command sees it: its settings, the day it is, its policies."""

    settings: Settings
    today: date
    stated_base: str | None = None

    @cached_property
    def base(self) -> str | None:
        """What everything is compared with: as stated, or the published branch of a proposal.

        None where what is checked out is the published branch itself.
        """
        if self.stated_base is None:
            return published_branch(self.settings)
        return self.stated_base

    @cached_property
    def register(self) -> Register:
        """Every policy with its versions, gathered when it is first asked for."""
        return policies.gather(self.settings, self.today, base_name=self.base)

    def findings(self) -> list[Problem]:
        """Return all that is wrong: the one verdict that every command gives."""
        from gazette.commands.verdict import findings, review_of  # few commands load all of it

        try:
            return findings(review_of(self))
        except PolicyError as error:
            return list(error.problems)

    def policy(self, name: str) -> Policy:
        """Return the policy of this slug, file name or former slug.

        Raises PolicyError when there is such a file but it cannot be read, UsageError when there
        is none.
        """
        path = name.replace("\\", "/").removesuffix(".md")
        path = path.rpartition("policies/")[2]
        slug = path if is_slug(path) else original_of(path)
        for policy in self.register.policies:
            if slug in (policy.slug, *policy.former_slugs):
                return policy
        path = self.settings.relative(self.settings.policies / f"{slug}.md")
        if problems := [problem for problem in self.register.problems if problem.path == path]:
            raise PolicyError(problems)
        slugs = [policy.slug for policy in self.register.policies]
        nearest = difflib.get_close_matches(slug, slugs, n=1)
        hint = f"There are: {', '.join(slugs) or 'none yet'}."
        if nearest:
            hint = f"Did you mean {nearest[0]}?"
        raise click.UsageError(f"There is no policy named {name}. {hint}")


def open_project(base: str | None = None) -> Project:
    """Return the help center around the current folder, compared with `base`, if that is stated.

    Runs the code that its settings name. What a killed import had ready is put in place first.
    """
    settings = read_settings(config_file())
    if finish_placing(settings.project):
        message = "An import that was interrupted is brought to its end."
        click.echo(f"{message} Files that were changed since stay as they are.", err=True)
    return Project(settings, settings.day_of(now()), base)


def open_without_code(base: str | None = None) -> Project:
    """Return the help center around the current folder with default settings.

    Its `mkdocs.yml` is not read, so none of the code that it names runs.
    """
    folder = config_file().parent
    settings = Settings(
        project=folder,
        docs=folder / "docs",
        site_url="",
        support="",
        markdown=DEFAULT,
    )
    return Project(settings, settings.day_of(now()), base)


def config_file() -> Path:
    """Return the `mkdocs.yml` of the current folder or the nearest one above it."""
    current = Path.cwd()
    for folder in (current, *current.parents):
        if (folder / CONFIG).is_file():
            return folder / CONFIG
    raise click.UsageError(
        f"There is no help center here: neither {current} nor a folder above it holds {CONFIG}."
    )


def complete_slug(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return the policies in `docs/` that begin with what was typed, for shells to complete."""
    try:
        folder = config_file().parent / "docs" / "policies"
    except click.UsageError:
        return []
    slugs = (file.relative_to(folder).as_posix()[:-3] for file in folder.rglob("*.md"))
    return sorted(slug for slug in slugs if is_slug(slug) and slug.startswith(incomplete))


def now() -> datetime:
    """Return the moment it is, as builds count; SOURCE_DATE_EPOCH sets another one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, but has to be a number of seconds since 1970."
        ) from None
