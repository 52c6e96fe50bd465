"""`gazette init`: the project of a new help center."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import UTC
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import click

from gazette.authoring.engine_lock import DISTRIBUTION
from gazette.authoring.new_project import (
    PLACES,
    WrittenProject,
    has_policies,
    project_files,
    write_project,
)
from gazette.authoring.project_answers import (
    ProjectAnswers,
    category_names,
    company_name,
    site_address,
    site_language,
    support_address,
)
from gazette.commands.output import plural
from gazette.commands.project import now
from gazette.errors import SetupError
from gazette.host_config import theme_languages
from gazette.settings import CONFIG

T = TypeVar("T")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--name", help="The company's name.")
@click.option("--url", help="The address of the site, as https://help.acme.com/.")
@click.option("--support", help="An e-mail address, or that of a page for questions.")
@click.option("--language", help="The language of menus and buttons, as en or de.")
@click.option("--categories", help="The groups of policies on the home page, with commas.")
@click.option("--ci", type=click.Choice([*PLACES]), default="github", show_default=True)
@click.option("--no-policy", is_flag=True, help="Begin without a first policy.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults for what is not given.")
def init(folder: Path, ci: str, no_policy: bool, yes: bool, **given: str | None) -> None:
    """Write the project of a new help center into FOLDER, or into this folder.

    Files that stand there already are left as they are. Nothing is written before the last answer.

    \b
    Examples:
      gazette init acme
      gazette init acme --name "Acme Ltd" --url https://help.acme.com/ --yes
      gazette init --ci gitlab
    """
    try:
        answers = _answers(folder, given, ask=not yes)
    except click.Abort:
        click.echo("\nNothing was written.", err=True)
        raise
    files = project_files(
        answers,
        now().astimezone(UTC).date(),
        version(DISTRIBUTION),
        ci=ci,
        has_policy=not no_policy and not has_policies(folder),
    )
    written = write_project(folder, files)
    _print_written(folder, written)
    _print_next_steps(folder, written)


def _answers(folder: Path, given: dict[str, str | None], *, ask: bool) -> ProjectAnswers:
    """Return the answers that were given, those that a person types, or the defaults."""
    if ask and not all(given.values()):
        click.echo("Press Enter to take what stands in brackets.\n")
    languages = theme_languages()

    def answer(key: str, question: str, default: str, check: Callable[[str], T]) -> T:
        value = given[key]
        if value is None and ask:
            asked: T = click.prompt(question, default=default, value_proc=_retrying(check))
            return asked
        return check(default if value is None else value)

    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip().title()
    return ProjectAnswers(
        name=answer("name", "Name of the company", name or "Our Company", company_name),
        site_url=answer("url", "Address of the site", "https://help.example.com/", site_address),
        support=answer(
            "support", "E-mail or page for questions", "support@example.com", support_address
        ),
        language=answer(
            "language", "Language of menus", "en", lambda text: site_language(text, languages)
        ),
        categories=answer(
            "categories", "Groups on the home page", "Privacy, Terms", category_names
        ),
    )


def _retrying(check: Callable[[str], T]) -> Callable[[str], T]:
    """Return the check for a prompt, which asks again after an error of usage."""

    def checked(text: str) -> T:
        try:
            return check(text)
        except SetupError as error:
            raise click.UsageError(str(error)) from None

    return checked


def _print_written(folder: Path, written: WrittenProject) -> None:
    click.echo(f"\nWritten into {folder}/: {plural(len(written.new), 'file', 'files')}.")
    if written.kept:
        click.echo("Left as they were:")
        for path in written.kept:
            click.echo(f"  {path}")


def _print_next_steps(folder: Path, written: WrittenProject) -> None:
    steps = [
        ("make site", "builds the help center into site/"),
        ("make serve", "shows it while you write, at http://127.0.0.1:8000"),
        ("make check", "says what is still missing"),
    ]
    if folder.resolve() != Path.cwd():
        path = f"./{folder}" if str(folder).startswith("-") else str(folder)
        steps.insert(0, (f"cd {shlex.quote(path)}", ""))
    top = _git_top(folder.resolve())
    if top is None:
        steps.append(("git init", "keeps the versions: then add and commit all files"))
    width = max(len(command) for command, _ in steps)
    click.echo("\nNext:")
    for command, effect in steps:
        click.echo(f"  {command:{width}}  {effect}".rstrip())
    if top not in (None, folder.resolve()) and ".github/dependabot.yml" in written.new:
        click.echo(f"\nGitHub runs workflows from the top of a repository only: {top}/.github")
    if CONFIG in written.kept:
        click.echo(f"\n{CONFIG} was yours already: gazette doctor says what it lacks.")


def _git_top(folder: Path) -> Path | None:
    """Return the top of the repository around a folder, None where there is none."""
    return next(
        (parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), None
    )
