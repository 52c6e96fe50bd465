"""The pages of `docs/`, read as the host reads them: what it warns of stops a strict build.

Links that lead nowhere, entries of the navigation without a page, settings that it does not know,
and what plugins complain about: only the host knows all of it, so it is asked. What it makes of
pages beside the policies is looked at here, too. Nothing is written.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from gazette.host_config import THEME, line_of, load_config
from gazette.problems import Code, Problem
from gazette.site.left_out import file_problems
from gazette.site.page_front_matter import front_matter_problems
from gazette.text.sanitizer import sanitize

ENGINE = "gazette.adapter"
STOPS = "The build that publishes would stop here: "
HINT = "Correct it, or take it out."


class WarningCollector(logging.Handler):
    """Turns each warning into a problem of the file at `path` that is being read."""

    def __init__(self, path: str) -> None:
        super().__init__(logging.WARNING)
        self.path = path
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Add what a log record says."""
        self.add(record.getMessage())

    def add(self, message: str, line: int = 0) -> None:
        """Add a problem."""
        sentence = STOPS + " ".join(message.split())
        self.problems.append(Problem(self.path, line, Code.STRICT_BUILD, sentence, HINT))


def host_problems(
    config_file: Path,
    bodies: Mapping[str, str],
    scheduled: Collection[str],
    skipped: Collection[str],
) -> list[Problem]:
    """Return what the host would warn of in a strict build.

    `bodies` are Markdown to read instead of files, by the path below `docs/`. Of the files that are
    `scheduled` no page is published yet; those that are `skipped` are not read.
    """
    config = load_config(config_file)
    host = type(config).__module__.partition(".")[0]
    collector = WarningCollector(config_file.name)
    with _collecting(host, collector):
        for key, message in config.validate()[1]:
            collector.add(f"{key}: {message}", line_of(config_file, (key,)))
        for event, methods in config.plugins.events.items():
            if event != "config":  # that one says how Markdown is read
                methods[:] = [method for method in methods if method.__module__ != ENGINE]
        try:
            _read(host, config, collector, bodies, scheduled, skipped)
        except import_module(f"{host}.exceptions").BuildError as error:
            collector.add(str(error))
    return collector.problems


@contextmanager
def _collecting(host: str, collector: WarningCollector) -> Iterator[None]:
    log = logging.getLogger(host)
    log.addHandler(collector)
    try:
        yield
    finally:
        log.removeHandler(collector)


def _read(
    host: str,
    config: Any,
    collector: WarningCollector,
    bodies: Mapping[str, str],
    scheduled: Collection[str],
    skipped: Collection[str],
) -> None:
    """Gather and render all pages, in the order of a build."""
    structure = import_module(f"{host}.structure.files")
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = structure.get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = structure.Files([file for file in files if file.src_uri not in scheduled])
    files = config.plugins.on_files(files, config=config)
    structure.set_exclusions(files, config)
    for template in config.extra_templates:
        if files.get_file_from_path(template) is None:
            collector.add(f"extra_templates: {template} is not in docs/")
    navigation = import_module(f"{host}.structure.nav").get_navigation(files, config)
    config.plugins.on_nav(navigation, config=config, files=files)
    pages = [
        file.page or import_module(f"{host}.structure.pages").Page(None, file, config)
        for file in files.documentation_pages()
        if file.src_uri not in skipped
    ]
    for page in pages:
        collector.path = f"docs/{page.file.src_uri}"
        _render(page, config, files, bodies, collector)
    for page in pages:
        collector.path = f"docs/{page.file.src_uri}"
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)


def _render(
    page: Any, config: Any, files: Any, bodies: Mapping[str, str], collector: WarningCollector
) -> None:
    docs = Path(config.docs_dir)
    page = config.plugins.on_pre_page(page, config=config, files=files)
    if page.file.src_uri in bodies:
        page.markdown, page.meta = bodies[page.file.src_uri], {}
    else:
        page.read_source(config)
        theme = (THEME, *map(Path, config.theme.dirs))
        collector.problems += front_matter_problems(docs, page.file.src_uri, page.meta, theme)
    markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
    page.markdown = markdown
    page.render(config, files)
    html = config.plugins.on_page_content(page.content, page=page, config=config, files=files)
    if page.file.src_uri not in bodies:
        collector.problems += file_problems(docs, page.file.src_uri, sanitize(html))
