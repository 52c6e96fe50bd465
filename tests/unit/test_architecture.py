"""The rooms of the engine: who may import whom, and what the pure ones never touch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from bench.size import Sizes, measure, memo_tables
from gazette import adapter

HOOKS = Path(__file__).parents[2] / "hooks"
TESTS = Path(__file__).parents[1]
ENGINE = HOOKS / "gazette"
LAYERS = [
    {"problems"},
    {"compact_json", "described", "files", "fingerprint", "store"},
    {"language"},
    {"errors"},
    {"model", "processes"},
    {"text"},
    {"settings"},
    {"record"},
    {"forms"},
    {"site"},
    {"build", "review", "authoring", "imports"},
    {"host_config"},
    {"host_pages"},
    {"adapter", "commands"},
    {"cli"},
]
"""From the bottom up: a room imports from its own layer's name and from layers above the list."""
HOSTS = {"mkdocs", "properdocs", "material"}
OUTSIDE = {"git", "os", "pathlib", "shutil", "socket", "subprocess", "tempfile", "time"}
STARTER = ENGINE / "starter"
"""The files of a new project: data for the engine."""
MODULES = sorted(
    path.relative_to(ENGINE).as_posix()
    for path in ENGINE.rglob("*.py")
    if not path.is_relative_to(STARTER)
)


@cache
def nodes(path: Path) -> Sequence[ast.AST]:
    """All nodes of the tree of a module, the module itself first."""
    return [*ast.walk(ast.parse(path.read_text("utf-8")))]


@cache
def imports(path: Path) -> Sequence[str]:
    """The full names of all that a module imports, wherever in it."""
    names: list[str] = []
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names += (alias.name for alias in node.names)
    return names


def room_of(module: str) -> str:
    return module.removesuffix(".py").partition("/")[0]


