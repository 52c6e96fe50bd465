"""The help center as MkDocs or ProperDocs builds it: events in the order they fire, no logic.

on_startup           is it a build, or a preview, which archives nothing and shows drafts?
on_config            all pages are read as GitHub reads them, and made by the engine's templates;
                     the search finds words of every script
on_pre_build         settings, docs/, git and versions/ are read; the archive is written; all
                     fragments of pages are rendered and proved; the host renders into staging
on_files             no page of a policy may be left out, no address of the record taken; the shells
                     that the pages of the archive are filled into
on_nav               the group of the policies gets its name, or goes where they are many
on_env               the templates of the theme get the sentences of every language
on_page_read_source  the text in force of each policy
on_page_markdown     what the front matter says is escaped, what no page can be made with left out
on_page_content      HTML that no text may hold is taken out, and plugins search what is left;
                     links to related pages come into the head of a policy
on_page_context      what stands around a policy comes in, and the lists on the home page; pages get
                     their language, shells and many policies a navigation that does not grow
on_post_page         words that a template, a plugin or a hook altered are found; white space that
                     the theme leaves around a text is folded
on_post_build        the pages of the archive are filled in; the new site is put in place of the old
on_build_error       the old site is left as it is
on_serve             what a preview depends on besides docs/; its pages say why a build failed
on_shutdown          what an interruption left is removed
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_build_datetime

from gazette.build import docs_pages, run, shells
from gazette.build.cache import code_digest
from gazette.build.failing_preview import FailingPreview
from gazette.build.search_index import is_large
from gazette.build.state import BuildState
from gazette.errors import GazetteError, machine_errors
from gazette.forms import script_sentences
from gazette.host_config import HOSTS, THEME, settings_of, split_all_scripts, theme_language
from gazette.language import Language
from gazette.problems import printable_lines
from gazette.site import addresses, developers, templates
from gazette.text import markdown_extension
from gazette.text.sanitizer import is_reserved, sanitize

__all__ = [
    "on_build_error",
    "on_config",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_content",
    "on_page_context",
    "on_page_markdown",
    "on_page_read_source",
    "on_post_build",
    "on_post_page",
    "on_pre_build",
    "on_serve",
    "on_shutdown",
    "on_startup",
]

ENGINE = Path(__file__).parent
FORMER_SHEET = "assets/stylesheets/redline.css"
"""Projects name it that were made when redlines had styles of their own."""
logging.getLogger("gazette").parent = logging.getLogger("mkdocs")  # so --strict counts its warnings
ABOUT_STAGING = ("Cleaning site", "Building documentation to", "Documentation built in")
"""How the lines begin by which the host tells what it does in the staging folder."""
RIGHT_TO_LEFT = '<body dir="rtl"'
MAX_LISTED = 100
"""Navigation lists so many policies; more of them only the home page does, once for all pages."""
MAX_META_DEPTH = 3
"""Lists and mappings inside one another that a theme or a plugin asks for in front matter."""


class HostState:
    """What this process knows between events; every build sets `build` and fills `cleanup` anew."""

    command = "build"
    code = code_digest(ENGINE)
    build: BuildState
    text: Markup
    """What stands around and in the text of the page that the host fills in."""
    cleanup = ExitStack()


def _is_about_the_site(record: logging.LogRecord) -> bool:
    """Tell whether a line of the host is for the log: a build says itself where its site stands."""
    return HostState.command == "serve" or not str(record.msg).startswith(ABOUT_STAGING)


for host in HOSTS:
    logging.getLogger(f"{host}.commands.build").addFilter(_is_about_the_site)


@contextmanager
def _messages() -> Iterator[None]:
    """Hand the project's own errors to the host, which prints them without a traceback."""
    try:
        with machine_errors():
            yield
    except GazetteError as error:
        raise PluginError(printable_lines(str(error))) from None


def _published(files: Files) -> dict[str, str]:
    """Return where the host is to put each file that it does not leave out."""
    return {
        file.src_uri: file.dest_uri
        for file in files
        if file.inclusion.value > InclusionLevel.DRAFT.value
    }


def on_startup(command: str, **_: Any) -> None:
    """Remember the command: the host names it only here."""
    HostState.command = command


