"""`gazette import`: an existing help center, brought in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from gazette.build.progress import ProgressLines
from gazette.commands.output import hanging, plural
from gazette.commands.project import open_project, open_without_code
from gazette.errors import SourceError
from gazette.files import write_whole
from gazette.imports import import_plan
from gazette.imports.batch import Batch, ImportedPolicy
from gazette.imports.import_plan import Request
from gazette.imports.omissions import omission_report
from gazette.imports.page_bounds import MAX_FILE_BYTES
from gazette.problems import printable
from gazette.text.slugs import is_slug

NEXT = """Next:
  Read the texts in docs/policies/ beside their source, and the list of what was left out.
  gazette check   lists what is to be corrected in them
  gazette build   builds the help center into site/
  git add docs versions && git commit   has the next push publish them"""
SOURCE = click.Path(exists=True, allow_dash=True)


@click.command("import")
@click.argument("source", type=SOURCE)
@click.option("--slug", default="", help="What the policy is called in addresses (one file only).")
@click.option("--git", "with_history", is_flag=True, help="Bring in the history of SOURCE, too.")
@click.option("--only", metavar="GLOB", help="Only files whose path fits, like 'legal/*.md'.")
@click.option(
    "--also",
    metavar="NAME",
    multiple=True,
    help="Take this file, too, though it is no policy by its name, as code-of-conduct.",
)
@click.option("--site", metavar="URL", default="", help="Where SOURCE was published.")
@click.option("--words-only", is_flag=True, help="Only texts of other words become versions.")
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject"]),
    help="What becomes of changes that wait for a decision in a Word file.",
)
@click.option(
    "--report", type=click.Path(dir_okay=False), help="Write the list of what was left out here."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.option("--force", is_flag=True, help="Replace policies that stand in docs/policies/.")
def import_policies(
    source: str,
    slug: str,
    with_history: bool,
    only: str | None,
    also: tuple[str, ...],
    site: str,
    words_only: bool,
    changes: str | None,
    report: str | None,
    dry_run: bool,
    force: bool,
) -> None:
    """Bring in policies from SOURCE: a page, a folder of pages, or a git repository.

    A page is a text file, as pasted from a website, or a Markdown, HTML (or MHTML), Word (.docx)
    or mail (.eml) file; `-` reads one from standard input. Its version line becomes its version,
    without one it gets today's. With --git, every text of a repository of Markdown files that
    differs for a reader becomes a version, dated by its commit. Files in folders by language, as
    de/terms.md beside terms.md, become translations.

    What a reader of SOURCE sees and the policy lacks is listed below the policy's line, with its
    place and the reason; --report writes the list into a file, too. A Word file with tracked
    changes that nobody has decided is refused without --changes.

    Archived versions are never replaced, and either all of SOURCE is brought in or nothing. With
    --dry-run, mkdocs.yml is not read: its Markdown extensions, language and time zone do not count.

    \b
    Examples:
      gazette import privacy.txt
      gazette import privacy.docx --slug privacy-policy
      pbpaste | gazette import - --dry-run
      gazette import old-help-center/
      gazette import ../policies --git --dry-run
    """
    request = _request(source, slug, with_history, only, changes or "")
    request = replace(request, also=also, url=site, words_only=words_only)
    project = open_without_code() if dry_run else open_project()
    batch = import_plan.gather(project.settings, request, project.today, _progress)
    planned = import_plan.plan(project.settings, batch, force=force)
    written = (
        [] if dry_run else import_plan.write(project.settings, planned, project.today, _progress)
    )
    _print_batch(batch)
    if report and not dry_run:
        _write_report(Path(report), batch)
        click.echo(f"The list of what was left out stands in {report}.")
    if dry_run:
        click.echo("Nothing was written. Leave out --dry-run to bring this in.")
    elif written:
        click.echo(f"Written: {plural(len(written), 'file', 'files')}.")
        click.echo(NEXT)
    else:
        click.echo("Nothing to write: all of this was brought in before.")


def _request(source: str, slug: str, with_history: bool, only: str | None, changes: str) -> Request:
    path = Path(source)
    is_page = source == "-" or not path.is_dir()
    if slug and not is_page:
        raise click.UsageError("--slug names one policy, but a folder holds many.")
    if slug and not is_slug(slug):
        raise click.UsageError(f"{slug!r} is no address: small letters, digits, single hyphens.")
    if is_page and (with_history or only):
        raise click.UsageError(f"--git and --only are for folders, and {source} is none.")
    return Request(
        sys.stdin.buffer.read(MAX_FILE_BYTES + 1) if source == "-" else path,
        slug,
        with_history,
        only=only,
        changes=changes,
    )


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal, lines elsewhere; on standard error, so that it is no output."""
    if not sys.stderr.isatty():
        click.echo(f"{label}: {length} texts", err=True)
        yield ProgressLines(length, "texts", partial(click.echo, err=True)).advance
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


def _write_report(file: Path, batch: Batch) -> None:
    """Write what the policies lack; raises SourceError where the file cannot be written."""
    lists = {policy.source: policy.left_out for policy in batch.policies}
    try:
        write_whole(file, omission_report(lists, batch.skipped).encode())
    except OSError as error:
        raise SourceError(f"The report {file} cannot be written: {error.strerror}.") from error


def _print_batch(batch: Batch) -> None:
    """Print a line for each policy with its notes and what it lacks below, then the sums."""
    policies = batch.policies
    width = max((len(policy.slug) for policy in policies), default=0)
    for policy in policies:
        click.echo(f"{policy.slug:{width}}  {_span(policy):32}  {printable(policy.source)}")
        for note in policy.notes:
            click.echo(hanging(printable(note), width + 2))
        for omission in policy.left_out:
            click.echo(hanging(f"Left out: {printable(str(omission))}", width + 2))
    for path, reason in batch.skipped:
        click.echo(f"Left out: {printable(path)} ({reason})", err=True)
    versions = plural(sum(len(policy.versions) for policy in policies), "version", "versions")
    folded = sum(policy.folded for policy in policies)
    lacking = sum(len(policy.left_out) for policy in policies)
    retired = sum(policy.retired is not None for policy in policies)
    click.echo(
        plural(len(policies), "policy", "policies")
        + (f" ({retired} retired), {versions}" if retired else f", {versions}")
        + (f"; left out: {plural(lacking, 'place', 'places')}" if lacking else "")
        + (f"; edits that change nothing visible, folded away: {folded}" if folded else "")
    )


def _span(policy: ImportedPolicy) -> str:
    """Return the versions of a policy in a few words: the one, or how many from when to when."""
    first, last = policy.versions[0].version, policy.newest.version
    span = str(first)
    if len(policy.versions) > 1:
        span = f"{len(policy.versions)} versions, {first.day} to {last}"
    return f"{span}, retired {policy.retired}" if policy.retired else span
