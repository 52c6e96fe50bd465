"""The host that is installed: its command, and how its loader reads `mkdocs.yml`.

Loading that, with tags, INHERIT and defaults, runs code of the project: its `hooks:`, its plugins,
and what `!!python` tags name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from importlib import import_module, resources
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from runpy import run_module
from typing import Any

import yaml

from gazette.described import described
from gazette.errors import MachineError, PolicyError
from gazette.language import Language
from gazette.problems import Code, Problem
from gazette.settings import Settings, read_block
from gazette.text import markdown_extension
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.slugs import is_slug, slug_below

HOSTS = {"mkdocs": "MkDocsConfig", "properdocs": "ProperDocsConfig"}
"""The class of the configuration of every host; the first host that is installed is used."""
WITHOUT_ADVICE = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
"""Keeps themes and plugins from printing for editors which host they recommend."""
THEMES = ("mkdocs-material", "mkdocs-materialx")
UNSPACED = (
    "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff"
)
"""Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, ideographs."""
MARKS = (
    "\\s\\u200b\\-.,:;!?()«»“”„\\u060c\\u061b\\u061f\\u3000-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20"
)
ARTICLE = "\\u0648?\\u0627\\u0644(?=[\\u0621-\\u064a]{2})"
"""What Arabic writes in one word with a noun: the article, also with the word for "and"."""
SEPARATOR = f"[{MARKS}]+(?:{ARTICLE})?|^{ARTICLE}|(?=[{UNSPACED}])"
"""What stands between the words that a reader can search for, as scripts write an expression."""
GUARD = "config.theme.gazette"
"""By this variable a project's own `main.html` knows that the engine is at work."""
TOOLTIPS = "content.tooltips"
THEME = Path(__file__).parent / "theme"
"""The engine's templates and what pages load; a project's own theme goes before it."""


def read_settings(config_file: Path) -> Settings:
    """Return the settings in a configuration that the host has not loaded.

    Raises PolicyError with all mistakes, each with its line where that is known.
    """
    try:
        config_file.read_text("utf-8")
        config = load_config(config_file)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError([_unreadable(config_file.name, error)]) from None
    errors, _ = config.validate()
    if errors:
        raise PolicyError([_refused(config_file, key, str(error)) for key, error in errors])
    return settings_of(config)


def settings_of(config: Any) -> Settings:
    """Return the settings in a configuration that the host has loaded and validated.

    Raises PolicyError with all mistakes.
    """
    config_file = Path(config.config_file_path).resolve()
    names = tuple(
        name
        for name in config.markdown_extensions
        if isinstance(name, str) and name != markdown_extension.NAME
    )
    try:
        plain = described(config.mdx_configs, "markdown_extensions")
        markdown = MarkdownSettings(names, config.mdx_configs, plain)
    except ValueError as error:
        raise PolicyError([_refused(config_file, "markdown_extensions", str(error))]) from None
    docs = Path(config.docs_dir)
    if problems := [*_left_out(config, config_file, docs), *_tooltips(config, config_file)]:
        raise PolicyError(problems)
    _check_addresses(config, config_file, docs)
    language = config.theme.get("language") or "en"
    block = config.extra.get("help_center")
    return Settings(
        project=config_file.parent,
        docs=docs,
        site_url=config.site_url or "",
        markdown=markdown,
        repository=config.repo_url or "",
        theme_folders=(THEME, *map(Path, config.theme.dirs)),
        language=language,
        **read_block(block, language, partial(_problem, config_file)),
    )


def _check_addresses(config: Any, config_file: Path, docs: Path) -> None:
    """Raise PolicyError where texts stand outside the project, or lose their addresses."""
    if not docs.resolve().is_relative_to(config_file.parent):
        message = f"docs_dir leads out of the project: {docs}."
        hint = "Name a folder beside mkdocs.yml: docs_dir: docs"
        raise PolicyError([_problem(config_file, ["docs_dir"], message, hint)])
    if not config.use_directory_urls:
        message = "use_directory_urls is off: policies would lose the addresses they are cited by."
        hint = "Take the line out."
        raise PolicyError([_problem(config_file, ["use_directory_urls"], message, hint)])


def _left_out(config: Any, config_file: Path, docs: Path) -> Iterator[Problem]:
    """Yield the settings by which the host would leave a policy's page out of the site."""
    folder = docs / "policies"
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*.md"))
    slugs = sorted(slug for path in paths if (slug := slug_below(path, "")) and is_slug(slug))
    for key in ("exclude_docs", "draft_docs"):
        patterns = config[key]
        lost = [slug for slug in slugs if patterns and patterns.match_file(f"policies/{slug}.md")]
        if lost:
            message = f"{key} leaves out policies: {', '.join(lost)}. Their pages would be gone."
            hint = "Take the pattern out. To retire a policy, delete its file."
            yield _problem(config_file, [key], message, hint)


def _tooltips(config: Any, config_file: Path) -> Iterator[Problem]:
    """Yield the feature whose script reads titles and headings, which are letters, as HTML."""
    if TOOLTIPS in config.theme.get("features", ()):
        message = f"The feature {TOOLTIPS} would run what titles and headings in a text quote."
        hint = "Take the line out: browsers show titles without it."
        yield _problem(config_file, ["theme", "features"], message, hint)


