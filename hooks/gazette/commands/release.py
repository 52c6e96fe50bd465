"""`gazette release`: an edited policy becomes its next version."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime

import click

from gazette.authoring import release as releases
from gazette.authoring.release import Release, ReleaseOptions
from gazette.commands.output import has_colour
from gazette.commands.project import chosen, open_project, slugs, today
from gazette.forms import findings, redline_terminal
from gazette.record import policies
from gazette.record.base_commit import read_base_commit
from gazette.record.unreleased import Unreleased
from gazette.review.check import check
from gazette.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])
FORM = "YEAR-MONTH-DAY"


@click.command()
@click.argument("slug", shell_complete=slugs)
@click.option(
    "--date", "day", type=DAY, metavar=FORM, help="The day it is posted. Default: today, in UTC."
)
@click.option(
    "--effective", type=DAY, metavar=FORM, help="The day it starts to apply. Default: when posted."
)
@click.option("--editorial", is_flag=True, help="Only spelling or form changed, no meaning.")
@click.option("--summary", default="", help="What changes for readers, in plain words.")
@click.option("--base", metavar="REF", help="The branch it is proposed to, see below.")
def release(
    slug: str,
    day: datetime | None,
    effective: datetime | None,
    editorial: bool,
    summary: str,
    base: str | None,
) -> None:
    """Make the edited text of the policy SLUG its next version.

    Shows what changed, writes version and date into the file, and archives the version that it
    supersedes, all of it or nothing. Every other line of the file stays as it is.

    With --base, a version that is not in that branch yet was only proposed: after another edit the
    same version is stamped anew, instead of a further one.

    \b
    Examples:
      gazette release privacy-policy --summary "Data is kept for 14 days, not 30."
      gazette release privacy-policy --effective 2027-01-01 --summary "..."
      gazette release cookie-policy --editorial
      gazette release cookie-policy --base origin/main
    """
    center = open_project()
    options = ReleaseOptions(
        day=day.date() if day else today(),
        effective=effective.date() if effective else None,
        editorial=editorial,
        summary=summary,
    )
    register = policies.gather(center, today())
    published = None if base is None else read_base_commit(center, base)
    draft = releases.draft_to_release(register, chosen(register, slug), center.markdown, published)
    _show(draft)
    if releases.lacks_summary(draft, options) and sys.stdin.isatty():
        asked = click.prompt("What changes for readers, in one or two sentences")
        options = replace(options, summary=asked)
    planned = releases.plan(center, register, draft, options)
    _report(planned, releases.write_release(center, planned))
    _warn(center, planned.draft.new.path)


def _show(draft: Unreleased) -> None:
    if draft.old is None:
        click.echo(f"{draft.policy.title} is released for the first time.")
    else:
        click.echo(redline_terminal.render(draft.change, colour=has_colour()))


def _report(planned: Release, archived: list[str]) -> None:
    effective = planned.facts["effective"]
    applies = f", which applies from {effective}" if effective else ""
    path = planned.draft.new.path
    click.echo(f"{planned.draft.new.metadata.title} is now version {planned.version}{applies}.")
    click.echo(f"Written: {path}")
    for one in archived:
        click.echo(f"Archived: versions/{one}")
    if planned.draft.old:
        click.echo(f"Propose {path} and what is new in versions/ together, as one change.")


def _warn(center: Settings, path: str) -> None:
    """Tell what a review of the new version will find, while it is easily fixed."""
    found = [one for one in check(center, today()) if one.path == path]
    if found:
        click.echo("\nA review will find this. Fix it, then release once more:\n")
        click.echo(findings.render(found, "terminal", center.repository), nl=False)
