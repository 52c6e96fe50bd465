"""`gazette release`: an edited policy becomes its next version."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import click

from gazette.authoring import release as releases
from gazette.authoring.release import Release, ReleaseOptions
from gazette.commands.output import BASE, has_colour, width
from gazette.commands.project import Project, complete_slug, open_project
from gazette.commands.usage import Day
from gazette.forms import findings, redline_terminal
from gazette.model import Status
from gazette.record.unreleased import Unreleased
from gazette.review.check import findings as findings_of
from gazette.review.check import has_errors
from gazette.review.gathering import review_of_release
from gazette.settings import Settings
from gazette.text.vocabularies import vocabulary_of

DAY = Day()
FORM = "YEAR-MONTH-DAY"


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.option(
    "--date",
    "day",
    type=DAY,
    metavar=FORM,
    help="The day it is posted. Default: today, or the day that a scheduled version states.",
)
@click.option(
    "--effective",
    type=DAY,
    metavar=FORM,
    help="The day it starts to apply. Default: as the file states, else when posted.",
)
@click.option("--editorial", is_flag=True, help="Only spelling or form changed, no meaning.")
@click.option("--summary", default="", help="What changes for readers, in plain words.")
@click.option("--base", metavar="REF", help=f"It is proposed to {BASE}.")
def release(
    slug: str,
    day: date | None,
    effective: date | None,
    editorial: bool,
    summary: str,
    base: str | None,
) -> None:
    """Make the edited text of the policy SLUG its next version.

    Shows what changed, writes version and date into the file, and archives the version that it
    supersedes, all of it or nothing. Every other line of the file stays as it is.

    Nothing is written when a review would refuse it. A version that readers do not know yet, for it
    is not committed or was only proposed, is stamped anew after another edit, instead of a further
    one.

    \b
    Examples:
      gazette release privacy-policy --summary "Data is kept for 14 days, not 30."
      gazette release privacy-policy --effective 2027-01-01 --summary "..."
      gazette release cookie-policy --editorial
      gazette release cookie-policy --base origin/main
    """
    project = open_project(base)
    settings, register = project.settings, project.register
    draft = releases.draft_to_release(register, project.policy(slug), settings.markdown)
    is_scheduled = draft.new.status is Status.SCHEDULED
    options = ReleaseOptions(
        day=day or (draft.new.id.day if is_scheduled else project.today),
        effective=effective,
        editorial=editorial,
        summary=summary,
    )
    _print_draft(draft, settings)
    if releases.lacks_summary(draft, options) and sys.stdin.isatty():
        answer = click.prompt("What changes for readers, in one or two sentences")
        options = replace(options, summary=answer)
    planned = releases.plan(settings, register, draft, options)
    _refuse_errors(project, planned)
    _print_release(planned, releases.write_release(settings, planned, project.today))
    _print_findings(project, draft.new.path)


def _print_draft(draft: Unreleased, settings: Settings) -> None:
    if draft.old is None:
        click.echo(f"{draft.policy.title} is released for the first time.")
    else:
        language = settings.language_for(draft.new.metadata.lang or draft.policy.lang)
        vocabulary, colour = vocabulary_of(language.text), has_colour()
        click.echo(redline_terminal.render(draft.change, vocabulary, colour=colour, width=width()))


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


def _refuse_errors(project: Project, planned: Release) -> None:
    """End with 1, before anything is written, where a review would find errors in the version."""
    draft, settings = planned.draft, project.settings
    review = review_of_release(settings, project.today, project.register, draft, planned.data)
    problems = [problem for problem in findings_of(review) if problem.path == draft.new.path]
    if has_errors(problems):
        click.echo("Nothing was written. Fix this, then release once more:\n", err=True)
        text = findings.render(problems, "terminal", settings.rule_pages)
        click.echo(text, nl=False, err=True)
        raise SystemExit(1)


def _print_findings(project: Project, path: str) -> None:
    """Print what a review will find in the new version besides what was refused before."""
    if of_policy := [problem for problem in project.findings() if problem.path == path]:
        is_refused = has_errors(of_policy)
        does = "refuse this. Fix it, then release once more" if is_refused else "tell this"
        click.echo(f"\nA review will {does}:\n")
        click.echo(findings.render(of_policy, "terminal", project.settings.rule_pages), nl=False)
