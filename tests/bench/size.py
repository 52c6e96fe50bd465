"""How large the engine is, and how it is cut.

usage: size.py [--folder FOLDER] [--longest N]

Prints figures of every Python module below FOLDER (hooks/ unless stated). A line of code is one
that holds anything but white space, a comment or a docstring; a string that stands alone as a
statement is a docstring, wherever it stands.
"""

from __future__ import annotations

import argparse
import ast
import io
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HOOKS = Path(__file__).resolve().parents[2] / "hooks"
NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}
PUBLIC_NAMES = {"_asdict", "_field_defaults", "_fields", "_make", "_replace"}
"""What named tuples offer: the underscore keeps their own fields apart."""
MEMO_DECORATORS = {"lru_cache", "cache"}
MEMO_CALLS = {"dict", "defaultdict", "OrderedDict", "WeakKeyDictionary", "WeakValueDictionary"}
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """One function: how many lines of code, signature included, and how many branches."""

    place: str
    lines: int
    branches: int


@dataclass
class Sizes:
    """The figures of some modules, summed up."""

    modules: int = 0
    lines: int = 0
    statements: int = 0
    functions: list[Function] = field(default_factory=list)
    documented: list[bool] = field(default_factory=list)
    return_types: list[bool] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    private: list[str] = field(default_factory=list)
    packages: Counter[str] = field(default_factory=Counter)
    memo_tables: Counter[str] = field(default_factory=Counter)


def measure(folder: Path) -> Sizes:
    """Return the figures of every module below a folder."""
    sizes = Sizes()
    modules = (path for path in folder.rglob("*.py") if "starter" not in path.parts)
    for path in sorted(modules):
        name = path.relative_to(folder).as_posix()
        add_module(sizes, name, path.read_text("utf-8"))
    return sizes


def add_module(sizes: Sizes, name: str, source: str) -> None:
    """Add the figures of one module; its package is the folder it stands in."""
    tree = ast.parse(source)
    lines = code_lines(source, tree)
    package = name.rpartition("/")[0]
    sizes.modules += 1
    sizes.lines += len(lines)
    sizes.packages[package] += len(lines)
    sizes.names.update(bound_names(tree))
    sizes.private += [f"{name}:{line}" for line in private_accesses(tree)]
    if tables := memo_tables(tree):
        sizes.memo_tables[package] += tables
    for node in ast.walk(tree):
        sizes.statements += isinstance(node, ast.stmt) and not is_docstring(node)
        if isinstance(node, FUNCTIONS):
            assert node.end_lineno is not None
            inside = range(node.lineno, node.end_lineno + 1)
            count = sum(line in lines for line in inside)
            place = f"{name}:{node.lineno} {node.name}"
            sizes.functions.append(Function(place, count, branches(node)))
    for definition in public_definitions(tree):
        sizes.documented.append(ast.get_docstring(definition) is not None)
        if isinstance(definition, FUNCTIONS):
            sizes.return_types.append(definition.returns is not None)


def code_lines(source: str, tree: ast.Module) -> set[int]:
    """Return the numbers of the lines that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if is_docstring(node):
            assert isinstance(node, ast.Expr)
            assert node.end_lineno is not None
            lines.difference_update(range(node.lineno, node.end_lineno + 1))
    blank = {number for number, line in enumerate(source.split("\n"), 1) if not line.strip()}
    return lines - blank


def is_docstring(node: ast.AST) -> bool:
    """Tell whether a statement is nothing but a string."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def branches(function: ast.AST) -> int:
    """Count the points where a function goes one of two ways, nested functions left out.

    These are: if, for, while, except, case, conditional expressions, the loops and conditions of
    comprehensions, and each `and` and `or`.
    """
    count = 0
    for node in ast.iter_child_nodes(function):
        if isinstance(node, FUNCTIONS):
            continue
        count += branches(node)
        if isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        else:
            count += isinstance(
                node,
                ast.If
                | ast.For
                | ast.AsyncFor
                | ast.While
                | ast.ExceptHandler
                | ast.match_case
                | ast.IfExp,
            )
    return count


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Yield every name that is bound as a variable or parameter, once for each binding."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def private_accesses(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each `x._name` where x is neither self nor cls, annotations left out."""
    annotations: set[ast.AST] = set()
    for node in ast.walk(tree):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if annotation is not None:
                annotations.update(ast.walk(annotation))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node not in annotations:
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            is_private = node.attr.startswith("_") and not node.attr.endswith("__")
            if is_private and not is_own and node.attr not in PUBLIC_NAMES:
                yield node.lineno


