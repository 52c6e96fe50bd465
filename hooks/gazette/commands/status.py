"""`gazette status`: where every policy stands."""

from __future__ import annotations

from collections.abc import Iterator

import click

from gazette.commands.project import open_project, today
from gazette.forms.redline_terminal import safe
from gazette.forms.sentences import counted
from gazette.model import Policy, Status
from gazette.record import policies
from gazette.record.policies import Register
from gazette.record.unreleased import Unreleased, unreleased


@click.command()
def status() -> None:
    """Show every policy: its version, in force or upcoming, and what is not released yet.

    \b
    Examples:
      gazette status
    """
    center = open_project()
    register = policies.gather(center, today())
    drafts = {one.policy.slug: one for one in unreleased(register, center.markdown)}
    for line in _lines(register, drafts):
        click.echo(line)


def _lines(register: Register, drafts: dict[str, Unreleased]) -> Iterator[str]:
    width = max((len(one.slug) for one in register.policies), default=0)
    for one in register.policies:
        draft = drafts.get(one.slug)
        yield f"{one.slug:{width}}  {_standing(one, draft)}"
        if draft:
            yield f"{'':{width}}  {_edits(draft)}"
    if not register.policies:
        yield 'No policy stands here yet. Begin one: gazette new "Privacy Policy"'
    yield from _unarchived(register)
    yield from _problems(register)


def _standing(policy: Policy, draft: Unreleased | None) -> str:
    if policy.retired:
        return f"{policy.newest.id}  retired on {policy.retired}"
    posted = [one for one in policy.versions if not (draft and draft.stamped and one is draft.new)]
    force = [one for one in posted if one.status is Status.IN_FORCE]
    coming = [one for one in posted if one.status is Status.UPCOMING]
    if not force and draft and draft.stamped:
        force = [draft.old] if draft.old and draft.old.status is not Status.UPCOMING else []
    said = [f"{one.id}  in force since {one.metadata.effective}" for one in force]
    said += [f"{one.id}  upcoming, applies from {one.metadata.effective}" for one in coming]
    return "; ".join(said) or "not released yet"


def _edits(draft: Unreleased) -> str:
    release = f"gazette release {draft.policy.slug}"
    if draft.old is None:
        return f"new policy “{safe(draft.new.metadata.title)}”, version {draft.new.id}"
    version = f" as {draft.new.id}" if draft.stamped else ""
    done = "released here, not proposed yet" if draft.stamped else f"release them: {release}"
    return f"unreleased edits{version}: {counted(draft.change)} ({done})"


def _unarchived(register: Register) -> Iterator[str]:
    if register.unarchived.files:
        yield ""
        yield "Not archived yet (a release or the next build does it):"
        yield from (f"  versions/{one.path}" for one in register.unarchived.files)


def _problems(register: Register) -> Iterator[str]:
    if register.problems:
        number = len(register.problems)
        yield ""
        yield f"{number} {'finding' if number == 1 else 'findings'}: gazette check tells them."
