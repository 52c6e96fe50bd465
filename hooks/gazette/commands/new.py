"""`gazette new`: the file of a new policy."""

from __future__ import annotations

import click

from gazette.authoring.new_policy import create_policy
from gazette.commands.project import open_project


@click.command()
@click.argument("title")
@click.option("--slug", default="", help="The file name and address. Default: from the title.")
def new(title: str, slug: str) -> None:
    """Create a policy with this TITLE: a file that is valid, with a guide in its comments.

    A file that stands there already is never overwritten. A translation has the name of its
    original, with the language before it.

    \b
    Examples:
      gazette new "Refund Policy"
      gazette new "退款政策" --slug refund-policy
      gazette new "Datenschutzerklärung" --slug de/privacy-policy
    """
    project = open_project()
    file = create_policy(project.settings, project.register, title, slug, project.today)
    click.echo(f"Written: {project.settings.relative(file)}")
    click.echo("Write its text under the second line ---, then see it with: make serve")
