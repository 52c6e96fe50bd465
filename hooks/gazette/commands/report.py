"""`gazette report`: the comment on a proposal."""

from __future__ import annotations

import re

import click

from gazette.commands.output import write
from gazette.commands.project import open_project
from gazette.record.base_commit import read_base_commit
from gazette.review.check import check
from gazette.review.proposal import policy_changes
from gazette.review.review_comment import comment

ADDRESS = re.compile(r"https?://[^\s<>()\[\]`\"']+")


@click.command()
@click.option("--base", metavar="REF", required=True, help="The branch or commit to compare with.")
@click.option("--findings/--no-findings", default=True, help="Add what check finds. Default: yes.")
@click.option("--preview", metavar="URL", default="", help="Where the built site can be seen.")
@click.option("--whole", is_flag=True, help="Do not cut it to the size of a comment.")
def report(base: str, findings: bool, preview: str, whole: bool) -> None:
    """Print what the working tree changes for readers since REF, as GitHub-flavoured Markdown.

    This is the comment that a pull request gets: per policy what changes, section by section, the
    redline folded below, and what check finds with what to do.

    \b
    Examples:
      gazette report --base origin/main
      gazette report --base origin/main --no-findings
      gazette report --base origin/main --preview https://ci.example.com/artifacts/7
    """
    if preview and not ADDRESS.fullmatch(preview):
        raise click.UsageError("--preview has to be a whole address, like https://example.com/7")
    project = open_project()
    settings = project.settings
    changes = policy_changes(settings, read_base_commit(settings, base))
    problems = check(settings, project.today, base) if findings else None
    limit = {"limit": 1 << 40} if whole else {}
    write(comment(changes, problems, preview, settings.repository, **limit))
