"""`gazette import`: an existing help center, brought in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from gazette.commands.project import open_project, today
from gazette.imports import import_plan
from gazette.imports.batch import Batch, ImportedPolicy
from gazette.imports.import_plan import Request
from gazette.text.slugs import is_slug

SOURCE = click.Path(exists=True, allow_dash=True)


@click.command("import")
@click.argument("source", type=SOURCE)
@click.option("--slug", default="", help="What the policy is called in addresses (one file only).")
@click.option("--git", "with_history", is_flag=True, help="Bring in the history of SOURCE, too.")
@click.option("--only", metavar="GLOB", help="Only files whose path fits, like 'legal/*.md'.")
@click.option("--dry-run", is_flag=True, help="Show what would be made, write nothing.")
@click.option("--force", is_flag=True, help="Replace policies that stand in docs/policies/.")
def import_policies(
    source: str, slug: str, with_history: bool, only: str | None, dry_run: bool, force: bool
) -> None:
    """Bring in policies from SOURCE: a page, a folder of pages, or a git repository.

    A page is a text file, as pasted from a website, or a Markdown, HTML or Word (.docx) file; `-`
    reads one from standard input. Its version line becomes its version, without one it gets
    today's. With --git, every text of a repository of Markdown files that differs for a reader
    becomes a version, dated by its commit.

    Archived versions are never replaced, and either all of SOURCE is brought in or nothing.

    \b
    Examples:
      gazette import privacy.txt
      gazette import privacy.docx --slug privacy-policy
      pbpaste | gazette import - --dry-run
      gazette import old-help-center/
      gazette import ../policies --git --dry-run
    """
    request = _request(source, slug, with_history, only)
    center = open_project()
    batch = import_plan.gather(center, request, today(), _progress)
    planned = import_plan.plan(center, batch, force=force)
    written = [] if dry_run else import_plan.write(center, planned)
    _report(batch, written, dry_run=dry_run)


# The group finds a command by the name of its module.
import_ = import_policies


def _request(source: str, slug: str, with_history: bool, only: str | None) -> Request:
    path = Path(source)
    one_page = source == "-" or not path.is_dir()
    if slug and not one_page:
        raise click.UsageError("--slug names one policy, but a folder holds many.")
    if slug and not is_slug(slug):
        raise click.UsageError(f"{slug!r} is no address: small letters, digits, single hyphens.")
    if one_page and (with_history or only):
        raise click.UsageError(f"--git and --only are for folders, and {source} is none.")
    return Request(sys.stdin.buffer.read() if source == "-" else path, slug, with_history, only)


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal, one line elsewhere; on standard error, so that it is no output."""
    if not sys.stderr.isatty():
        click.echo(f"{label}: {length} texts", err=True)
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _report(batch: Batch, written: list[str], *, dry_run: bool) -> None:
    for row in _table(batch):
        click.echo(row)
    for path, reason in batch.skipped:
        click.echo(f"Left out: {path} ({reason})", err=True)
    versions = sum(len(one.texts) for one in batch.imports)
    folded = sum(one.folded for one in batch.imports)
    retired = sum(one.retired is not None for one in batch.imports)
    click.echo(
        f"{_many(len(batch.imports), 'policy', 'policies')}"
        f"{f' ({retired} retired)' if retired else ''}, {_many(versions, 'version', 'versions')}"
        + (f"; edits that change nothing visible, folded away: {folded}" if folded else "")
    )
    if dry_run:
        click.echo("Nothing was written. Leave out --dry-run to bring this in.")
    else:
        click.echo(f"Written: {_many(len(written), 'file', 'files')}. Read them, then commit.")


def _table(batch: Batch) -> Iterator[str]:
    """Yield a line for each policy: its name, its versions, where it comes from; then its notes."""
    width = max((len(one.slug) for one in batch.imports), default=0)
    for one in batch.imports:
        yield f"{one.slug:{width}}  {_span(one):32}  {one.source}"
        yield from (f"{'':{width}}  {note}" for note in one.notes)


def _span(one: ImportedPolicy) -> str:
    first, last = one.texts[0].version, one.newest.version
    if len(one.texts) == 1:
        return str(first) + (f", retired {one.retired}" if one.retired else "")
    ended = f", retired {one.retired}" if one.retired else ""
    return f"{len(one.texts)} versions, {first.day} to {last}{ended}"


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
