"""The settings of a help center: what `mkdocs.yml` says, as one record of plain values."""

from __future__ import annotations

import difflib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from markdown.util import get_installed_extensions
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gazette.errors import PolicyError
from gazette.problems import Code, Problem
from gazette.text.markdown_settings import MarkdownSettings

BUILTIN_EXTENSIONS = ("toc", "tables", "fenced_code")  # what MkDocs always loads, in its order


AUTHORITY = r"^([\w.+-]+@)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
"""A domain, or an e-mail address: who is responsible for a tag (RFC 4151)."""
FEED_SINCE = date(2026, 1, 1)
"""Part of the permanent ids of feeds where no setting names another day: never to be changed."""


class HelpCenter(BaseModel):
    """The block `extra: help_center:` of `mkdocs.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    support: str = Field(min_length=1)
    name: str = Field("Help Center", min_length=1)
    categories: tuple[str, ...] = ()
    full_redlines: int = Field(20, ge=0)
    notice_days: int = Field(0, ge=0)
    required_headings: dict[str, tuple[str, ...]] = {}
    feed_authority: str = Field("", pattern=AUTHORITY)
    feed_since: date = FEED_SINCE


@dataclass(frozen=True)
class Settings:
    """Everything the engine needs to know from `mkdocs.yml`.

    `support` is the address behind "Need help?"; `name` is what the home is called; `categories`
    is their order on it; `full_redlines` is how many of the newest earlier versions get a full
    redline against the text in force. `notice_days` is how long before it applies a substantive
    change is posted; `required_headings` names, by category, sections that no policy goes without
    (`*` for all). `repository` is where the project's files can be read on the web.
    `feed_authority` is the domain or e-mail address that the permanent ids of feeds name, empty for
    the domain of the site; `feed_since` is a day on which it was the publisher's.
    """

    project: Path
    docs: Path
    site_url: str
    support: str
    name: str
    categories: tuple[str, ...]
    full_redlines: int
    markdown: MarkdownSettings
    notice_days: int = 0
    required_headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repository: str = ""
    feed_authority: str = ""
    feed_since: date = FEED_SINCE

    @property
    def policies(self) -> Path:
        """The folder of the policies' Markdown."""
        return self.docs / "policies"

    @property
    def versions(self) -> Path:
        """The folder of the archive."""
        return self.project / "versions"

    def relative(self, path: Path) -> str:
        """Return `path` as messages name it: from the project's folder, with forward slashes."""
        return path.relative_to(self.project).as_posix()


def settings_from(
    config_file: Path,
    docs: Path,
    site_url: str,
    help_center: object,
    extensions: tuple[str, ...],
    configs: Mapping[str, Mapping[str, Any]],
    repository: str = "",
    *,
    directory_urls: bool = True,
) -> Settings:
    """Check the values of `mkdocs.yml` and return them as a record.

    `help_center` is the block under `extra`, `extensions` and `configs` the Markdown extensions in
    order and their options; `directory_urls` is `use_directory_urls`. Raises PolicyError with every
    mistake in the block.
    """
    if not docs.resolve().is_relative_to(config_file.parent.resolve()):
        said = f"docs_dir leads out of the project: {docs}."
        hint = "Name a folder beside mkdocs.yml: docs_dir: docs"
        line = _line(config_file, ("docs_dir",))
        raise PolicyError([Problem(config_file.name, line, Code.SETTING, said, hint)])
    if not directory_urls:
        said = "use_directory_urls is off: policies would lose the addresses they are cited by."
        line = _line(config_file, ("use_directory_urls",))
        raise PolicyError(
            [Problem(config_file.name, line, Code.SETTING, said, "Take the line out.")]
        )
    try:
        block = HelpCenter.model_validate(help_center or {})
    except ValidationError as error:
        problems = [_finding(config_file, one) for one in error.errors()]
        raise PolicyError(problems) from None
    markdown = MarkdownSettings(extensions, configs)
    return Settings(
        project=config_file.parent,
        docs=docs,
        site_url=site_url,
        support=block.support,
        name=block.name,
        categories=block.categories,
        full_redlines=block.full_redlines,
        markdown=markdown,
        notice_days=block.notice_days,
        required_headings=block.required_headings,
        repository=repository,
        feed_authority=block.feed_authority,
        feed_since=block.feed_since,
    )