def memo_tables(tree: ast.Module) -> int:
    """Count the functions that remember their results, and the tables a module fills at run time.

    Such a table is a name of the module that begins as an empty dictionary.
    """
    count = 0
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            count += any(
                called_name(decorator) in MEMO_DECORATORS for decorator in node.decorator_list
            )
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            value = statement.value
            is_empty_literal = isinstance(value, ast.Dict) and not value.keys
            count += is_empty_literal or (
                isinstance(value, ast.Call)
                and called_name(value) in MEMO_CALLS
                and (called_name(value) != "dict" or not value.args)
            )
    return count


def called_name(node: ast.AST) -> str:
    """Return the last part of a name that is called: `cache` of `@functools.cache`."""
    if isinstance(node, ast.Call):
        return called_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def public_definitions(
    tree: ast.Module,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield the public functions and classes of a module, and the public methods of the latter."""
    scopes: list[ast.Module | ast.ClassDef] = [tree]
    while scopes:
        for node in scopes.pop().body:
            if isinstance(node, FUNCTIONS | ast.ClassDef) and not node.name.startswith("_"):
                yield node
                if isinstance(node, ast.ClassDef):
                    scopes.append(node)


def spread(values: Sequence[int]) -> str:
    """Return the median, the 95th percentile and the maximum."""
    ordered = sorted(values)
    if not ordered:
        return "none"
    last = len(ordered) - 1
    return " / ".join(str(ordered[round(last * share)]) for share in (0.5, 0.95, 1))


def percent(facts: Sequence[bool]) -> str:
    """Return how many of some facts are true."""
    return f"{100 * sum(facts) / len(facts):.0f} %" if facts else "none"


def rows(sizes: Sizes) -> Iterator[tuple[str, str]]:
    """Yield what is measured, and its figure."""
    names = sum(sizes.names.values())
    commonest = (f"{name} {100 * n / names:.1f} %" for name, n in sizes.names.most_common(8))
    memo = ", ".join(f"{name or '.'} {count}" for name, count in sorted(sizes.memo_tables.items()))
    yield "lines of code", f"{sizes.lines:,}"
    yield "statements", f"{sizes.statements:,}"
    yield "statements per line", f"{sizes.statements / max(sizes.lines, 1):.3f}"
    yield "modules", str(sizes.modules)
    yield (
        "function lines, median / p95 / max",
        spread([function.lines for function in sizes.functions]),
    )
    yield (
        "function branches, median / p95 / max",
        spread([function.branches for function in sizes.functions]),
    )
    yield (
        "public docstrings / return types",
        (f"{percent(sizes.documented)} / {percent(sizes.return_types)}"),
    )
    yield "commonest names bound", ", ".join(commonest)
    yield "private attribute accesses", str(len(sizes.private))
    yield (
        "global memo tables",
        f"{sum(sizes.memo_tables.values())}" + (f" ({memo})" if memo else ""),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=HOOKS)
    parser.add_argument("--longest", type=int, default=0, help="list so many functions, too")
    arguments = parser.parse_args()
    sizes = measure(arguments.folder)
    for label, figure in rows(sizes):
        print(f"{label:38}  {figure}")
    print("\nlines of code per package")
    for package, count in sorted(sizes.packages.items()):
        print(f"{package or '.':38}  {count:6,}")
    if arguments.longest:
        by_lines = sorted(sizes.functions, key=lambda function: -function.lines)
        by_branches = sorted(sizes.functions, key=lambda function: -function.branches)
        for title, ordered in (("longest", by_lines), ("most branches", by_branches)):
            print(f"\n{title}")
            for function in ordered[: arguments.longest]:
                print(f"{function.lines:4} lines {function.branches:3} branches  {function.place}")
        print("\nprivate attribute accesses", *sizes.private, sep="\n")


if __name__ == "__main__":
    main()
