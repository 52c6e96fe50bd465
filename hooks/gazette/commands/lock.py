"""`gazette lock`: the engine that a project uses, pinned by its digest."""

from __future__ import annotations

from pathlib import Path

import click

from gazette.authoring.engine_lock import ENGINE_FILE, LIBRARIES_FILE, lock_engine
from gazette.commands.project import config_file


@click.command()
@click.argument("wheel", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lock(wheel: Path) -> None:
    """Pin the engine in WHEEL, and the libraries it was tested with, by their digests.

    `make lock` downloads the wheel of the version that the project names, and calls this.

    \b
    Examples:
      gazette lock .cache/lock/gazette_help_center-0.2.0-py3-none-any.whl
    """
    version = lock_engine(config_file().parent, wheel)
    click.echo(f"{ENGINE_FILE} and {LIBRARIES_FILE} pin version {version} of the engine now.")
