"""Do the tests notice when the engine's text modules are changed? A seeded sample of mutants.

usage: mutation.py [--per-module 60] [--seed 12] [--jobs 2] [--tree FOLDER] [--tests NAME,...]
                   [--seconds 60] [--again REPORT] [--only WORDS] [--show] [MODULE ...]

A mutant is one module with one small change: a number, a comparison, a condition, an operator, a
return value, a slice. Each runs in its own process against the tests that execute its lines, those
of its module and quick ones first, at most `--seconds` of them; it is killed when a test fails or
when the tests take far longer than they should. `--tests redline,lives` takes only these files of
tests/unit: what they kill is killed, what they leave is for `--again` without it. Survivors are
printed with their line: each is a test that is missing, or equivalent to the original, and then
belongs into `equivalent_mutants.txt` with a reason. Mutants of values that change speed only (sizes
of memo tables, options of decorators, `strict=`) are never made.

This is a script of our own because `mutmut` changes functions only, not the thresholds above them,
and `cosmic-ray` starts a process and a whole test run for each mutant. It runs by hand, not in CI.
"""

from __future__ import annotations

import argparse
import ast
import collections
import contextlib
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import itertools
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

MODULES = ("lineage", "pairing", "wording", "highlights", "section_ids", "tokens")
PACKAGE = "gazette.text"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")
PATIENCE = 6.0
"""A mutant is stopped after this many times what its tests usually take, and ten seconds."""

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
CALLS = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "sorted": "list",
    "startswith": "endswith",
    "bisect_left": "bisect_right",
    "bisect_right": "bisect_left",
    "setdefault": "get",
    "lower": "upper",
    "fullmatch": "match",
    "match": "search",
    "findall": "split",
}
NOT_MUTATED = ("annotation", "returns", "decorator_list", "bases", "type_params", "format_spec")


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the `number`-th that `changes` yields for it."""

    module: str
    number: int
    name: str
    scope: str
    line: int


@dataclass(frozen=True)
class Change:
    """A node of a syntax tree, where it hangs, and what stands in its place in the mutant."""

    parent: ast.AST
    field: str
    place: int | None
    node: ast.AST
    replacement: ast.AST
    scope: str

    def apply(self) -> None:
        """Put the replacement into the tree."""
        if self.place is None:
            setattr(self.parent, self.field, self.replacement)
        else:
            getattr(self.parent, self.field)[self.place] = self.replacement

    @property
    def name(self) -> str:
        """What is changed, without a line number: it stays while other lines come and go."""
        before, after = (" ".join(ast.unparse(n).split()) for n in (self.node, self.replacement))
        return f"{self.scope}: {before}  =>  {after}"


# ---- which mutants there are ----


def changes(tree: ast.Module) -> Iterator[Change]:
    """Yield every small change of a module, in the order of its text."""
    yield from _below(tree, "module")


def _below(parent: ast.AST, scope: str) -> Iterator[Change]:
    if isinstance(parent, ast.FunctionDef | ast.ClassDef):
        scope = parent.name if scope == "module" else f"{scope}.{parent.name}"
    for field, value in ast.iter_fields(parent):
        if field in NOT_MUTATED or _is_speed_only(parent, field):
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for place, node in children:
            if not isinstance(node, ast.AST) or _is_left_out(node):
                continue
            for replacement in _replacements(node):
                ast.copy_location(replacement, node)
                ast.fix_missing_locations(replacement)
                yield Change(parent, field, place, node, replacement, scope)
            yield from _below(node, scope)


def _is_speed_only(parent: ast.AST, field: str) -> bool:
    return isinstance(parent, ast.keyword) and parent.arg in ("strict", "encoding", "huge_tree")


def _is_left_out(node: ast.AST) -> bool:
    """Whether a statement only describes: docstrings, imports, names of types."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
        return isinstance(node.targets[0], ast.Name) and node.targets[0].id[:1].isupper()
    return isinstance(node, ast.Import | ast.ImportFrom | ast.Assert)


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    yield from _other_expressions(node)
    yield from _other_branches(node)


