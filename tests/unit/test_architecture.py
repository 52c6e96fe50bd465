"""The rooms of the engine: who may import whom, and what the pure ones never touch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from bench.size import memo_tables

HOOKS = Path(__file__).parents[2] / "hooks"
TESTS = Path(__file__).parents[1]
ENGINE = HOOKS / "gazette"
LAYERS = [
    {"problems"},
    {"files", "fingerprint", "store"},
    {"errors"},
    {"model"},
    {"text"},
    {"settings", "cache", "progress"},
    {"record"},
    {"forms"},
    {"site"},
    {"build", "review", "authoring", "imports"},
    {"commands"},
    {"cli"},
]
"""From the bottom up: a room imports from its own layer's name and from layers above the list."""
HOSTS = {"mkdocs", "properdocs", "material"}
OUTSIDE = {"git", "os", "pathlib", "shutil", "socket", "subprocess", "tempfile", "time"}
MODULES = sorted(path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """The full names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def room_of(module: str) -> str:
    return module.removesuffix(".py").partition("/")[0]


def layer_of(room: str) -> int:
    return next(at for at, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize("module", [one for one in MODULES if one != "__init__.py"])
def test_modules_import_downwards_only(module: str) -> None:
    own = room_of(module)
    for name in imports(ENGINE / module):
        first, _, rest = name.partition(".")
        room = rest.partition(".")[0]
        if first == "gazette" and room != own:
            assert layer_of(room) < layer_of(own), f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_the_engine_never_imports_the_host(module: str) -> None:
    found = {name.partition(".")[0] for name in imports(ENGINE / module)}
    assert not found & HOSTS


@pytest.mark.parametrize("module", [one for one in MODULES if room_of(one) in {"text", "forms"}])
def test_pure_rooms_touch_neither_disk_nor_git_nor_clock(module: str) -> None:
    found = {name.partition(".")[0] for name in imports(ENGINE / module)}
    assert not found & OUTSIDE


@pytest.mark.parametrize("module", [one for one in MODULES if room_of(one) in {"text", "forms"}])
def test_pure_rooms_remember_nothing_globally(module: str) -> None:
    """What was found out about texts belongs to a record, or to an object that somebody holds."""
    assert memo_tables(ast.parse((ENGINE / module).read_text("utf-8"))) == 0


def test_only_the_record_asks_git() -> None:
    asking = {room_of(one) for one in MODULES if "git" in {*map(_first, imports(ENGINE / one))}}
    assert asking == {"record"}


def _first(name: str) -> str:
    return name.partition(".")[0]


def test_packages_hold_no_code() -> None:
    assert [
        one for one in MODULES if one.endswith("__init__.py") and (ENGINE / one).stat().st_size
    ] == []


def test_the_hook_holds_events_only() -> None:
    """Short handlers: none decides, none loops but over a list of names."""
    tree = ast.parse((HOOKS / "help_center.py").read_text("utf-8"))
    events = [
        one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("on_")
    ]
    assert events
    for event in events:
        assert not [one for one in ast.walk(event) if isinstance(one, ast.If | ast.While | ast.Try)]
        assert (event.end_lineno or 0) - event.lineno <= 20, event.name


def test_no_test_sets_a_deadline() -> None:
    """The one profile of all tests has none: `tests/conftest.py`."""
    assert hypothesis.settings.default is not None
    assert hypothesis.settings.default.deadline is None
    given = re.compile(r"@settings\([^)]*deadline")
    assert [
        path.name for path in TESTS.rglob("*.py") if given.search(path.read_text("utf-8"))
    ] == []
