"""`gazette release`: an edited policy becomes its next version."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime

import click

from gazette.authoring import release as releases
from gazette.authoring.release import Release, ReleaseOptions
from gazette.commands.output import has_colour, width
from gazette.commands.project import Project, complete_slug, open_project
from gazette.forms import findings, redline_terminal
from gazette.record.base_commit import read_base_commit
from gazette.record.unreleased import Unreleased
from gazette.review.check import check

DAY = click.DateTime(["%Y-%m-%d"])
FORM = "YEAR-MONTH-DAY"


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.option("--date", "day", type=DAY, metavar=FORM, help="The day it is posted. Default: today.")
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
    project = open_project()
    settings, register = project.settings, project.register
    options = ReleaseOptions(
        day=day.date() if day else project.today,
        effective=effective.date() if effective else None,
        editorial=editorial,
        summary=summary,
    )
    published = read_base_commit(settings, base) if base else None
    draft = releases.draft_to_release(register, project.policy(slug), settings.markdown, published)
    _print_draft(draft)
    if releases.lacks_summary(draft, options) and sys.stdin.isatty():
        answer = click.prompt("What changes for readers, in one or two sentences")
        options = replace(options, summary=answer)
    planned = releases.plan(settings, register, draft, options)
    _print_release(planned, releases.write_release(settings, planned, project.today))
    _print_findings(project, draft.new.path)


def _print_draft(draft: Unreleased) -> None:
    if draft.old is None:
        click.echo(f"{draft.policy.title} is released for the first time.")
    else:
        click.echo(redline_terminal.render(draft.change, colour=has_colour(), width=width()))


def _print_release(planned: Release, archived: list[str]) -> None:
    effective = planned.values["effective"]
    applies = f", which applies from {effective}" if effective else ""
    path = planned.draft.new.path
    click.echo(f"{planned.draft.new.metadata.title} is now version {planned.version}{applies}.")
    click.echo(f"Written: {path}")
    for archived_path in archived:
        click.echo(f"Archived: versions/{archived_path}")
    if planned.draft.old:
        click.echo(f"Propose {path} and what is new in versions/ together, as one change.")


def _print_findings(project: Project, path: str) -> None:
    """Print what a review of the new version will find, while it is easily fixed."""
    problems = check(project.settings, project.today)
    if own := [problem for problem in problems if problem.path == path]:
        click.echo("\nA review will find this. Fix it, then release once more:\n")
        click.echo(findings.render(own, "terminal", project.settings.repository), nl=False)