def _other_expressions(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=value):
            yield from (ast.Constant(other) for other in _other_values(value))
        case ast.Compare(ops=[first, *_]):
            for other in COMPARISONS[type(first)]:
                yield _with(node, ops=[other(), *node.ops[1:]])
        case ast.BoolOp(op=operator):
            yield _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in OPERATORS:
            yield _with(node, op=OPERATORS[type(operator)]())
        case ast.Slice():
            sides = [side for side in ("lower", "upper", "step") if getattr(node, side)]
            yield from (_with(node, **{side: None}) for side in sides)
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield _with(node, func=ast.Name(CALLS[name], ast.Load()))
        case ast.Call(func=ast.Attribute(attr=name)) if name in CALLS:
            yield _with(node, func=_with(node.func, attr=CALLS[name]))


def _other_branches(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.AST()):
            yield _with(node, value=ast.Constant(None))
        case ast.If() | ast.IfExp() | ast.While():
            yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.comprehension(ifs=[first, *rest]):
            yield _with(node, ifs=[ast.UnaryOp(ast.Not(), first), *rest])
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _other_values(value: object) -> Sequence[str | int | float]:
    match value:
        case bool():
            return [not value]
        case int():
            return [value + 1, value - 1]
        case float():
            return [round(value * 1.2, 6), round(value * 0.8, 6)] if value else [1.0]
        case str():
            return [f"XX{value}XX"]
    return []


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Return all mutants of a module; of several with one name each gets a number behind it."""
    seen: collections.Counter[str] = collections.Counter()
    mutants = []
    for number, change in enumerate(changes(ast.parse(source))):
        seen[change.name] += 1
        suffix = f" #{seen[change.name]}" if seen[change.name] > 1 else ""
        line = getattr(change.node, "lineno", getattr(change.parent, "lineno", 0))
        name = f"{module}.{change.name}{suffix}"
        mutants.append(Mutant(module, number, name, change.scope, line))
    return mutants


def mutated(source: str, number: int, path: str) -> types.CodeType:
    """Return the compiled module with one of its changes."""
    return compile(_mutated_tree(source, number), path, "exec")


def _mutated_tree(source: str, number: int) -> ast.Module:
    tree = ast.parse(source)
    next(itertools.islice(changes(tree), number, None)).apply()
    return tree


# ---- running tests ----


class _Importer(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the engine from the code of a mutant."""

    def __init__(self, name: str, code: types.CodeType) -> None:
        self.name, self.code = name, code

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_loader(name, self, origin=self.code.co_filename)

    def exec_module(self, module: types.ModuleType) -> None:
        exec(self.code, module.__dict__)


