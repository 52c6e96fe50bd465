"""`gazette schema`: the JSON Schema of the front matter."""

from __future__ import annotations

import json

import click

from gazette.text.frontmatter import json_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of a policy's front matter.

    Editors that know it complete and check the lines above a policy while they are typed.

    \b
    Examples:
      gazette schema
      gazette schema > .vscode/policy.schema.json
    """
    click.echo(schema_text(), nl=False)


def schema_text() -> str:
    """Return the file that the command prints."""
    return json.dumps(json_schema(), indent=2) + "\n"
