"""Scripts of workflows, run as a runner runs them, with a stand-in for GitHub's command."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

WORKFLOWS = Path(__file__).parents[1] / ".github" / "workflows"
GH = """#!/usr/bin/env python3
import json, os, pathlib, sys
here = pathlib.Path(os.environ["FAKE"])
arguments = sys.argv[1:]
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
bodies = [argument for argument in arguments if argument.startswith("body=@")]
if bodies:
    (here / "posted").write_bytes(pathlib.Path(bodies[0][6:]).read_bytes())
for words, answer, code in json.loads((here / "answers").read_text()):
    if all(word in " ".join(arguments) for word in words):
        print(answer, end="")
        sys.exit(code)
"""
MAKE = """#!/bin/sh
mkdir -p .venv && ln -sfn {bin} .venv/bin && touch .venv/.installed && exec {make} "$@"
"""
Answer = tuple[Sequence[str], str, int]
"""Words that a call of `gh` has to hold, what is printed then, and the exit code."""


def program(file: Path, text: str) -> None:
    """Write a program that something calls."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def ready_make(folder: Path) -> None:
    """Put a make into `folder` that finds the project's environment made: that of these tests."""
    text = MAKE.format(bin=Path(sys.executable).parent, make=shutil.which("make"))
    program(folder / "make", text)


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow, with `on` as a word."""
    loaded: dict[str, Any] = yaml.load((WORKFLOWS / name).read_text(), Loader=yaml.BaseLoader)
    return loaded


def script(name: str, job: str, step: str) -> str:
    """Return what a step runs."""
    steps = {candidate["name"]: candidate for candidate in workflow(name)["jobs"][job]["steps"]}
    text = steps[step]["run"]
    assert isinstance(text, str)
    assert "${{" not in text, "What a stranger wrote must not become part of the script."
    return text


class Runner:
    """A machine that runs scripts in `work`; what `gh` is asked and answers stands in `folder`."""

    def __init__(self, folder: Path, work: Path, **variables: str) -> None:
        self.folder, self.work, self.variables = folder, work, variables
        program(folder / "bin" / "gh", GH)
        self.answer()

    def answer(self, *answers: Answer) -> None:
        """Set what `gh` answers: the first that fits a call; nothing to other calls."""
        (self.folder / "answers").write_text(json.dumps(answers))

    def run(self, text: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a script."""
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE": str(self.folder),
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_REPOSITORY": "example/help",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **self.variables,
            **variables,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd=self.work
        )

    @property
    def calls(self) -> list[list[str]]:
        """What `gh` was asked, by its arguments."""
        return [json.loads(line) for line in self.written("calls").splitlines()]

    @property
    def posted(self) -> str | None:
        """The comment that was posted last, None without one."""
        return self.written("posted") or None

    def written(self, name: str) -> str:
        """Return what a script wrote into a file of the runner, empty where it wrote none."""
        file = self.folder / name
        return file.read_text() if file.exists() else ""