@event_priority(50)  # before the search has read its settings
def on_config(config: Any) -> None:
    """Have the host read all pages as policies are read, and find the engine's templates.

    They go behind those of the project, whose `main.html` asks whether the engine is at work.
    """
    split_all_scripts(config)
    config.extra_css = [sheet for sheet in config.extra_css if sheet != FORMER_SHEET]
    config.markdown_extensions.append(markdown_extension.NAME)
    _add_templates(config.theme)


def _add_templates(theme: Any) -> None:
    theme.dirs.insert(1 if theme.custom_dir else 0, str(THEME))
    theme["gazette"] = True
    theme.static_templates.add("robots.txt")


def on_pre_build(config: Any) -> None:
    """Read and render all that costs time, and have the host render into the staging folder."""
    run.warn_if_changed(ENGINE, HostState.code)
    _clean_settings(config)
    with _messages():
        HostState.build = run.start_build(
            settings_of(config),
            get_build_datetime(),
            Path(config.site_dir),
            HostState.cleanup,
            strict=config.strict,
            is_preview=HostState.command == "serve",
        )
    config.site_dir = str(HostState.build.rendered)


def _clean_settings(config: Any) -> None:
    """Escape the settings that are names; a notice of copyright may hold what texts may hold."""
    for key in ("site_name", "site_description", "site_author", "repo_name"):
        config[key] = config[key] and escape(config[key])
    config.copyright = config.copyright and sanitize(config.copyright).html


def on_files(files: Files, config: Any) -> Files:
    """Add the shells and the page for developers, for the host to render, but to list nowhere."""
    files = Files([*map(_in_its_language, files)])
    with _messages():
        run.check_host_files(HostState.build, _published(files))
    pages = (
        shells.sources(HostState.build.languages),
        developers.sources(HostState.build.settings, (file.src_uri for file in files)),
    )
    generated = (
        File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        for path, content in chain(*pages)
    )
    return Files([*generated, *filter(_is_posted, files)])


def _is_posted(file: File) -> bool:
    """Tell whether a file is none of a policy of which nothing is posted yet."""
    return file.src_uri not in HostState.build.scheduled


def _in_its_language(file: File) -> File:
    """Return the file of a translation with its own address; no navigation lists it."""
    page = addresses.translation_page(file.src_uri)
    if not page or file.generated_by:
        return file
    return File(
        *(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls),
        dest_uri=page,
        inclusion=min(file.inclusion, InclusionLevel.NOT_IN_NAV, key=lambda level: level.value),
    )


def on_nav(nav: Navigation, config: Any, files: Files) -> None:
    """Call the group of the policies, which the host calls by its folder, as readers know it.

    Where they are many it is left out. A navigation that the project states stays as it is.
    """
    groups = [] if config.nav else [item for item in nav.items if item.is_section]
    _settle_policies(nav, groups, HostState.build.settings.interface)


def _settle_policies(nav: Navigation, groups: Iterable[Any], language: Language) -> None:
    for group in groups:
        if group.title == "Policies":
            group.title = language.gettext("Policies")
            if len(group.children) > MAX_LISTED:
                nav.items.remove(group)


def on_env(env: Any, config: Any, files: Files) -> None:
    """Have the templates of the theme say sentences in the language of their page."""
    templates.speak(env)
    env.globals["language"] = HostState.build.settings.interface
    env.globals["is_search_short"] = is_large(HostState.build.policies)
    env.globals["shell_sentences"] = script_sentences.of_shells


def on_page_read_source(page: Page, config: Any) -> str | None:
    """Give the text in force of a policy instead of the file: newer text may wait in docs/."""
    return docs_pages.page_source(HostState.build, page.file.src_uri)


def on_page_markdown(markdown: str, page: Page, config: Any, files: Files) -> None:
    """Escape what the front matter says: the theme writes it into its pages as it is."""
    meta = docs_pages.usable_metadata(HostState.build, page.file.src_uri, page.meta)
    page.meta = {key: _escaped(value) for key, value in meta.items()}


