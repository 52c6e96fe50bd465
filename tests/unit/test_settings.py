"""The settings in `mkdocs.yml`: every mistake in a sentence, with its line and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.errors import PolicyError
from gazette.settings import read_settings

SUPPORT = "extra:\n  help_center:\n    support: '#'\n"


@pytest.mark.parametrize("written", ["", "!ENV [DIRECTORY_URLS, true]", "true"])
def test_what_only_the_host_can_read_is_left_to_it(tmp_path: Path, written: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"{SUPPORT}use_directory_urls: {written}\n")
    assert read_settings(config).support == "#"


def refusal(folder: Path, content: bytes) -> str:
    config = folder / "mkdocs.yml"
    config.write_bytes(content)
    with pytest.raises(PolicyError) as refused:
        read_settings(config)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "site_name: Help\n",
            "mkdocs.yml: The setting extra.help_center.support is missing. "
            "Add it, for example support: mailto:support@example.com [setting]",
        ),
        (
            f"{SUPPORT}    suport: '#'\n",
            "mkdocs.yml:4: extra.help_center.suport is not a setting. "
            "Did you mean: support? [setting]",
        ),
        (
            f"{SUPPORT}    categories:\n      - Privacy\n      - 3\n",
            "mkdocs.yml:6: extra.help_center.categories.1 cannot be 3: "
            "Input should be a valid string. [setting]",
        ),
        (
            "site_name: Help\nextra: 5\n",
            "mkdocs.yml:2: extra.help_center cannot be 5: "
            "Input should be a valid dictionary or instance of HelpCenter. [setting]",
        ),
        (
            "theme: x\nsite_name: Help: us\n",
            "mkdocs.yml:2: The settings cannot be read here: mapping values are not allowed here. "
            "Write each line as key: value, below each other what belongs together. [setting]",
        ),
        (
            f"{SUPPORT}docs_dir: ../docs\n",
            "mkdocs.yml:4: docs_dir leads out of the project: FOLDER/../docs. "
            "Name a folder beside mkdocs.yml: docs_dir: docs [setting]",
        ),
        (
            f"{SUPPORT}use_directory_urls: false\n",
            "mkdocs.yml:4: use_directory_urls is off: policies would lose the addresses they are "
            "cited by. Take the line out. [setting]",
        ),
        (
            f"{SUPPORT}markdown_extensions:\n  - tables\n  - no_such_thing\n",
            "mkdocs.yml:4: These Markdown extensions are not installed: no_such_thing. Correct "
            "the name, or add the package to pyproject.toml and run: make lock install [setting]",
        ),
    ],
)
def test_mistakes(tmp_path: Path, content: str, message: str) -> None:
    assert refusal(tmp_path, content.encode()) == message.replace("FOLDER", str(tmp_path))


def test_what_is_not_utf_8(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"# Caf\xc3\xa9\nsite_name: Caf\xe9\n") == (
        "mkdocs.yml:2: The file is not saved as UTF-8. "
        "Save it again with the encoding UTF-8. [setting]"
    )


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").mkdir()
    with pytest.raises(PolicyError, match="The settings cannot be read: Is a directory"):
        read_settings(tmp_path / "mkdocs.yml")
