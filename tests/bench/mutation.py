"""Do the tests notice when the engine's text modules are changed? A seeded sample of mutants.

usage: mutation.py [--per-module 60] [--seed 12] [--jobs 2] [--tree FOLDER] [--tests NAME,...]
                   [--again REPORT] [--only WORDS] [--show] [MODULE ...]

A mutant is one module with one small change: a number, a comparison, a condition, an operator, a
return value, a slice. Each runs in its own process against the test files that execute its lines;
it is killed when a test fails or when the tests take far longer than they should. Survivors are
printed with their line: each is a test that is missing, or equivalent to the original, and then
belongs into `equivalent_mutants.txt` with a reason. Mutants of values that change speed only (sizes
of memo tables, options of decorators, `strict=`) are never made. `--tests redline,lives` runs these
files of tests/unit only: what they kill is killed, what they leave is for `--again` without it.

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
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MODULES = ("lineage", "pairing", "wording", "highlights", "section_ids", "tokens")
PACKAGE = "gazette.text"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")
FIRST = ("test_lineage", "test_wording", "test_pairing", "test_highlights", "test_redline")
"""Test files that kill most mutants: run before the others."""
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
    tree = ast.parse(source)
    for at, change in enumerate(changes(tree)):
        if at == number:
            change.apply()
            break
    return compile(tree, path, "exec")


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


def _run_tests(tree: Path, files: Sequence[str]) -> int:
    import pytest

    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0"]
    options += ["--hypothesis-profile=mutation", f"--rootdir={tree}", "-c", "pyproject.toml"]
    return int(pytest.main([*options, *files]))


def _prepare_child(tree: Path) -> None:
    import hypothesis

    os.setpgid(0, 0)
    os.chdir(tree)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.path[:0] = [str(tree / "hooks"), str(tree / "tests")]
    quick = hypothesis.Phase.explicit, hypothesis.Phase.generate
    hypothesis.settings.register_profile("mutation", deadline=None, database=None, phases=quick)


def _test_in_child(tree: Path, files: Sequence[str], mutant: Mutant, source: str) -> None:
    """Run the tests against a mutant and end this process: 0 when no test noticed it."""
    _prepare_child(tree)
    name = f"{PACKAGE}.{mutant.module}"
    path = str(tree / "hooks" / Path(*name.split("."))) + ".py"
    try:
        code = mutated(source, mutant.number, path)
    except SyntaxError:
        os._exit(1)
    sys.meta_path.insert(0, _Importer(name, code))
    os._exit(1 if _run_tests(tree, files) else 0)


def _lines_in_child(tree: Path, file: str, paths: Mapping[str, str], report: Path) -> None:
    """Run one test file and write which functions' lines of which modules it executed."""
    _prepare_child(tree)
    executed: dict[str, set[int]] = collections.defaultdict(set)

    def trace(frame: types.FrameType, event: str, _: object) -> object:
        module = paths.get(frame.f_code.co_filename)
        if module is None or frame.f_code.co_name == "<module>":
            return None
        executed[module].add(frame.f_lineno)
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]
    start = time.monotonic()
    failed = _run_tests(tree, [file])
    sys.settrace(None)
    lines = {module: sorted(numbers) for module, numbers in executed.items()}
    report.write_text(json.dumps([failed, time.monotonic() - start, lines]))
    os._exit(0)


def _fork(function: object, *arguments: object) -> int:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            function(*arguments)  # type: ignore[operator]
        finally:
            os._exit(3)
    return child


@dataclass
class Executed:
    """What a test file executes of the modules, and how long it takes."""

    seconds: float
    lines: Mapping[str, Sequence[int]]