def layer_of(room: str) -> int:
    return next(at for at, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__init__.py"])
def test_modules_import_downwards_only(module: str) -> None:
    room_of_module = room_of(module)
    for name in imports(ENGINE / module):
        first, _, rest = name.partition(".")
        room = rest.partition(".")[0]
        if first == "gazette" and room != room_of_module:
            assert layer_of(room) < layer_of(room_of_module), f"{module} imports {name}"


def test_only_the_modules_at_the_edge_know_the_host() -> None:
    knowing = {
        module
        for module in MODULES
        if any(_first(name) in HOSTS for name in imports(ENGINE / module))
    }
    assert knowing == {"adapter.py"}  # the others import whichever is there
    importing = {
        module for module in MODULES if "import_module" in (ENGINE / module).read_text("utf-8")
    }
    assert importing <= {
        "host_config.py",
        "host_pages.py",
        "commands/check.py",
        "commands/group.py",
    }


@pytest.mark.parametrize(
    "module", [module for module in MODULES if room_of(module) in {"text", "forms"}]
)
def test_pure_rooms_touch_neither_disk_nor_git_nor_clock(module: str) -> None:
    outside_names = {name.partition(".")[0] for name in imports(ENGINE / module)}
    assert not outside_names & OUTSIDE


@pytest.mark.parametrize(
    "module", [module for module in MODULES if room_of(module) in {"text", "forms"}]
)
def test_pure_rooms_remember_nothing_globally(module: str) -> None:
    """What was found out about texts belongs to a record, or to an object that somebody holds."""
    assert memo_tables(ast.parse((ENGINE / module).read_text("utf-8"))) == 0


@pytest.fixture(scope="module")
def sizes() -> Sizes:
    return measure(HOOKS)


LONGEST = 47
MOST_BRANCHES = 15
BRANCHES_OF_NINETEEN_IN_TWENTY = 10


def test_functions_stay_short(sizes: Sizes) -> None:
    assert [str(function) for function in sizes.functions if function.lines > LONGEST] == []
    branchy = [function for function in sizes.functions if function.branches > MOST_BRANCHES]
    assert [str(function) for function in branchy] == []
    simple = [f for f in sizes.functions if f.branches <= BRANCHES_OF_NINETEEN_IN_TWENTY]
    assert len(simple) >= 0.95 * len(sizes.functions)


def test_nothing_asks_for_what_is_private_to_others(sizes: Sizes) -> None:
    assert sizes.private == []


def test_everything_public_has_a_docstring_and_says_what_it_returns(sizes: Sizes) -> None:
    assert all(sizes.documented)
    assert all(sizes.return_types)


def test_only_the_record_asks_git() -> None:
    asking = {
        room_of(module) for module in MODULES if "git" in {*map(_first, imports(ENGINE / module))}
    }
    assert asking == {"record"}


def _first(name: str) -> str:
    return name.partition(".")[0]


def test_packages_hold_no_code() -> None:
    assert [
        module
        for module in MODULES
        if module.endswith("__init__.py") and (ENGINE / module).stat().st_size
    ] == []


def test_the_hook_names_events_only() -> None:
    """The host takes every name that begins with `on_` in the hook file for an event."""
    hook = ast.parse((HOOKS / "help_center.py").read_text("utf-8"))
    docstring, imported = hook.body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(imported, ast.ImportFrom)
    assert (imported.module, imported.names[0].name) == ("gazette.adapter", "*")
    module = ast.parse((ENGINE / "adapter.py").read_text("utf-8"))
    assert sorted(adapter.__all__) == sorted(event.name for event in events(module))


def test_events_are_short() -> None:
    """None decides, none loops but over a list of names."""
    for event in events(ast.parse((ENGINE / "adapter.py").read_text("utf-8"))):
        assert not [
            node for node in ast.walk(event) if isinstance(node, ast.If | ast.While | ast.Try)
        ]
        assert 1 <= len(event.body) - 1 <= 5, event.name


def events(module: ast.Module) -> list[ast.FunctionDef]:
    return [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("on_")
    ]


PRIVATE = re.compile(r"_(?!_)|__.*(?<!__)$")
"""A name that is private or mangled, unlike `__file__`; ruff's SLF finds the plain attributes."""


@pytest.mark.parametrize("module", MODULES)
def test_no_private_name_is_asked_for_by_way_of_text(module: str) -> None:
    """As in `getattr(pool, "_processes")`, `vars(pool)["_pool"]` or `pool._Pool__lock`."""
    for node in nodes(ENGINE / module):
        if isinstance(node, ast.Attribute):
            assert not re.match(r"_[A-Z]\w*__\w", node.attr), node.attr
        for text in map(constant, asked(node)):
            assert not PRIVATE.match(text), f"{module}:{node.lineno}: {text}"  # type: ignore[attr-defined]


def asked(node: ast.AST) -> list[ast.expr]:
    """The arguments of a call that names attributes, or what is looked up in `vars()`."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if name in {"getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller"}:
            return node.args
        if name in {"get", "pop"} and isinstance(node.func, ast.Attribute):
            return node.args if is_namespace(node.func.value) else []
    if isinstance(node, ast.Subscript):
        return [node.slice] if is_namespace(node.value) else []
    return []


def is_namespace(node: ast.expr) -> bool:
    return ast.unparse(node).endswith(".__dict__") or ast.unparse(node).startswith("vars(")


def constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_nothing_is_hung_into_the_process_of_the_host() -> None:
    """No handlers of signals but in workers, nothing at exit, no sudden end."""
    users = {module for module in MODULES if "signal" in set(imports(ENGINE / module))}
    assert users == {"processes.py"}
    for module in MODULES:
        names = {node.attr for node in nodes(ENGINE / module) if isinstance(node, ast.Attribute)}
        assert not names & {"_exit", "_register_atexit", "pthread_kill"}, module
        assert "atexit" not in set(map(_first, imports(ENGINE / module))), module


def test_no_test_sets_a_deadline() -> None:
    """The one profile of all tests has none: `tests/conftest.py`."""
    assert hypothesis.settings.default is not None
    assert hypothesis.settings.default.deadline is None
    too_slow = hypothesis.HealthCheck.too_slow
    assert too_slow in hypothesis.settings.default.suppress_health_check
    given = re.compile(r"@settings\([^)]*deadline")
    assert [
        path.name for path in TESTS.rglob("*.py") if given.search(path.read_text("utf-8"))
    ] == []


VAGUE = {"one", "each", "it", "own", "said", "told", "found", "Now", "Here", "Desk"}
"""Words that do not say what a variable holds."""


def _bound_names(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every name that a module binds, with its line."""
    for node in nodes(path):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno


def test_variables_say_what_they_hold() -> None:
    vague = [
        f"{path}:{line}: {name}"
        for path in sorted([*HOOKS.rglob("*.py"), *TESTS.rglob("*.py")])
        for name, line in _bound_names(path)
        if name in VAGUE
    ]
    assert vague == []
