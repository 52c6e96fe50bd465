"""The locks hold what pyproject.toml asks for, all of it by digest, and name no place to get it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
RUNTIME, BUILD = "hooks/gazette/requirements.txt", "requirements-build.txt"
TEST = "requirements-test.txt"
LOCKS = (RUNTIME, BUILD, TEST)
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)((?: ; [^\\]+)?) \\$", re.M)


def pins(lock: str) -> dict[tuple[str, str], str]:
    """What a lock pins: version by name and the condition it stands under."""
    text = (PROJECT / lock).read_text("utf-8")
    return {(name, condition.strip()): version for name, version, condition in PIN.findall(text)}


def normalized(requirement: str) -> str:
    """The name in a requirement as a lock writes it."""
    name = re.split(r"[<>=!~ \[;]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> dict[str, set[str]]:
    """What pyproject.toml asks for, per lock."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    runtime = set(map(normalized, project["project"]["dependencies"]))
    build, test = (set(map(normalized, groups[name])) for name in ("build", "test"))
    return {RUNTIME: runtime, BUILD: build, TEST: runtime | build | test}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_a_digest(lock: str) -> None:
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = (PROJECT / lock).read_text("utf-8").splitlines()
    assert [line for line in lines if not PIN.match(line) and not digest.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_all_that_is_asked_for_is_locked(lock: str) -> None:
    assert asked_for()[lock] - {name for name, _ in pins(lock)} == set()


def test_tests_run_on_what_the_site_is_built_with() -> None:
    assert pins(RUNTIME).items() <= pins(TEST).items()


def test_releases_are_built_with_what_tests_run_on() -> None:
    """All of it has the same version; what only some systems need stands under a condition."""
    tested = {name: version for (name, _), version in pins(TEST).items()}
    built = {name: version for (name, _), version in pins(BUILD).items()}
    assert built.items() <= tested.items()
