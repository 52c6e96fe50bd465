"""A new project: its files, made of those in `starter/`, and how they come into a folder.

The tree in `starter/` has the shape of a project. What begins with `dot-` begins with a dot in a
project. A file that ends in `.jinja` is a template; all others are taken as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from gazette.authoring.project_answers import ProjectAnswers
from gazette.errors import SetupError
from gazette.files import write_together
from gazette.text.markdown_escapes import escaped, line_start

PACKAGE = Path(__file__).parents[1]
STARTER = PACKAGE / "starter"
OF_THE_ENGINE = {
    "requirements.txt": PACKAGE / "requirements.txt",
    ".vscode/policy.schema.json": PACKAGE / "policy.schema.json",
}
"""Files of a project that the engine itself needs, too."""
FIRST_POLICY = "docs/policies/how-our-policies-change.md"
PLACES = {
    "github": {".github/": ".github/"},
    "gitlab": {
        ".gitlab-ci.yml": ".gitlab-ci.yml",
        ".github/pull_request_template.md": ".gitlab/merge_request_templates/Default.md",
    },
    "none": {},
}
"""Where the files for GitHub and GitLab go, by whose workflows a project uses."""


@dataclass(frozen=True)
class WrittenProject:
    """What came of writing a project: paths in its folder, `kept` those that stood there."""

    new: tuple[str, ...]
    kept: tuple[str, ...]


def project_files(
    answers: ProjectAnswers, today: date, engine_version: str, *, ci: str, has_policy: bool
) -> dict[str, bytes]:
    """Return the files of a new project, by their path in it; `ci` is a key of PLACES."""
    facts = {
        **vars(answers),
        "site_name": f"{answers.name} Help Center",
        "description": f"The policies of {answers.name}: every version, and what each changed.",
        "today": today.isoformat(),
        "engine_version": engine_version,
    }
    files = {path: file.read_bytes() for path, file in OF_THE_ENGINE.items()}
    environment = _environment()
    for name, file in _starter_files():
        path = _place(name.removesuffix(".jinja"), PLACES[ci])
        if not path or (path == FIRST_POLICY and not has_policy):
            continue
        data = file.read_bytes()
        if name.endswith(".jinja"):
            data = environment.from_string(data.decode()).render(facts).encode()
        files[path] = data
    return dict(sorted(files.items()))


def write_project(folder: Path, files: Mapping[str, bytes]) -> WrittenProject:
    """Write those of the files that are not in the folder yet: all of them, or none.

    Raises SetupError, before anything is written, when a file stands where a folder has to be.
    """
    for place in (folder, *(folder / path for path in files)):
        _check_parents(place)
    if folder.exists() and not folder.is_dir():
        raise SetupError(f"{folder} is a file. Choose another folder.")
    kept = [path for path in files if (folder / path).exists() or (folder / path).is_symlink()]
    new = {folder / path: data for path, data in files.items() if path not in kept}
    with _without_new_folders(new):
        write_together(new)
    return WrittenProject(tuple(path for path in files if path not in kept), tuple(kept))


def has_policies(folder: Path) -> bool:
    """Return whether texts of policies stand in a folder already."""
    return any((folder / "docs" / "policies").glob("**/*.md"))


def _starter_files() -> Iterator[tuple[str, Path]]:
    for file in sorted(STARTER.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            parts = file.relative_to(STARTER).parts
            yield "/".join(part.replace("dot-", ".", 1) for part in parts), file


def _place(path: str, places: Mapping[str, str]) -> str:
    """Return where a file of the starter goes; nothing when this project does without it."""
    for start, place in places.items():
        if path.startswith(start):
            return place + path.removeprefix(start)
    return "" if path.startswith((".github/", ".gitlab-ci.yml")) else path


def _environment() -> Environment:
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    environment.filters["as_markdown"] = escaped
    environment.filters["begins_line"] = lambda value: line_start(escaped(value))
    return environment


def _check_parents(place: Path) -> None:
    for parent in place.parents:
        if (parent.exists() or parent.is_symlink()) and not parent.is_dir():
            raise SetupError(f"{parent} is a file, but a folder has to be there. Move it away.")


@contextmanager
def _without_new_folders(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Remove the folders that were made for files, where writing these fails."""
    folders = {parent for file in files for parent in file.parents if not parent.exists()}
    try:
        yield
    except BaseException:
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):
                folder.rmdir()
        raise
