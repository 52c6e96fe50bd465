"""`gazette preview`: the built site for those who have no server."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from gazette.site.file_links import INDEX, with_file_links


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder of the built site.",
)
def preview(folder: Path, site: Path) -> None:
    """Copy the built site into FOLDER, so that its pages open from there without a server.

    Links between pages name files instead of folders. For the site that is published, use site/.

    \b
    Examples:
      gazette preview preview
      gazette preview /tmp/terms --site site
    """
    if not (site / INDEX).is_file():
        raise click.UsageError(f"There is no built site in {site}. Build it first: make site")
    if folder.exists():
        raise click.UsageError(f"{folder} is there already. Name a folder that does not exist yet.")
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns(".*"))
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        page.write_bytes(with_file_links(page.read_bytes().decode()).encode())
    click.echo(f"{len(pages)} pages open without a server: begin with {folder / INDEX}")
