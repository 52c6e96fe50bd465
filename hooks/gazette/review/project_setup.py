"""What a project still lacks before readers may see it, and what it has: for `gazette doctor`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gazette.model import Digest
from gazette.record.commits import shallow_cuts
from gazette.record.git_texts import open_repository
from gazette.settings import CONFIG, Settings
from gazette.site.project_problems import is_placeholder, project_problems

SAMPLE_COMPANY = "NanoIP"
"""The company of the samples, which does not exist."""
ENGINE_PIN = re.compile(r"^gazette-help-center==([^\s;\\]+)", re.MULTILINE)
BYTES_KEPT = re.compile(r"^/versions/\*\* -text$", re.MULTILINE)
OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
PUBLISHERS = (".github/workflows/publish.yml", ".gitlab-ci.yml")
SUPPORTED = {"mkdocs": "1", "properdocs": "1", "mkdocs-material": "9", "mkdocs-materialx": "10"}
"""The first number of the versions of hosts and themes that the engine is tested with."""


class SetupStatus(Enum):
    """How one part of a project stands: what is to fix keeps it from being published."""

    OK = "ok"
    NOTE = "note"
    FIX = "fix"


@dataclass(frozen=True)
class Diagnosis:
    """What a look at one part of a project tells: a fact, and what to do."""

    standing: SetupStatus
    fact: str
    advice: str = ""


@dataclass(frozen=True)
class Installation:
    """What a project is built with.

    `packages` are the versions of host and theme, `engine` is that of this engine. Its hooks load
    the engine if `has_hook`, its theme says on pages made without the engine that they are if
    `has_guard`.
    """

    packages: Mapping[str, str]
    engine: str
    has_hook: bool
    has_guard: bool
    schema: str


def diagnose(
    settings: Settings,
    installed: Installation,
    texts: Mapping[str, Digest],
    line_of: Callable[[tuple[str, ...]], int],
) -> Iterator[Diagnosis]:
    """Yield how every part of a project stands; `texts` are the digests of its texts by path.

    `line_of` finds a setting in its file. In the repository of the engine, which shows samples,
    placeholders are nothing to fix.
    """
    yield from _packages(installed)
    placeholders = [*_placeholders(settings, line_of)]
    if (settings.project / "hooks/gazette/adapter.py").is_file():
        for diagnosis in placeholders:
            yield Diagnosis(
                SetupStatus.NOTE, diagnosis.fact, "Right for samples, and only for them."
            )
    else:
        yield from placeholders
    for problem in project_problems(settings, texts):
        yield Diagnosis(SetupStatus.FIX, f"{problem.path}: {problem.message}", problem.hint)
    yield from _theme_and_hook(installed)
    yield from _git(settings)
    yield from _engine_files(settings.project, installed)
    yield from _publishing(settings.project)


def _packages(installed: Installation) -> Iterator[Diagnosis]:
    for name, version in installed.packages.items():
        if version.partition(".")[0] == SUPPORTED[name]:
            yield Diagnosis(SetupStatus.OK, f"{name} {version} is supported.")
        else:
            advice = f"Take version {SUPPORTED[name]}, as requirements.txt has it: make install"
            yield Diagnosis(SetupStatus.FIX, f"{name} {version} is not supported.", advice)


def _placeholders(
    settings: Settings, line_of: Callable[[tuple[str, ...]], int]
) -> Iterator[Diagnosis]:
    values = {
        ("site_url",): (settings.site_url, "Write the address that the site will have."),
        ("extra", "help_center", "support"): (
            settings.support,
            "Write your own e-mail address, or that of a page.",
        ),
    }
    for keys, (value, advice) in values.items():
        if is_placeholder(value):
            place = f"{CONFIG}:{line_of(keys)}"
            yield Diagnosis(
                SetupStatus.FIX, f"{place}: {keys[-1]} is a placeholder: {value}", advice
            )
    for file in (settings.project / CONFIG, settings.docs / "index.md"):
        if SAMPLE_COMPANY in _text(file):
            fact = f"{settings.relative(file)}: It speaks of {SAMPLE_COMPANY}, which is a sample."
            yield Diagnosis(SetupStatus.FIX, fact, "Write the name of your company.")


def _theme_and_hook(installed: Installation) -> Iterator[Diagnosis]:
    if not installed.has_hook:
        fact = f"{CONFIG}: No hook loads the engine, so no version and no redline is published."
        advice = "Add hooks/help_center.py to hooks:. `gazette init` writes the file."
        yield Diagnosis(SetupStatus.FIX, fact, advice)
    if not installed.has_guard:
        fact = f"{CONFIG}: Pages that are made without the engine would not say so."
        advice = "Write custom_dir: hooks/theme below theme:. `gazette init` writes the folder."
        yield Diagnosis(SetupStatus.FIX, fact, advice)


def _git(settings: Settings) -> Iterator[Diagnosis]:
    repository = open_repository(settings.policies)
    if repository is None:
        fact = "The project is not kept in git: only versions/ knows what was published."
        yield Diagnosis(SetupStatus.NOTE, fact, "Run: git init, git add --all, git commit")
    elif shallow_cuts(repository):
        fact = "This is a shallow clone: it lacks the versions before its first commit."
        advice = "Run: git fetch --unshallow; in a workflow, set fetch-depth: 0"
        yield Diagnosis(SetupStatus.FIX, fact, advice)
    if BYTES_KEPT.search(_text(settings.project / ".gitattributes")) is None:
        fact = ".gitattributes: Nothing keeps git from changing line endings in versions/."
        advice = (
            "Add a line: /versions/** -text. `gazette init` writes the file where there is none."
        )
        yield Diagnosis(SetupStatus.FIX, fact, advice)


def _engine_files(project: Path, installed: Installation) -> Iterator[Diagnosis]:
    pin = ENGINE_PIN.search(_text(project / "requirements-engine.txt"))
    if pin and pin[1] != installed.engine:
        fact = f"requirements-engine.txt names version {pin[1]}, this is {installed.engine}."
        yield Diagnosis(SetupStatus.NOTE, fact, "Run: make install")
    schema = _text(project / ".vscode/policy.schema.json")
    if schema and schema != installed.schema:
        fact = ".vscode/policy.schema.json is not that of this version of the engine."
        advice = "Run: gazette schema > .vscode/policy.schema.json"
        yield Diagnosis(SetupStatus.NOTE, fact, advice)


def _publishing(project: Path) -> Iterator[Diagnosis]:
    if not any((project / path).is_file() for path in PUBLISHERS):
        return
    owners = [path for path in OWNERS if (project / path).is_file()]
    for path in owners:
        if "@example/" in _text(project / path):
            yield Diagnosis(SetupStatus.FIX, f"{path}: It names @example.", "Name your own people.")
    fact = "Whoever may push to the published branch publishes."
    advice = "Protect the branch, so that every change is reviewed"
    end = "." if owners else ", and say in CODEOWNERS by whom."
    yield Diagnosis(SetupStatus.NOTE, fact, advice + end)


def _text(file: Path) -> str:
    return file.read_text("utf-8", errors="replace") if file.is_file() else ""