def host_packages() -> dict[str, str]:
    """Return the versions of the host and of the themes that are installed, by their packages."""
    packages = {}
    for name in (*HOSTS, *THEMES):
        with suppress(PackageNotFoundError):
            packages[name] = version(name)
    return packages


def theme_and_hook(config_file: Path) -> tuple[bool, bool]:
    """Return whether the hooks of a configuration load the engine, and whether its theme asks."""
    config = load_config(config_file)
    config.validate()
    events = (vars(hook).get("on_pre_build") for hook in config.hooks.values())
    has_hook = any(getattr(event, "__module__", "") == "gazette.adapter" for event in events)
    template = Path(config.theme.custom_dir or "") / "main.html"
    has_guard = template.is_file() and GUARD in template.read_text("utf-8", errors="replace")
    return has_hook, has_guard


@cache
def theme_languages() -> frozenset[str]:
    """Return the codes of the languages that the theme's menus and buttons can have."""
    folder = resources.files("material") / "templates" / "partials" / "languages"
    return frozenset(
        file.name.removesuffix(".html") for file in folder.iterdir() if file.name.endswith(".html")
    )


def split_all_scripts(config: Any) -> None:
    """Have the search of the theme know the words of every script, unless a project says how.

    The search splits texts and what readers type alike. It needs no list of the words of a
    language: it finds words by how they begin, and ideographs in the order in which they stand.
    """
    for name, plugin in config.plugins.items():
        if name.rpartition("/")[2] == "search":
            options = plugin.config.get("lunr") or plugin.config
            options["separator"] = options.get("separator") or SEPARATOR


def theme_language(settings: Settings, language: Language) -> str:
    """Return the code of the theme's own words on a page that speaks `language`.

    That is the one in the settings for all texts that are in it, whatever else there is for it.
    """
    if language.text == settings.language:
        return settings.language
    codes = {code.lower(): code for code in theme_languages()}
    tag = language.tag.lower()
    return codes.get(tag) or codes.get(tag.partition("-")[0]) or settings.language


def line_of(config_file: Path, keys: Iterable[int | str]) -> int:
    """Return the line of the last of nested `keys` that is in the file; 0 where none is."""
    try:
        node = yaml.compose(config_file.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return 0
    line = 0
    for key in keys:
        child = _child(node, key)
        if child is None:
            break
        line, node = child
    return line


def run_host(*arguments: str) -> None:
    """Run the command of the host in this process, as if it had been called; it exits by itself."""
    host = _installed_host()
    os.environ.update(WITHOUT_ADVICE)
    sys.argv = [host, *arguments]
    run_module(host, run_name="__main__", alter_sys=True)


def _installed_host() -> str:
    """Return the name of the host. Where it is ProperDocs, plugins get it when they import MkDocs.

    Raises MachineError where there is none.
    """
    for host in filter(find_spec, HOSTS):
        if host == "properdocs":
            import_module("properdocs.replacement")
        return host
    raise MachineError("Neither MkDocs nor ProperDocs is installed. Run: pip install mkdocs")


def load_config(config_file: Path) -> Any:
    """Load the file with whichever host is installed; not validated yet. Raise what YAML raises."""
    host = _installed_host()
    schema = getattr(import_module(f"{host}.config.defaults"), HOSTS[host])
    refusal = import_module(f"{host}.exceptions").ConfigurationError
    config = schema(config_file_path=str(config_file))
    try:
        with config_file.open("rb") as file:
            config.load_file(file)
    except refusal as error:
        raise error.__context__ or yaml.YAMLError(str(error)) from None
    return config


def _child(node: yaml.Node | None, key: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        pairs = (
            (name.start_mark.line + 1, value) for name, value in node.value if name.value == key
        )
        return next(pairs, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        item = node.value[key]
        return item.start_mark.line + 1, item
    return None


def _refused(config_file: Path, key: str, reason: str) -> Problem:
    """Return the problem that the host has with a setting."""
    first_line = reason.strip().partition("\n")[0].rstrip(".")
    hint = ""
    if key == "markdown_extensions":
        hint = "Correct the name, or add the package to pyproject.toml and run: make lock install"
    return _problem(config_file, [key], f"The setting {key} cannot be used: {first_line}.", hint)


def _problem(config_file: Path, keys: Sequence[int | str], message: str, hint: str = "") -> Problem:
    """Return a problem with the setting at nested keys, with the line of that."""
    line = line_of(config_file, keys)
    return Problem(config_file.name, line, Code.SETTING, message, hint)


def _unreadable(path: str, error: OSError | UnicodeDecodeError | yaml.YAMLError) -> Problem:
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        message = "The file is not saved as UTF-8."
        return Problem(path, line, Code.SETTING, message, "Save it again with the encoding UTF-8.")
    if isinstance(error, OSError):
        message = f"The settings cannot be read: {error.strerror}."
        return Problem(path, 0, Code.SETTING, message, "Make the file readable.")
    mark = getattr(error, "problem_mark", None)
    message = "From this line on, the settings cannot be read."
    if mark is None:
        message = f"The settings cannot be read: {error}."
    hint = (
        "Write each line as its key, a colon, a blank and the value; what belongs to a line stands "
        "below it, with as many blanks before each of its lines, and no tabs."
    )
    return Problem(path, mark.line + 1 if mark else 0, Code.SETTING, message, hint)
