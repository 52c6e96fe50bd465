"""`gazette accept`: record that published texts may be read otherwise than they were."""

from __future__ import annotations

import click

from gazette.authoring.acceptance import record_acceptance
from gazette.authoring.version_choice import version_named
from gazette.commands.project import complete_slug, open_project
from gazette.problems import printable
from gazette.record.changed_readings import ChangedReading, changed_readings


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.argument("versions", nargs=-1, metavar="[VERSION]...")
@click.option("--by", "name", metavar="NAME", help="Who agrees; without it nothing is written.")
def accept(slug: str, versions: tuple[str, ...], name: str | None) -> None:
    """Show which published texts of the policy SLUG are read otherwise than it is recorded.

    With --by, record that they may be read so from today on: the pages of these versions say who
    agreed, and when. Without VERSION, of all versions that differ.

    \b
    Examples:
      gazette accept privacy-policy
      gazette accept privacy-policy 2025-02-10.v1 --by "Anna Example"
    """
    project = open_project()
    policy = project.policy(slug)
    chosen = [version_named(policy, version) for version in versions] or list(policy.versions)
    changed = changed_readings(chosen, project.settings.markdown, project.today)
    if not changed:
        click.echo(f"{printable(policy.title)}: every text is read as it is recorded.")
        return
    _print_differences(changed)
    if name is None:
        click.echo('Nothing was written. To record that this is right, add --by "YOUR NAME".')
        return
    for path in record_acceptance(project.settings, changed, name):
        click.echo(f"Written: versions/{path}")
    click.echo("Propose what is new in versions/: a review shows who agreed.")


def _print_differences(changed: list[ChangedReading]) -> None:
    for change in changed:
        click.echo(f"{change.version.path} is read otherwise:")
        for phrase in change.differences:
            click.echo(f"  {printable(phrase)}")
