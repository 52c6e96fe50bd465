"""Start a help center from the wheel as a newcomer does, publish twice, and take a newer engine.

`PYTHONPATH=hooks:tests python -m bench.newcomer` uses an empty virtual environment in an empty
folder: nothing of this checkout is found there but the wheel. It prints every command with what it
said and the seconds it took, and stops at the first that fails, or where the newer engine loses
something that was published.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from commands import PROJECT, left_out, tree
from released import losses, record_of

CENTER = "acme"
STATED = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
SOURCES = ("hooks", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "MANIFEST.in", "README.md")


@dataclass
class Terminal:
    """A terminal in a folder, with variables in which nothing points to this checkout."""

    folder: Path
    wheels: Path
    seconds: float = 0.0
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.variables = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONPATH", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH", "MAKEFLAGS")
        }
        places = (os.environ.get("PIP_FIND_LINKS", ""), str(self.wheels))
        self.variables["PIP_FIND_LINKS"] = " ".join(filter(None, places))
        for role in ("AUTHOR", "COMMITTER"):
            self.variables[f"GIT_{role}_NAME"] = "Editor"
            self.variables[f"GIT_{role}_EMAIL"] = "editor@example.com"

    def type(self, command: str) -> str:
        """Run a command line; print it, what it says, and its seconds; return what it says."""
        print(f"$ {command}", flush=True)
        began = time.perf_counter()
        result = subprocess.run(
            ["bash", "-ec", command],
            cwd=self.folder,
            env=self.variables,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        took = time.perf_counter() - began
        self.seconds += took
        print(f"{result.stdout}# {took:.1f} s\n", flush=True)
        if result.returncode:
            sys.exit(f"{command} ended with {result.returncode}.")
        return result.stdout


def build_wheel(folder: Path, version: str) -> Path:
    """Build the wheel of this checkout into `folder`, as if this were its version."""
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        (source / name).parent.mkdir(exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, source / name, ignore=left_out(PROJECT))
        else:
            shutil.copy(PROJECT / name, source / name)
    settings = (PROJECT / "pyproject.toml").read_text("utf-8")
    settings = settings.replace(f'\nversion = "{STATED}"\n', f'\nversion = "{version}"\n')
    (source / "pyproject.toml").write_text(settings, "utf-8")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--quiet"]
    subprocess.run([*command, "--outdir", folder, source], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(source)
    return next(folder.glob(f"*-{version}-*.whl"))


def start(terminal: Terminal, wheel: Path) -> None:
    """Install the wheel, make a project, build and test it: what has to work first."""
    python = os.environ.get("PYTHON", "python3")
    terminal.type(f"{python} -m venv venv && venv/bin/pip install --quiet {wheel}")
    terminal.type(f"venv/bin/gazette init {CENTER} --yes")
    terminal.folder /= CENTER
    terminal.type("make site")
    terminal.type("make test")
    print(f"# from nothing to a tested site: {terminal.seconds:.0f} s\n")
    terminal.type("du -sh .venv site")


def publish_twice(terminal: Terminal) -> None:
    """Put the project under git, publish a new version of its policy, and see its redline."""
    terminal.type("git init -q -b main && git add -A && git commit -qm 'Our help center'")
    (policy,) = (terminal.folder / "docs" / "policies").glob("*.md")
    terminal.type(f"echo 'Ask us anything about this policy.' >> docs/policies/{policy.name}")
    summary = "Readers may ask about the policy."
    terminal.type(f'.venv/bin/gazette release {policy.stem} --summary "{summary}"')
    terminal.type("git add -A && git commit -qm 'Say whom to ask'")
    terminal.type("make site")
    terminal.type("git status --short && git log --oneline")
    terminal.type(f"ls versions/{policy.stem} && ls site/policies/{policy.stem}/changes/*")
    terminal.type(".venv/bin/gazette check --base HEAD~1")
    terminal.type(".venv/bin/gazette report --base HEAD~1")


def upgrade(terminal: Terminal, version: str) -> None:
    """Take a newer engine, and compare what is published before and after."""
    site = terminal.folder / "site"
    terminal.type("make site")
    before, files = record_of(site), tree(site)
    archive = tree(terminal.folder / "versions")
    terminal.type(f"make upgrade VERSION={version}")
    assert version in terminal.type(".venv/bin/gazette --version")
    terminal.type("git diff --stat")
    terminal.type("make site")
    terminal.type("make test")
    lost = losses(before, record_of(site))
    after = tree(site)
    same = sum(after.get(name) == data for name, data in files.items())
    print(f"# {len(before['addresses'])} addresses and {len(before['texts'])} texts before")
    print(f"# lost: {len(lost)}; files with the same bytes: {same} of {len(files)}")
    if tree(terminal.folder / "versions") != archive:
        lost.append("The archive was written to.")
    if lost:
        sys.exit("\n".join(lost))


def main() -> None:
    """Do all of it in a temporary folder."""
    with TemporaryDirectory(prefix="newcomer-") as name:
        wheels, home = Path(name) / "wheels", Path(name) / "home"
        wheels.mkdir()
        home.mkdir()
        wheel = build_wheel(wheels, STATED)
        terminal = Terminal(home, wheels)
        start(terminal, wheel)
        publish_twice(terminal)
        *numbers, last = STATED.split(".")
        newer = ".".join([*numbers, str(int(last) + 1)])
        build_wheel(wheels, newer)
        upgrade(terminal, newer)


if __name__ == "__main__":
    main()
