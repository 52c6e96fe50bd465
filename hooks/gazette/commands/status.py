"""`gazette status`: where every policy stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import click

from gazette.commands.project import open_project
from gazette.forms.findings import counts
from gazette.forms.sentences import counted
from gazette.model import Policy, Slug, Status, Version
from gazette.problems import printable
from gazette.record.git_texts import open_repository
from gazette.record.policies import Register
from gazette.record.unreleased import Unreleased, unreleased


@click.command()
def status() -> None:
    """Show every policy: its version, in force or upcoming, and what is not released yet.

    \b
    Examples:
      gazette status
    """
    project = open_project()
    edits = unreleased(project.register, project.settings.markdown)
    by_slug = {edit.policy.slug: edit for edit in edits}
    in_git = open_repository(project.settings.policies) is not None
    for line in _lines(project.register, by_slug, in_git=in_git):
        click.echo(line)
    if problems := project.findings():
        click.echo(f"\n{counts(problems)} Run gazette check.")


def _lines(register: Register, edits: Mapping[Slug, Unreleased], *, in_git: bool) -> Iterator[str]:
    slugs = [*register.illegible, *(policy.slug for policy in register.policies)]
    width = max(map(len, slugs), default=0)
    for policy in register.policies:
        edit = edits.get(policy.slug)
        yield f"{policy.slug:{width}}  {_released(policy, edit)}"
        if edit:
            yield f"{'':{width}}  {_edited(edit)}"
    for slug in register.illegible:
        yield f"{slug:{width}}  cannot be read: see what gazette check says"
    if not slugs:
        yield 'No policy stands here yet. Create one: gazette new "Privacy Policy"'
    if register.unarchived.files:
        yield "\nNot archived yet (a release or the next build does it):"
        yield from (f"  versions/{file.path}" for file in register.unarchived.files)
    if not in_git:
        yield (
            "\nThis project is not kept in git here: what was published, and whether it changed "
            "since, cannot be told."
        )


def _released(policy: Policy, edit: Unreleased | None) -> str:
    """Return the versions of a policy that are in force or upcoming; an edit is neither yet."""
    if policy.retired:
        return f"{policy.newest.id}  retired on {policy.retired}"
    versions = list(policy.versions)
    if edit and edit.stamped:
        versions.remove(edit.new)
    in_force = [version for version in versions if version.status is Status.IN_FORCE]
    upcoming = [version for version in versions if version.status is Status.UPCOMING]
    if edit and edit.stamped and edit.old and not in_force:
        in_force = [edit.old] if edit.old.status is not Status.UPCOMING else []
    lines = [f"{version.id}  in force since {version.metadata.effective}" for version in in_force]
    lines += [
        f"{version.id}  upcoming, applies from {version.metadata.effective}" for version in upcoming
    ]
    lines += _scheduled(versions)
    return "; ".join(lines) or "not released yet"


def _scheduled(versions: Iterable[Version]) -> Iterator[str]:
    """Yield a line for each version that readers do not see yet."""
    for version in versions:
        if version.status is Status.SCHEDULED:
            yield f"{version.id}  scheduled, readers see it from {version.id.day} on"


def _edited(edit: Unreleased) -> str:
    if edit.old is None:
        return f"new policy “{printable(edit.new.metadata.title)}”, version {edit.new.id}"
    if edit.stamped:
        return f"version {edit.new.id}, not published yet: {counted(edit.change)}"
    command = f"gazette release {edit.policy.slug}"
    return f"unreleased edits: {counted(edit.change)} (release them: {command})"
