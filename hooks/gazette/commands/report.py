"""`gazette report`: the comment on a proposal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import click

from gazette.commands.output import write
from gazette.commands.project import open_project, open_without_code
from gazette.commands.verdict import findings as all_findings
from gazette.commands.verdict import review_of
from gazette.errors import PolicyError
from gazette.problems import Problem
from gazette.record.base_commit import read_base_commit
from gazette.review.outside_changes import outside_changes
from gazette.review.proposal import PolicyChange, policy_changes
from gazette.review.review import Review
from gazette.review.review_comment import ProposedChanges, comment
from gazette.review.translations import Translation, translation_of
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
    problems: Sequence[Problem] = ()
    try:
        project = open_project(base)
    except PolicyError as error:  # the settings cannot be read: the rest of the comment can
        project, problems = open_without_code(base), error.problems
    settings = project.settings
    base_commit = read_base_commit(settings, base)
    policies, translations = None, []
    try:
        review = review_of(project)
    except PolicyError as error:  # a link or device lies among the files of policies
        problems = problems or error.problems
    else:
        policies = policy_changes(review, base_commit)
        translations = _translations(review, policies)
        if findings and not problems:
            problems = all_findings(review)
    outside = outside_changes(settings, base_commit)
    changes = ProposedChanges(outside, policies, project.today, translations, settings.language)
    limit = {"limit": sys.maxsize} if whole else {}
    shown = problems if findings else None
    write(comment(changes, shown, preview, settings.rule_pages, **limit))


def _translations(review: Review, changes: Sequence[PolicyChange]) -> list[Translation]:
    """Return the translations that a proposal changes, or whose original it does.

    Empty where the record cannot be verified: the findings say what is wrong there.
    """
    policies = review.policies if review.is_verified else {}
    changed = {change.text.slug for change in changes}
    slugs = [slug for slug in sorted(policies) if {slug, original_of(slug)} & changed]
    markdown = review.settings.markdown
    translations = (translation_of(policies, slug, markdown) for slug in slugs)
    return [translation for translation in translations if translation]
