"""`gazette log`: the versions of a policy, or the life of one of its sections."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from gazette.authoring.section_history import SectionEvent, section_history
from gazette.commands.output import has_colour, page
from gazette.commands.project import chosen, open_project, slugs, today
from gazette.forms import redline_terminal
from gazette.forms.redline_terminal import safe
from gazette.forms.sentences import counted, fates, named
from gazette.model import Change, Policy, Status, Version
from gazette.record import policies
from gazette.text.document import read_document
from gazette.text.frontmatter import body_of
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.redline import redline

WIDTH = 96


@click.command()
@click.argument("slug", shell_complete=slugs)
@click.option("--section", metavar="SECTION", help="Its number, its heading or its anchor.")
@click.option("--newest", type=click.IntRange(1), metavar="N", help="Only the newest N versions.")
def log(slug: str, section: str | None, newest: int | None) -> None:
    """List the versions of the policy SLUG, newest first.

    With --section, tell the life of one section instead, with its wording at each change: through
    new headings and numbers, moves, splits and mergers.

    \b
    Examples:
      gazette log privacy-policy
      gazette log privacy-policy --newest 5
      gazette log privacy-policy --section 7
      gazette log privacy-policy --section "Retention Period"
    """
    center = open_project()
    policy = chosen(policies.gather(center, today()), slug)
    lines = (
        _life(policy, section, center.markdown)
        if section
        else _versions(policy, newest, center.markdown)
    )
    page("\n".join(lines) + "\n")


def _versions(policy: Policy, newest: int | None, markdown: MarkdownSettings) -> Iterator[str]:
    number = len(policy.versions)
    yield f"{safe(policy.title)}: {number} {'version' if number == 1 else 'versions'}, newest first"
    for version in policy.versions[::-1][:newest]:
        yield ""
        yield f"{version.id}  {_status(version)}{_dates(version)}"
        if version.metadata.summary:
            yield from _wrapped(version.metadata.summary)
        before = policy.predecessor(version)
        yield from _wrapped(_counts(before, version, markdown) if before else "First version.")


def _status(version: Version) -> str:
    editorial = version.metadata.change is Change.EDITORIAL
    return version.status.value + (", editorial" if editorial else "")


def _dates(version: Version) -> str:
    effective = version.metadata.effective
    if effective == version.metadata.updated:
        return ""
    verb = "applies" if version.status is Status.UPCOMING else "effective"
    return f", {verb} from {effective}"


def _counts(old: Version, new: Version, markdown: MarkdownSettings) -> str:
    before, after = (read_document(body_of(one.text), markdown) for one in (old, new))
    said = counted(redline(before, after))
    return f"{said[0].upper()}{said[1:]}."


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(safe(text), WIDTH, initial_indent="  ", subsequent_indent="  ")


def _life(policy: Policy, section: str, markdown: MarkdownSettings) -> Iterator[str]:
    events = section_history(policy, section, markdown)
    yield f"{safe(named(events[0].section))}, of {safe(policy.title)}, newest change first"
    for event in events:
        yield ""
        yield f"{event.version.id}  {safe(_what(event))}"
        yield from _wording(event)


def _what(event: SectionEvent) -> str:
    if event.change is None:
        return "restored" if event.restored else "first wording"
    phrases = fates(event.change)
    status = event.change.status.value
    return ", ".join(phrases if status in ("removed", "unchanged") else [status, *phrases])


def _wording(event: SectionEvent) -> Iterator[str]:
    if event.change:
        yield from redline_terminal.section_lines(event.change, has_colour())
        return
    for block in event.section.blocks:
        yield from _wrapped(block.text)
