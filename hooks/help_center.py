"""The help center as MkDocs or ProperDocs builds it: events in the order they fire, no logic.

on_startup           is it a build, or a preview, which archives nothing and shows drafts?
on_pre_build         settings, docs/, git and versions/ in; archive frozen; redlines begun
on_files             the shells that the pages of the archive are filled into
on_page_read_source  the text in force of each policy
on_page_content      what stands around a policy, and the lists on the home page
on_post_page         the shells taken; pages of the archive filled into them meanwhile
on_post_build        every redline proved; the new site put in place of the old
on_build_error       the old site left as it is
on_serve             what a preview depends on besides docs/
"""

from __future__ import annotations

import atexit
import logging
import math
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from gazette.build import prepare as build
from gazette.build import run as site
from gazette.build import shells
from gazette.errors import GazetteError, machine_errors
from gazette.settings import settings_from

HOOKS = Path(__file__).parent
logging.getLogger("gazette").parent = logging.getLogger("mkdocs")  # so --strict counts its warnings


class Now:
    """What this process knows; `site` is set anew by every build, `undone` is what it leaves."""

    command = "build"
    code = build.code_digest(HOOKS)
    site: site.Site
    undone = ExitStack()


# Also where somebody interrupts the host: before Python waits for all that workers have to do.
getattr(threading, "_register_atexit", atexit.register)(Now.undone.close)


@contextmanager
def _sentences() -> Iterator[None]:
    """Hand the project's own errors to the host, which prints them without a traceback."""
    try:
        with machine_errors():
            yield
    except GazetteError as error:
        raise PluginError(str(error)) from None


def on_startup(command: str, **_: Any) -> None:
    """Remember what was asked for: the host says it only here."""
    Now.command = command


def on_pre_build(config: Any) -> None:
    """Read everything and plan the site, and have the host render apart: nothing is lost."""
    build.warn_if_changed(HOOKS, Now.code)
    with _sentences():
        center = settings_from(
            Path(config.config_file_path).resolve(),
            Path(config.docs_dir),
            config.site_url,
            config.extra.get("help_center"),
            tuple(one for one in config.markdown_extensions if isinstance(one, str)),
            config.mdx_configs,
            directory_urls=config.use_directory_urls,
        )
        today = get_build_datetime().date()
        preview = Now.command == "serve"
        folder = Path(config.site_dir)
        Now.site = build.prepare(center, today, folder, strict=config.strict, preview=preview)
    Now.undone.callback(site.clear_away, Now.site)
    config.site_dir = str(Now.site.rendered)


def on_files(files: Files, config: Any) -> Files:
    """Add the shells, for the host to render first, like any page, but to list nowhere."""
    content, inclusion = shells.SOURCE, InclusionLevel.NOT_IN_NAV
    made = (
        File.generated(config, path, content=content, inclusion=inclusion) for path in shells.PATHS
    )
    return Files([*made, *files])


def on_page_read_source(page: Page, config: Any) -> str | None:
    """Give the text in force of a policy instead of the file: newer text may wait in docs/."""
    return site.source(Now.site, page.file.src_uri)


def on_page_content(html: str, page: Page, config: Any, files: Files) -> str:
    """Surround the rendered text while search can still see it."""
    with _sentences():
        return site.surrounded(Now.site, page.file.src_uri, html)


@event_priority(-math.inf)
def on_post_page(output: str, page: Page, config: Any) -> None:
    """Take the shells after all plugins: with the last one, other pages are filled meanwhile."""
    with _sentences():
        site.take(Now.site, page.file.src_uri, output)


def on_post_build(config: Any) -> None:
    """Put everything in its place last."""
    config.site_dir = str(Now.site.where.folder)
    with Now.undone, _sentences():
        site.write(Now.site)


def on_build_error(error: Exception) -> None:
    """Stop what is still being made."""
    Now.undone.close()


def on_serve(server: Any, config: Any, builder: Any) -> None:
    """Watch what a preview shows besides docs/ and mkdocs.yml; it writes to none of them."""
    for folder in (Now.site.center.versions, HOOKS):
        server.watch(str(folder))