def executed_lines(
    tree: Path, modules: Mapping[str, str], tests: Sequence[str]
) -> dict[str, Executed]:
    """Return what each test file executes of the modules; files that touch none are left out."""
    paths = {str(tree / "hooks" / "gazette" / "text" / f"{name}.py"): name for name in modules}
    executed = {}
    for path in sorted(p for name in tests for p in tree.glob(f"tests/unit/test_{name}.py")):
        report = tree / "report.json"
        report.unlink(missing_ok=True)
        os.waitpid(_fork(_lines_in_child, tree, str(path), paths, report), 0)
        failed, seconds, lines = json.loads(report.read_text())
        print(f"{path.name} {seconds:.1f} s", flush=True)
        if failed:
            print(f"{path.name} fails without any mutant: it is left out")
        elif lines:
            executed[str(path)] = Executed(seconds, lines)
    return executed


def tests_for(mutant: Mutant, files: Mapping[str, Executed], last_line: int) -> list[str]:
    """Return the test files that may notice a mutant: those that execute its function's lines."""

    def touches(executed: Executed) -> bool:
        lines = executed.lines.get(mutant.module, ())
        if mutant.scope == "module":
            return bool(lines)
        return any(mutant.line <= at <= last_line for at in lines)

    def order(file: str) -> tuple[bool, float]:
        return Path(file).stem not in FIRST, files[file].seconds

    return sorted((file for file, executed in files.items() if touches(executed)), key=order)


def _function_end(source: str, line: int) -> int:
    """Return the last line of the innermost function around a line, or the line itself."""
    ends = [
        (node.lineno, node.end_lineno or line)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(ends)[1] if ends else line


def judge(
    tree: Path,
    mutants: Sequence[Mutant],
    sources: Mapping[str, str],
    tests: Sequence[str],
    jobs: int,
) -> dict[Mutant, str]:
    """Return what became of each mutant: killed, timeout or survived."""
    files = executed_lines(tree, sources, tests)
    verdicts: dict[Mutant, str] = {}
    waiting = list(reversed(mutants))
    running: dict[int, tuple[Mutant, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            source = sources[mutant.module]
            chosen = tests_for(mutant, files, _function_end(source, mutant.line))
            if not chosen:
                verdicts[mutant] = "survived"
                print(f"{len(verdicts)}/{len(mutants)} survived {mutant.name}", flush=True)
                continue
            limit = 10 + PATIENCE * sum(files[file].seconds for file in chosen)
            child = _fork(_test_in_child, tree, chosen, mutant, source)
            running[child] = mutant, time.monotonic() + limit
        time.sleep(0.02)
        for child, (mutant, end) in list(running.items()):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                verdicts[mutant] = "killed" if os.waitstatus_to_exitcode(status) else "survived"
            elif time.monotonic() > end:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                verdicts[mutant] = "timeout"
            else:
                continue
            del running[child]
            print(f"{len(verdicts)}/{len(mutants)} {verdicts[mutant]} {mutant.name}", flush=True)
    return verdicts


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
        own = {m: v for m, v in verdicts.items() if m.module == module or not module}
        same = sum(v == "survived" and m.name in equivalent for m, v in own.items())
        count = collections.Counter(own.values())
        dead, counted = count["killed"] + count["timeout"], len(own) - same
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
    parser.add_argument("--again", type=Path, help="only what survived in this earlier output")
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
            chosen = [m for m in chosen if f" survived {m.name}\n" in options.again.read_text()]
        chosen = [m for m in chosen if not options.only or options.only in m.name]
        if options.show:
            print(*(f"{m.module}.py:{m.line}  {m.name}" for m in chosen), sep="\n")
            return
        _import_what_all_need()
        verdicts = judge(tree, chosen, sources, options.tests.split(","), options.jobs)
        report(verdicts, equivalents())


def _import_what_all_need() -> None:
    """Import the libraries once: every process is a copy of this one."""
    for name in ("hypothesis.strategies", "html5lib", "jsonschema", "lxml.html", "markdown", "git",
                 "playwright.sync_api", "pytest", "rapidfuzz.fuzz", "yaml", "pydantic", "jinja2",
                 "mkdocs.config", "docx"):  # fmt: skip
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


if __name__ == "__main__":
    main()
