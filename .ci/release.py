"""Prepare and tag a release: `make release VERSION=0.2.1`. It pushes nothing.

Writes the changelog from the news fragments, the version into `pyproject.toml`, and what is
published of the samples into `tests/releases/`; builds; commits; tags. Where a pull request has
prepared all of that, it only builds and tags.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1]
STATED = re.compile(r'^version = "(.*)"$', re.M)


def run(*command: str) -> str:
    """Run a command in the project; return what it prints. Raises CalledProcessError."""
    result = subprocess.run(command, cwd=PROJECT, check=True, text=True, stdout=subprocess.PIPE)
    return result.stdout


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version such as 0.2.1; none where it has another form."""
    form = re.fullmatch(r"v?(\d+)\.(\d+)\.(\d+)", version)
    return tuple(map(int, form.groups())) if form else ()


def refusals(version: str) -> Iterator[str]:
    """Yield every reason why this version cannot be released now, and what to do."""
    if not numbers(version):
        yield "Name the version: make release VERSION=0.2.1"
        return
    if (branch := run("git", "branch", "--show-current").strip()) != "main":
        yield f"Releases are made on main, but this is {branch or 'no branch'}: git switch main"
    if run("git", "status", "--porcelain"):
        yield "There is uncommitted work. Commit it, or put it away: git stash -u"
    released = max(map(numbers, run("git", "tag", "--list", "v*").split()), default=())
    if numbers(version) <= released:
        yield f"{version} is not newer than {'.'.join(map(str, released))}, which is released."
    if numbers(version) < numbers(stated_version()):
        yield f"{version} is older than {stated_version()}, which pyproject.toml states."
    if not fragments() and not has_section(version):
        yield (
            f"Nothing says what {version} changes: hooks/news/ holds no fragment, and CHANGELOG.md "
            "has no section for it."
        )


def stated_version() -> str:
    """Return the version in `pyproject.toml`, its only home."""
    stated = STATED.search((PROJECT / "pyproject.toml").read_text("utf-8"))
    return stated[1] if stated else ""


def fragments() -> list[str]:
    """Return the news fragments that wait for a release."""
    folder = PROJECT / "hooks" / "news"
    return sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")


def has_section(version: str) -> bool:
    """Tell whether the changelog has a section for a version."""
    return f"\n## {version} - " in (PROJECT / "CHANGELOG.md").read_text("utf-8")


def gather_fragments(version: str) -> None:
    """Move the fragments into the changelog: a new section, or the one that was prepared before."""
    if not has_section(version):
        run(sys.executable, "-m", "towncrier", "build", "--yes", "--version", version)
        return
    changelog = PROJECT / "CHANGELOG.md"
    for name in fragments():
        path, kind = PROJECT / "hooks" / "news" / name, name.split(".")[1].title()
        text = with_entry(changelog.read_text("utf-8"), version, kind, path.read_text("utf-8"))
        changelog.write_text(text, "utf-8")
        path.unlink()


def with_entry(changelog: str, version: str, kind: str, text: str) -> str:
    """Return the changelog with an entry behind the last of its kind in a version's section."""
    entry = "- " + text.strip().replace("\n", "\n  ")
    begin = changelog.index(f"\n## {version} - ")
    end = changelog.find("\n## ", begin + 1)
    older = changelog[end:] if end >= 0 else ""
    parts = re.split(r"\n+(?=### )", changelog[begin : end if end >= 0 else None].rstrip())
    if f"### {kind}" not in [part.partition("\n")[0] for part in parts]:
        parts.append(f"### {kind}\n")
    parts = [f"{part}\n{entry}" if part.startswith(f"### {kind}\n") else part for part in parts]
    return changelog[:begin] + "\n\n".join(parts) + "\n" + older


def prepare(version: str) -> None:
    """Write what belongs to a release, build it, and commit what was written."""
    if fragments():
        gather_fragments(version)
    pyproject = PROJECT / "pyproject.toml"
    settings = STATED.sub(f'version = "{version}"', pyproject.read_text("utf-8"), count=1)
    pyproject.write_text(settings, "utf-8")
    run("make", "record", "dist")
    run("git", "add", "--all")
    if run("git", "status", "--porcelain"):
        run("git", "commit", "--quiet", "--message", f"Release {version}")


def main(version: str) -> None:
    """Release a version, or say why not and leave everything as it was."""
    if reasons := list(refusals(version)):
        sys.exit("\n".join(reasons))
    try:
        prepare(version)
    except subprocess.CalledProcessError as error:
        run("git", "reset", "--quiet", "--hard")
        run("git", "clean", "--quiet", "-d", "--force")
        sys.exit(f"{' '.join(error.cmd)} failed: {version} is not released, nothing is changed.")
    run("git", "tag", "--annotate", "--message", f"Gazette {version}", f"v{version}")
    built = sorted(path.name for path in (PROJECT / "dist").iterdir())
    print(f"Tagged: v{version}. Built: {', '.join(built)}.")
    print(f"To publish it: git push --atomic origin main v{version}")
    print(f"To take it back before that: git tag --delete v{version}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
