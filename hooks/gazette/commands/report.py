"""`gazette report`: the comment on a proposal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import click

from gazette.commands.output import write
from gazette.commands.project import Project, open_project, open_without_code
from gazette.errors import GazetteError, PolicyError
from gazette.model import Policy
from gazette.record.base_commit import BaseCommit, read_base_commit
from gazette.review.outside_changes import outside_changes
from gazette.review.proposal import PolicyChange, policy_changes
from gazette.review.review_comment import ProposedChanges, comment
from gazette.review.translations import Translation, translation_of
from gazette.settings import Settings
from gazette.text.slugs import original_of

ADDRESS = re.compile(r"https?://[^\s<>()\[\]`\"']+")


@click.command()
@click.option("--base", metavar="REF", required=True, help="The branch or commit to compare with.")
@click.option("--findings/--no-findings", default=True, help="Add what check finds. Default: yes.")
@click.option("--preview", metavar="URL", default="", help="Where the built site can be seen.")
@click.option("--whole", is_flag=True, help="Do not cut it to the size of a comment.")
def report(base: str, findings: bool, preview: str, whole: bool) -> None:
    """Print what the working tree changes for readers since REF, as GitHub-flavoured Markdown.

    This is the comment that a pull request gets: first what changes beside the texts, then per
    policy what changes, section by section, the redline folded below, and what check finds with
    what to do.

    \b
    Examples:
      gazette report --base origin/main
      gazette report --base origin/main --no-findings
      gazette report --base origin/main --preview https://ci.example.com/artifacts/7
    """
    if preview and not ADDRESS.fullmatch(preview):
        raise click.UsageError("--preview has to be a whole address, like https://example.com/7")
    try:
        project = open_project(base)
    except PolicyError as error:  # the settings cannot be read: the rest of the comment can
        project, problems = open_without_code(), list(error.problems)
    else:
        problems = project.findings() if findings else []
    settings = project.settings
    base_commit = read_base_commit(settings, base)
    policies = _policy_changes(settings, base_commit)
    changes = ProposedChanges(
        outside_changes(settings, base_commit),
        policies,
        project.today,
        _translations(project, policies or ()),
        settings.language,
    )
    limit = {"limit": sys.maxsize} if whole else {}
    shown = problems if findings else None
    write(comment(changes, shown, preview, settings.rule_pages, **limit))


def _translations(project: Project, changes: Sequence[PolicyChange]) -> list[Translation]:
    """Return the translations that a proposal changes, or whose original it does.

    Empty where the record cannot be read: the findings say what is wrong there.
    """
    changed = {change.text.slug for change in changes}
    try:
        policies: dict[str, Policy] = {policy.slug: policy for policy in project.register.policies}
    except GazetteError:
        return []
    slugs = [slug for slug in sorted(policies) if {slug, original_of(slug)} & changed]
    markdown = project.settings.markdown
    translations = (translation_of(policies, slug, markdown) for slug in slugs)
    return [translation for translation in translations if translation]


def _policy_changes(settings: Settings, base: BaseCommit) -> list[PolicyChange] | None:
    """Return what changes in policies, None where a link or device lies among their files."""
    try:
        return policy_changes(settings, base)
    except PolicyError:
        return None