class Bench:
    """Collects the tests once: what they execute is measured, and mutants tried, in copies of it.

    Most mutants change a function or a constant, which a copy of this process puts in place of what
    is imported already. The others, as fields of classes, are imported into a new process.
    """

    def __init__(self, tree: Path, sources: Mapping[str, str], options: argparse.Namespace) -> None:
        self.tree, self.sources, self.options = tree, sources, options
        text = tree / "hooks" / "gazette" / "text"
        self.paths = {name: str(text / f"{name}.py") for name in sources}
        self.seconds: dict[str, float] = {}
        self.lines: dict[str, dict[str, list[int]]] = {}

    def judge(self, mutants: Sequence[Mutant]) -> dict[Mutant, str]:
        """Return what became of each mutant: killed, timeout or survived."""
        report = self.tree / "verdicts.json"
        names = {mutant.name: mutant for mutant in mutants}
        os.waitpid(_fork(self._collect, mutants, report), 0)
        self.seconds, self.lines, verdicts = json.loads(report.read_text())
        tried = {names[name]: verdict for name, verdict in verdicts.items()}
        rest = [mutant for mutant in mutants if mutant not in tried]
        return tried | self._tried(rest, self._import_and_run)

    def _collect(self, mutants: Sequence[Mutant], report: Path) -> None:
        _prepare_child(self.tree, is_heard=True)
        names = self.options.tests.split(",")
        paths = [p for name in names for p in sorted(self.tree.glob(f"tests/unit/test_{name}.py"))]
        loop = _Loop(lambda items: self._loop(items, mutants, report))
        _run_tests(self.tree, map(str, paths), loop)

    def _loop(self, items: Sequence[pytest.Item], mutants: Sequence[Mutant], report: Path) -> None:
        """Measure what the tests execute, then try the mutants that can be put in place."""
        os.waitpid(_fork(self._trace, items, report), 0)
        self.seconds, self.lines, failing = json.loads(report.read_text())
        print(f"{len(self.seconds)} tests, {sum(self.seconds.values()):.0f} s", flush=True)
        print(*(f"{test} fails without any mutant: left out" for test in failing), sep="\n")
        replaced = [mutant for mutant in mutants if self._replacement(mutant)]
        by_id = {item.nodeid: item for item in items}

        def run(mutant: Mutant, tests: Sequence[str]) -> None:
            _hush()
            replace = self._replacement(mutant)
            assert replace is not None
            try:
                replace()
            except Exception:
                os._exit(1)
            items[0].config.pluginmanager.register(_Verdict())
            _run_items([by_id[test] for test in tests])
            os._exit(0)

        tried = self._tried(replaced, run)
        verdicts = {mutant.name: verdict for mutant, verdict in tried.items()}
        report.write_text(json.dumps([self.seconds, self.lines, verdicts]))

    def _trace(self, items: Sequence[pytest.Item], report: Path) -> None:
        _hush()
        modules = {path: name for name, path in self.paths.items()}
        executed: dict[str, set[int]] = {}

        def trace(frame: types.FrameType, event: str, _: object) -> object:
            module = modules.get(frame.f_code.co_filename)
            if module is None or frame.f_code.co_name == "<module>":
                return None
            executed.setdefault(module, set()).add(frame.f_lineno)
            return trace

        failing = _Failing()
        items[0].config.pluginmanager.register(failing)
        lines, seconds = {}, {}
        for item in items:
            start = time.process_time()
            executed.clear()
            sys.settrace(trace)  # type: ignore[arg-type]
            _run_items([item])
            sys.settrace(None)
            lines[item.nodeid] = {module: sorted(numbers) for module, numbers in executed.items()}
            seconds[item.nodeid] = time.process_time() - start
        _run_items(items)  # in a row, as for mutants
        for test in failing.tests:
            del lines[test], seconds[test]
        report.write_text(json.dumps([seconds, lines, sorted(failing.tests)]))
        os._exit(0)

    def _replacement(self, mutant: Mutant) -> Callable[[], None] | None:
        """Return what puts a mutant in place of what is imported, None where that cannot be."""
        module = sys.modules.get(f"{PACKAGE}.{mutant.module}")
        if module is None:
            return None
        tree = _mutated_tree(self.sources[mutant.module], mutant.number)
        if mutant.scope == "module":
            changed = _statement_at(tree, mutant.line)
            return (lambda: _assign_again(module, tree, changed)) if changed else None
        functions = _functions_in(module)
        code = compile(tree, self.paths[mutant.module], "exec")
        parts = mutant.scope.split(".")
        for end in range(1, len(parts) + 1):
            name = ".".join(parts[:end])
            if name in functions:
                return lambda: _give_code(functions[name], _code_named(code, name))
        return None

    def _import_and_run(self, mutant: Mutant, tests: Sequence[str]) -> None:
        if not tests:
            os._exit(0)
        _prepare_child(self.tree)
        try:
            code = mutated(self.sources[mutant.module], mutant.number, self.paths[mutant.module])
        except SyntaxError:
            os._exit(1)
        sys.meta_path.insert(0, _Importer(f"{PACKAGE}.{mutant.module}", code))
        os._exit(1 if _run_tests(self.tree, tests) else 0)

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Return the tests that execute lines of the mutant's function: the module's own, quick."""
        last = _function_end(self.sources[mutant.module], mutant.line)

        def touches(test: str) -> bool:
            lines = self.lines[test].get(mutant.module, ())
            if last is None:  # what runs when the module is imported
                return bool(lines)
            return any(mutant.line <= at <= last for at in lines)

        tests: list[str] = []
        seconds = 0.0
        of_module = f"test_{mutant.module}.py::"
        order = sorted(
            filter(touches, self.lines), key=lambda t: (of_module not in t, self.seconds[t])
        )
        for test in order:
            seconds += self.seconds[test]
            if tests and seconds > self.options.seconds:
                break
            tests.append(test)
        return tests

    def _tried(
        self, mutants: Sequence[Mutant], run: Callable[[Mutant, Sequence[str]], None]
    ) -> dict[Mutant, str]:
        """Return the verdicts on these mutants; `run` ends its process with 0 for a survivor."""
        verdicts: dict[Mutant, str] = {}
        waiting = list(reversed(mutants))
        running: dict[int, tuple[Mutant, float]] = {}
        while waiting or running:
            while waiting and len(running) < self.options.jobs:
                mutant = waiting.pop()
                tests = self.tests_for(mutant)
                limit = 10 + PATIENCE * sum(self.seconds[test] for test in tests)
                running[_fork(run, mutant, tests)] = mutant, time.monotonic() + limit
            time.sleep(0.02)
            for child, (mutant, end) in list(running.items()):
                ended, status = os.waitpid(child, os.WNOHANG)
                if ended:
                    verdict = "killed" if os.waitstatus_to_exitcode(status) else "survived"
                elif time.monotonic() > end:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(child, signal.SIGKILL)
                    os.waitpid(child, 0)
                    verdict = "timeout"
                else:
                    continue
                del running[child]
                verdicts[mutant] = verdict
                print(f"{len(verdicts)}/{len(mutants)} {verdict} {mutant.name}", flush=True)
        return verdicts


class _Loop:
    """Takes the place of pytest's loop over the tests that it collected."""

    def __init__(self, loop: Callable[[Sequence[pytest.Item]], None]) -> None:
        self.loop = loop

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Give the tests to the loop."""
        self.loop(session.items)
        return True


class _Failing:
    """Notes which tests fail."""

    def __init__(self) -> None:
        self.tests: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See one test's result."""
        if report.failed:
            self.tests.add(report.nodeid)


