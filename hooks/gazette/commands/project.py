"""What every command begins with: the project it stands in, and the day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from gazette.settings import Settings, read_settings

CONFIG = "mkdocs.yml"


def open_project() -> Settings:
    """Return the settings of the help center around the current folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return read_settings(folder / CONFIG)
    raise click.UsageError(
        f"There is no help center here: neither {here} nor a folder above it holds {CONFIG}."
    )


def today() -> date:
    """Return the day it is in UTC, as builds count; SOURCE_DATE_EPOCH sets another one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, but has to be a number of seconds since 1970."
        ) from None
