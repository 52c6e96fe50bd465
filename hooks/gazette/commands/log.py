"""`gazette log`: the versions of a policy, or the history of one of its sections."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from gazette.authoring.section_history import SectionEvent, section_history
from gazette.commands.output import has_colour, page, plural, width
from gazette.commands.project import complete_slug, open_project
from gazette.forms import redline_terminal
from gazette.forms.redline_terminal import safe
from gazette.forms.sentences import counted, fates, named
from gazette.model import Change, Policy, Status, Version
from gazette.text.comparison import compare_versions
from gazette.text.markdown_settings import MarkdownSettings


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.option("--section", metavar="SECTION", help="Its number, its heading, its anchor or its ID.")
@click.option("--newest", type=click.IntRange(1), metavar="N", help="Only the newest N versions.")
def log(slug: str, section: str | None, newest: int | None) -> None:
    """List the versions of the policy SLUG, newest first.

    With --section, list what happened to one section instead, with its wording at each change:
    through new headings and numbers, moves, splits and mergers.

    \b
    Examples:
      gazette log privacy-policy
      gazette log privacy-policy --newest 5
      gazette log privacy-policy --section 7
      gazette log privacy-policy --section "Retention Period"
    """
    project = open_project()
    policy, markdown = project.policy(slug), project.settings.markdown
    if section:
        lines = _section_lines(policy, section, markdown)
    else:
        lines = _version_lines(policy, newest, markdown)
    page("\n".join(lines) + "\n")


def _version_lines(policy: Policy, newest: int | None, markdown: MarkdownSettings) -> Iterator[str]:
    versions = plural(len(policy.versions), "version", "versions")
    yield f"{safe(policy.title)}: {versions}, newest first"
    for version in policy.versions[::-1][:newest]:
        yield f"\n{version.id}  {_status(version)}"
        if version.metadata.summary:
            yield from _wrapped(version.metadata.summary)
        old = policy.predecessor(version)
        yield from _wrapped(_counts(policy, old, version, markdown) if old else "First version.")


def _status(version: Version) -> str:
    status, metadata = version.status.value, version.metadata
    if metadata.change is Change.EDITORIAL:
        status += ", editorial"
    if metadata.effective != metadata.updated:
        verb = "applies" if version.status is Status.UPCOMING else "effective"
        status += f", {verb} from {metadata.effective}"
    return status


def _counts(policy: Policy, old: Version, new: Version, markdown: MarkdownSettings) -> str:
    counts = counted(compare_versions(policy, old, new, markdown))
    return f"{counts[0].upper()}{counts[1:]}."


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(safe(text), width(), initial_indent="  ", subsequent_indent="  ")


def _section_lines(policy: Policy, section: str, markdown: MarkdownSettings) -> Iterator[str]:
    identity, events = section_history(policy, section, markdown)
    yield f"{safe(named(events[0].section))}, of {safe(policy.title)}, newest change first"
    yield f"ID for ever: {safe(identity)}"
    for event in events:
        yield f"\n{event.version.id}  {safe(_description(event))}"
        if event.change:
            yield from redline_terminal.section_lines(event.change, has_colour(), width())
        else:
            for block in event.section.blocks:
                yield from _wrapped(block.text)


def _description(event: SectionEvent) -> str:
    if event.change is None:
        return "restored" if event.restored else "first wording"
    phrases = fates(event.change)
    status = event.change.status.value
    return ", ".join(phrases if status in ("removed", "unchanged") else [status, *phrases])