def read_settings(config_file: Path) -> Settings:
    """Read `mkdocs.yml` as the command does, without MkDocs; tags that only MkDocs knows are null.

    Raises PolicyError when the file cannot be read.
    """
    try:
        config = yaml.load(config_file.read_text("utf-8"), Loader=_TolerantLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError([_unreadable(config_file.name, error)]) from None
    config = config if isinstance(config, dict) else {}
    extensions, configs = _extensions(config.get("markdown_extensions") or [])
    if missing := [name for name in extensions if not _is_installed(name)]:
        line = _line(config_file, ("markdown_extensions",))
        said = f"These Markdown extensions are not installed: {', '.join(missing)}."
        hint = "Correct the name, or add the package to pyproject.toml and run: make lock install"
        raise PolicyError([Problem(config_file.name, line, Code.SETTING, said, hint)])
    docs = config_file.parent / str(config.get("docs_dir", "docs"))
    extra = config.get("extra")
    block = extra.get("help_center") if isinstance(extra, dict) else extra
    site_url, repository = str(config.get("site_url") or ""), str(config.get("repo_url") or "")
    return settings_from(
        config_file,
        docs,
        site_url,
        block,
        extensions,
        configs,
        repository,
        directory_urls=config.get("use_directory_urls") is not False,
    )


class _TolerantLoader(yaml.SafeLoader):
    pass


_TolerantLoader.add_multi_constructor("", lambda loader, suffix, node: None)


def _is_installed(name: str) -> bool:
    if any(one.name == name for one in get_installed_extensions()):
        return True
    try:
        return importlib.util.find_spec(name.partition(":")[0]) is not None
    except (ImportError, ValueError):
        return False


def _extensions(listed: object) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    items = listed.items() if isinstance(listed, dict) else _pairs(listed)
    configs = {
        str(name): dict(options) if isinstance(options, dict) else {} for name, options in items
    }
    names = tuple(dict.fromkeys((*BUILTIN_EXTENSIONS, *configs)))
    return names, {name: options for name, options in configs.items() if options}


def _pairs(listed: object) -> Iterator[tuple[object, Any]]:
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            yield from item.items()
        else:
            yield item, None


def _unreadable(path: str, error: OSError | UnicodeDecodeError | yaml.YAMLError) -> Problem:
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        said, hint = "The file is not saved as UTF-8.", "Save it again with the encoding UTF-8."
        return Problem(path, line, Code.SETTING, said, hint)
    if isinstance(error, OSError):
        said, hint = f"The settings cannot be read: {error.strerror}.", "Make the file readable."
        return Problem(path, 0, Code.SETTING, said, hint)
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "it is not valid YAML"
    said = f"The settings cannot be read here: {reason}."
    hint = "Write each line as key: value, below each other what belongs together."
    return Problem(path, mark.line + 1 if mark else 0, Code.SETTING, said, hint)


def _line(config_file: Path, keys: Iterable[int | str]) -> int:
    """Return the line of the last of nested `keys` that is there; 0 where none is."""
    try:
        node = yaml.compose(config_file.read_text("utf-8"), Loader=_TolerantLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return 0
    line = 0
    for key in keys:
        found = _child(node, key)
        if found is None:
            break
        line, node = found
    return line


def _child(node: yaml.Node | None, key: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        pairs = ((name.start_mark.line + 1, at) for name, at in node.value if name.value == key)
        return next(pairs, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        item = node.value[key]
        return item.start_mark.line + 1, item
    return None


def _finding(config_file: Path, error: Any) -> Problem:
    path, line = config_file.name, _line(config_file, ("extra", "help_center", *error["loc"]))
    key = ".".join(str(part) for part in error["loc"])
    name = f"extra.help_center.{key}" if key else "extra.help_center"
    if error["type"] == "missing":
        hint = "Add it, for example support: mailto:support@example.com"
        return Problem(path, line, Code.SETTING, f"The setting {name} is missing.", hint)
    if error["type"] == "extra_forbidden":
        nearest = difflib.get_close_matches(key, HelpCenter.model_fields, n=1)
        known = nearest[0] if nearest else ", ".join(HelpCenter.model_fields)
        said = f"{name} is not a setting."
        return Problem(path, line, Code.SETTING, said, f"Did you mean: {known}?")
    said = f"{name} cannot be {error['input']!r}: {error['msg']}."
    return Problem(path, line, Code.SETTING, said)