class _Verdict:
    """Ends the process with the first test that fails."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See one test's result."""
        if report.failed:
            os._exit(1)


def _run_items(items: Sequence[pytest.Item]) -> None:
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _run_tests(tree: Path, tests: Iterable[str], *plugins: object) -> int:
    options = ["-x", "--hypothesis-seed=0", "--hypothesis-profile=mutation", f"--rootdir={tree}"]
    options += [f"-pno:{plugin}" for plugin in ("terminal", "cacheprovider", "xdist")]
    return int(pytest.main([*options, "-c", "pyproject.toml", *tests], plugins))


def _prepare_child(tree: Path, *, is_heard: bool = False) -> None:
    if not is_heard:
        _hush()
    os.chdir(tree)
    sys.path[:0] = [str(tree / "hooks"), str(tree / "tests")]
    hypothesis.settings.register_profile(
        "mutation",
        deadline=None,
        database=None,
        max_examples=30,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    )


def _hush() -> None:
    """Begin a group of processes that can be stopped as a whole, and that is not heard."""
    os.setpgid(0, 0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _fork(function: Callable[..., None], *arguments: object) -> int:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            function(*arguments)
        finally:
            os._exit(3)
    return child


def _function_end(source: str, line: int) -> int | None:
    """Return the last line of the innermost function around a line, None where there is none."""
    ends = [
        (node.lineno, node.end_lineno or line)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(ends)[1] if ends else None


# ---- mutants in place ----


def _functions_in(module: types.ModuleType) -> dict[str, types.FunctionType]:
    """Return the functions and methods of a module by their qualified names."""
    holders: list[object] = [module]
    holders += [kind for kind in vars(module).values()
                if isinstance(kind, type) and kind.__module__ == module.__name__]  # fmt: skip
    functions = {}
    for holder in holders:
        for value in vars(holder).values():
            plain = getattr(value, "fget", None) or getattr(value, "func", None) or value
            plain = inspect.unwrap(getattr(plain, "__func__", plain))
            if isinstance(plain, types.FunctionType) and plain.__module__ == module.__name__:
                functions[plain.__code__.co_qualname] = plain
    return functions


def _code_named(code: types.CodeType, name: str) -> types.CodeType:
    inside = [const for const in code.co_consts if isinstance(const, types.CodeType)]
    for code in inside:
        if code.co_qualname == name:
            return code
        if name.startswith(f"{code.co_qualname}."):
            return _code_named(code, name)
    raise LookupError(name)


def _give_code(function: types.FunctionType, code: types.CodeType) -> None:
    function.__code__ = code


def _statement_at(tree: ast.Module, line: int) -> ast.stmt | None:
    """Return the statement of a module that binds a name around a line, None for classes."""
    return next(
        (
            statement
            for statement in tree.body
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            and statement.lineno <= line <= (statement.end_lineno or 0)
        ),
        None,
    )


def _assign_again(module: types.ModuleType, tree: ast.Module, changed: ast.stmt) -> None:
    """Execute a statement and those that use its name, and tell the modules that imported it."""
    names: set[str] = set()
    for statement in tree.body[tree.body.index(changed) :]:
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            continue
        names_in = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        if statement is changed or names & {node.id for node in names_in}:
            single = ast.Module([statement], [])
            exec(compile(single, str(module.__file__), "exec"), vars(module))
            names |= {node.id for node in names_in if isinstance(node.ctx, ast.Store)}
    for path, other in list(sys.modules.items()):
        if path.startswith("gazette."):
            imported = [name for name in names & vars(other).keys() if other is not module]
            vars(other).update({name: vars(module)[name] for name in imported})


# ---- the sample and the report ----


def equivalents() -> dict[str, str]:
    """Return the mutants that no test can notice, each with the reason: lines `NAME -- REASON`."""
    if not EQUIVALENT.exists():
        return {}
    lines = EQUIVALENT.read_text("utf-8").splitlines()
    pairs = (line.rpartition(" -- ") for line in lines if line and not line.startswith("#"))
    return {name.strip(): reason for name, _, reason in pairs}


def sample(sources: Mapping[str, str], per_module: int, seed: int) -> list[Mutant]:
    """Return the seeded sample: as many mutants of every module, in the order of the text."""
    chosen: list[Mutant] = []
    for module, source in sources.items():
        every = mutants_of(module, source)
        take = min(per_module, len(every))
        picked = random.Random(f"{seed} {module}").sample(every, take)
        chosen += sorted(picked, key=lambda mutant: mutant.number)
    return chosen


def report(verdicts: Mapping[Mutant, str], equivalent: Mapping[str, str]) -> None:
    """Print survivors, then a line for each module and one for all."""
    survivors = [m for m, verdict in verdicts.items() if verdict == "survived"]
    for mutant in sorted(survivors, key=lambda m: (m.module, m.line)):
        if mutant.name not in equivalent:
            print(f"SURVIVED {mutant.module}.py:{mutant.line}  {mutant.name}")
    print("module       killed  timeout  survived  equivalent  score")
    for module in [*dict.fromkeys(m.module for m in verdicts), ""]:
        judged = {m: v for m, v in verdicts.items() if m.module == module or not module}
        same = sum(v == "survived" and m.name in equivalent for m, v in judged.items())
        count = collections.Counter(judged.values())
        dead, counted = count["killed"] + count["timeout"], len(judged) - same
        print(
            f"{module or 'all':12} {count['killed']:6} {count['timeout']:8} "
            f"{count['survived'] - same:9} {same:11}  {dead / max(1, counted):.1%}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", default=MODULES)
    parser.add_argument("--per-module", type=int, default=60)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tree", type=Path, default=Path(__file__).parents[2])
    parser.add_argument("--tests", default="*")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--again", type=Path, help="only what survived this earlier run")
    parser.add_argument("--only", help="only mutants whose name holds these words")
    parser.add_argument("--show", action="store_true", help="list the sample and end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        tree = Path(folder) / "tree"
        ignored = shutil.ignore_patterns("__pycache__", ".git", ".venv", ".*cache")
        shutil.copytree(options.tree, tree, ignore=ignored)
        text = tree / "hooks" / "gazette" / "text"
        sources = {name: (text / f"{name}.py").read_text("utf-8") for name in options.modules}
        chosen = sample(sources, options.per_module, options.seed)
        if options.again:
            survived = options.again.read_text()
            chosen = [m for m in chosen if f" survived {m.name}\n" in survived]
            chosen = [m for m in chosen if m.name not in equivalents()]
        chosen = [m for m in chosen if not options.only or options.only in m.name]
        if options.show:
            print(*(f"{m.module}.py:{m.line}  {m.name}" for m in chosen), sep="\n")
            return
        _import_what_all_need()
        report(Bench(tree, sources, options).judge(chosen), equivalents())


def _import_what_all_need() -> None:
    """Import the libraries once: every process is a copy of this one."""
    for name in ("hypothesis.strategies", "html5lib", "jsonschema", "lxml.html", "markdown", "git",
                 "playwright.sync_api", "pytest", "rapidfuzz.fuzz", "yaml", "pydantic", "jinja2",
                 "mkdocs.config", "docx"):  # fmt: skip
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


if __name__ == "__main__":
    main()
