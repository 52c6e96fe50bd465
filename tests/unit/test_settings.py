"""The settings in `mkdocs.yml`: every mistake in a sentence, with its line and the way out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gazette.errors import PolicyError
from gazette.fingerprint import fingerprint
from gazette.host_config import read_settings

NAME = "site_name: Help\n"
SUPPORT = f"{NAME}extra:\n  help_center:\n    support: '#'\n"


def config_file(folder: Path, content: str | bytes) -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs/index.md").write_text("# Home\n")
    config = folder / "mkdocs.yml"
    config.write_bytes(content.encode() if isinstance(content, str) else content)
    return config


@pytest.mark.parametrize("written", ["!ENV [DIRECTORY_URLS, true]", "true"])
def test_values_from_the_environment_are_read(tmp_path: Path, written: str) -> None:
    config = config_file(tmp_path, f"{SUPPORT}use_directory_urls: {written}\n")
    assert read_settings(config).support == "#"


def test_an_inherited_configuration_is_read(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(f"{SUPPORT}    notice_days: 14\n")
    config = config_file(tmp_path, "INHERIT: base.yml\nsite_name: Policies\n")
    assert read_settings(config).notice_days == 14


SLUGIFY = """markdown_extensions:
  - toc:
      slugify: {}
"""
CLOSURE = "!!python/object/apply:slugs.prefixed [{}]"
PARTIAL = "!!python/object/apply:slugs.partly [{}]"
SLUGS = """
from functools import partial


def plain(text, separator):
    return text


other = lambda text, separator: text


def prefixed(prefix):
    def slugify(text, separator):
        return prefix + text

    return slugify


def partly(prefix):
    return partial(joined, prefix)


def joined(prefix, text, separator):
    return prefix + text


class Slugs:
    def __call__(self, text, separator):
        return text


instance = Slugs()
"""


@pytest.fixture
def slugs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project with functions of its own."""
    (tmp_path / "slugs.py").write_text(SLUGS)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "slugs", raising=False)
    return tmp_path


def fingerprint_with(folder: Path, slugify: str) -> str:
    return fingerprint(read_settings(config_file(folder, SUPPORT + SLUGIFY.format(slugify))))


def test_functions_among_the_settings_of_markdown_are_distinguished(slugs: Path) -> None:
    values = [
        "!!python/name:slugs.plain",
        "!!python/name:slugs.other",
        "!!python/name:markdown.extensions.toc.slugify_unicode",
        "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}",
        "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: fold}}",
        *(kind.format(prefix) for kind in (CLOSURE, PARTIAL) for prefix in "ab"),
    ]
    fingerprints = [fingerprint_with(slugs, value) for value in values]
    assert len(set(fingerprints)) == len(values)
    assert [fingerprint_with(slugs, value) for value in values] == fingerprints


def test_a_changed_function_is_another_one(slugs: Path) -> None:
    before = fingerprint_with(slugs, "!!python/name:slugs.plain")
    (slugs / "slugs.py").write_text(SLUGS.replace("return text", "return text.lower()", 1))
    assert fingerprint_with(slugs, "!!python/name:slugs.plain") != before


def test_what_has_no_name_is_refused_with_the_setting(slugs: Path) -> None:
    refused_text = refusal(slugs, SUPPORT + SLUGIFY.format("!!python/name:slugs.instance"))
    assert refused_text.startswith(
        "mkdocs.yml:5: The setting markdown_extensions cannot be used: "
        "markdown_extensions.toc.slugify holds <slugs.Slugs object"
    )


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(PolicyError) as refused:
        read_settings(config_file(folder, content))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            NAME,
            "mkdocs.yml: The setting extra.help_center.support is missing. "
            "Add it: mailto: and your e-mail address, or the address of a page for "
            "questions. [setting]",
        ),
        (
            f"{SUPPORT}    suport: '#'\n",
            "mkdocs.yml:5: extra.help_center.suport is not a setting. "
            "Did you mean: support? [setting]",
        ),
        (
            f"{SUPPORT}    categories:\n      - Privacy\n      - 3\n",
            "mkdocs.yml:7: extra.help_center.categories.1 cannot be 3. Write a text. [setting]",
        ),
        (
            f"{NAME}extra: 5\n",
            "mkdocs.yml:2: The setting extra cannot be used: "
            "The configuration is invalid. Expected a key-value mapping (dict) but received: "
            "<class 'int'>. [setting]",
        ),
        (
            "theme: x\nsite_name: Help: us\n",
            "mkdocs.yml:2: From this line on, the settings cannot be read. Write each line as "
            "its key, a colon, a blank and the value; what belongs to a line stands below it, "
            "with as many blanks before each of its lines, and no tabs. [setting]",
        ),
        (
            "# caf\u00e9\n\nsite_name: caf".encode() + b"\xe9\n",
            "mkdocs.yml:3: The file is not saved as UTF-8. "
            "Save it again with the encoding UTF-8. [setting]",
        ),
        (
            f"{SUPPORT}docs_dir: ../docs\n",
            "mkdocs.yml:5: docs_dir leads out of the project: OUTSIDE/docs. "
            "Name a folder beside mkdocs.yml: docs_dir: docs [setting]",
        ),
        (
            f"{SUPPORT}use_directory_urls: false\n",
            "mkdocs.yml:5: use_directory_urls is off: policies would lose the addresses they are "
            "cited by. Take the line out. [setting]",
        ),
        (
            f"{NAME}extra:\n  help_center:\n    support: 'javascript:open()'\n",
            "mkdocs.yml:4: extra.help_center.support cannot be 'javascript:open()'. "
            "Write the address of a page or mailto: and an e-mail address. [setting]",
        ),
        (
            f"{SUPPORT}theme:\n  name: material\n  features:\n    - content.tooltips\n",
            "mkdocs.yml:7: The feature content.tooltips would run what titles and headings in a "
            "text quote. Take the line out: browsers show titles without it. [setting]",
        ),
        (
            f"{SUPPORT}markdown_extensions:\n  - tables\n  - no_such_thing\n",
            "mkdocs.yml:5: The setting markdown_extensions cannot be used: "
            "Failed to load extension 'no_such_thing'. Correct "
            "the name, or add the package to pyproject.toml and run: make lock install [setting]",
        ),
    ],
)
def test_mistakes(tmp_path: Path, content: str | bytes, message: str) -> None:
    project = tmp_path / "project"
    for folder in (project, tmp_path / "docs"):
        folder.mkdir()
    assert refusal(project, content) == message.replace("OUTSIDE", str(tmp_path))


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").mkdir()
    with pytest.raises(PolicyError) as refused:
        read_settings(tmp_path / "mkdocs.yml")
    assert str(refused.value) == (
        "mkdocs.yml: The settings cannot be read: Is a directory. Make the file readable. [setting]"
    )