def _escaped(value: Any, depth: int = MAX_META_DEPTH) -> Any:
    """Escape all texts in a value of front matter; what is nested deeper is a text as a whole."""
    if value is None or isinstance(value, (int, float, date)):
        return value
    if depth and isinstance(value, list):
        return [_escaped(item, depth - 1) for item in value]
    if depth and isinstance(value, dict):
        return {_escaped(key, 0): _escaped(item, depth - 1) for key, item in value.items()}
    return escape(str(value))


def on_page_content(html: str, page: Page, config: Any, files: Files) -> str:
    """Take out what no page may hold; say what the search of a plugin is to leave out."""
    _clean_title(page)
    _clean_contents(page.toc)
    path = page.file.src_uri
    page.meta.update(docs_pages.page_relations(HostState.build, path))
    return docs_pages.page_text(HostState.build, path, Markup(html))


def on_page_context(context: Any, page: Page, config: Any, nav: Navigation) -> None:
    """Surround the text, which the search of plugins has seen; give the page its language.

    The shells get a navigation of their own, as do policies whose group was left out.
    """
    path, language = page.file.src_uri, _language(page)
    page.content = HostState.text = docs_pages.page_html(
        HostState.build, path, Markup(page.content), language
    )
    context["language"] = language
    context["theme_language"] = theme_language(HostState.build.settings, language)
    context["nav"] = _navigation(nav, page, language)


def _language(page: Page) -> Language:
    return HostState.build.settings.language_for(str(page.meta.get("lang") or ""))


def _navigation(nav: Navigation, page: Page, language: Language) -> Navigation:
    """Return home, the policy and its archive for a shell, or a policy whose group was left out."""
    home = [nav.homepage] if nav.homepage else []
    policy = HostState.build.policy_at(page.file.src_uri)
    if shells.is_shell(page.file.src_uri):
        links = (Link(name, url) for name, url in shells.navigation(language))
        return Navigation([*home, *links], home)
    if policy and page.ancestors and [*page.ancestors][-1] not in nav.items:
        archive = Link(language.gettext("All versions"), addresses.archive(policy.slug))
        return Navigation([*home, page, archive], home)
    return nav


@event_priority(-100)  # behind all that plugins and hooks do to a page
def on_post_page(output: str, page: Page, config: Any) -> str:
    """Find words that were altered; fold the white space around the text.

    With many policies that is most of a page. The whole page, scroll bars included, gets the
    direction of its body.
    """
    docs_pages.check_words(HostState.build, page.file.src_uri, HostState.text, Markup(output))
    turned = output.replace("<html ", '<html dir="rtl" ', 1) if RIGHT_TO_LEFT in output else output
    return shells.folded_frame(turned)


def _clean_title(page: Page) -> None:
    """Escape a title that comes from a heading or a file name, as that of front matter is."""
    if "title" not in page.meta:
        page.title = escape(Markup(page.title).striptags())


def _clean_contents(entries: Iterable[AnchorLink]) -> None:
    """Have the table of contents lead nowhere rather than to an id that a text may not give."""
    for entry in entries:
        entry.title = sanitize(entry.title).html
        entry.id = "" if is_reserved(entry.id) else entry.id
        _clean_contents(entry.children)


def on_post_build(config: Any) -> None:
    """Fill the pages of the archive and put everything in place."""
    config.site_dir = str(HostState.build.site)
    with HostState.cleanup, _messages():
        run.finish_build(HostState.build)


def on_build_error(error: Exception) -> None:
    """Remove what was made."""
    HostState.cleanup.close()


@event_priority(-100)  # behind plugins that name the builder the server still has
def on_serve(server: Any, config: Any, builder: Any) -> None:
    """Watch what a preview shows besides docs/ and mkdocs.yml; it writes to none of them.

    Have its pages say why a build failed.
    """
    folders = (HostState.build.settings.versions, ENGINE, config.theme.custom_dir)
    for folder in filter(None, folders):
        server.watch(str(folder))
    _stand_before(server)


def _stand_before(server: Any) -> None:
    preview = FailingPreview(server.builder, server.get_app())
    server.builder = preview.build
    server.set_app(preview.answer)
    for host in HOSTS:
        logging.getLogger(host).addHandler(preview)


def on_shutdown() -> None:
    """Remove what an interrupted build made."""
    HostState.cleanup.close()
