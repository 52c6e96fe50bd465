"""Help centers in git repositories of their own, written and committed day by day."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from gazette.cli import main
from gazette.errors import PolicyError
from gazette.model import digest_of
from gazette.problems import Problem
from gazette.record import archive, policies
from gazette.record.policies import Register
from gazette.record.pushes import LEARNED
from gazette.review import check as findings
from gazette.review.gathering import read_review
from gazette.settings import Settings
from gazette.text.markdown_settings import DEFAULT

HISTORIES = Path(__file__).parent / "histories"
TODAY = date(2026, 11, 23)
ADDRESS = "https://help.example.com/"
MKDOCS = (
    f"site_name: Help\nsite_url: {ADDRESS}\n"
    "extra:\n  help_center:\n    support: mailto:help@example.com\n"
)
"""The least that a `mkdocs.yml` can say."""


def text(version: str, body: str = "We keep your data.\n", **front: str) -> str:
    """Return a policy's source of this version."""
    facts = {"title": "Privacy Policy", "version": version, "updated": version[:10], **front}
    lines = "".join(f"{key}: {value}\n" for key, value in facts.items() if value)
    return f"---\n{lines}---\n\n{body}"


def check(settings: Settings, today: date, base: str | None = None) -> list[Problem]:
    """Return all that a review finds, without what a build knows of readings."""
    try:
        return findings.check(read_review(settings, today, base))
    except PolicyError as error:
        return list(error.problems)


@dataclass
class Project:
    """A help center at `root`, to be published at an `address`.

    `repository` is where its git lives, the same folder mostly.
    """

    root: Path
    repository: Path = field(default_factory=Path)
    address: str = ADDRESS

    def __post_init__(self) -> None:
        self.repository = self.repository if self.repository.parts else self.root
        self.policies.mkdir(parents=True, exist_ok=True)

    @property
    def policies(self) -> Path:
        """Where the policies stand."""
        return self.root / "docs" / "policies"

    @property
    def versions(self) -> Path:
        """Where the archive stands."""
        return self.root / "versions"

    @property
    def settings(self) -> Settings:
        """What `mkdocs.yml` would say."""
        return Settings(
            project=self.root,
            docs=self.root / "docs",
            site_url=self.address,
            support="#",
            name="Help",
            markdown=DEFAULT,
        )

    def put(self, path: str, content: str | bytes) -> None:
        """Write a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def write(
        self, slug: str, version: str, body: str = "We keep your data.\n", **front: str
    ) -> None:
        """Write a policy of this version."""
        self.put(f"docs/policies/{slug}.md", text(version, body, **front))

    def delete(self, slug: str) -> None:
        """Delete a policy."""
        (self.policies / f"{slug}.md").unlink()

    def sign(self, slug: str) -> None:
        """Compute the digests of an archive anew, as whoever alters it would."""
        folder = self.versions / slug
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix)
        lines = (f"{digest_of(path.read_bytes())}  {path.relative_to(folder)}\n" for path in files)
        (folder / "SHA256SUMS").write_text("".join(lines))

    def init(self) -> Project:
        """Begin a repository."""
        self.git("init", "--quiet", "--initial-branch=main")
        return self

    def commit(self, day: str, author_day: str = "") -> None:
        """Commit everything on that day, at noon."""
        self.git("add", "--all", day=day)
        self.git("commit", "--quiet", "--allow-empty", "-m", day, day=day, author_day=author_day)

    def post(
        self, slug: str, version: str, body: str = "We keep your data.\n", **front: str
    ) -> None:
        """Write a version and commit it on its day."""
        self.write(slug, version, body, **front)
        self.commit(version[:10])

    def squash(self, day: str) -> None:
        """Begin the history anew, with a commit on that day of all that stands there."""
        self.git("checkout", "--quiet", "--orphan", "fresh")
        self.commit(day)

    def git(self, *arguments: str, day: str = "2026-01-01", author_day: str = "") -> str:
        """Run git on that day."""
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_COMMITTER_DATE": f"{day}T12:00:00Z",
            "GIT_AUTHOR_DATE": f"{author_day or day}T12:00:00Z",
        }
        settings = (
            "user.name=Editor",
            "user.email=editor@example.com",
            "protocol.file.allow=always",
        )
        options = [option for setting in settings for option in ("-c", setting)]
        command = ["git", *options, *arguments]
        result = subprocess.run(
            command,
            cwd=self.repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def learn(self, *pushes: tuple[str, str]) -> None:
        """Write down what workflows ask the server: where the branch was before and after each."""
        lines = "".join(f"{before} {after}\n" for before, after in pushes)
        (self.repository / ".git" / LEARNED).write_text(lines)

    def gather(self, today: date = TODAY) -> Register:
        """Gather everything, as a preview does."""
        return policies.gather(self.settings, today)

    def build(self, today: date = TODAY) -> list[str]:
        """Gather everything and archive, as a build does; return what was archived."""
        return archive.freeze(self.versions, self.gather(today).unarchived)

    def archived(self) -> dict[str, str]:
        """Return what the archive holds, by path."""
        return {
            file.relative_to(self.versions).as_posix(): file.read_bytes().decode("latin-1")
            for file in sorted(self.versions.rglob("*"))
            if file.is_file()
        }


def replay(case: str, root: Path) -> Project:
    """Commit each folder of a case in `histories/` as what `docs/policies/` held from that day."""
    project = Project(root).init()
    for step in sorted((HISTORIES / case).iterdir()):
        shutil.rmtree(project.policies)
        shutil.copytree(step, project.policies)
        project.commit(step.name.partition("-")[2])
    return project


def outline(register: Register) -> dict[str, list[str]]:
    """Return each policy with its versions, where they stand and where they are kept."""
    return {
        policy.slug: [
            f"{version.id} {version.status.value} {version.path.partition('/')[0]}"
            for version in policy.versions
        ]
        for policy in register.policies
    }


def codes(register: Register) -> list[str]:
    """Return the place and kind of every finding."""
    return [f"{problem.path}:{problem.line} {problem.code.label}" for problem in register.problems]


def report(*words: str) -> str:
    """Return the comment on what the project in the present folder proposes to its `main`."""
    result = CliRunner().invoke(main, ["report", "--base", "main", *words])
    assert result.exit_code == 0, result.output
    return result.output
