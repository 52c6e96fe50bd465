"""A new policy: a file that is valid from the start, with a guide in its comments."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gazette.errors import ReleaseError
from gazette.files import write_whole
from gazette.model import VersionId
from gazette.record.policies import Register
from gazette.settings import Settings
from gazette.text.frontmatter import with_values
from gazette.text.slugs import (
    is_language,
    is_slug,
    language_of_slug,
    original_of,
    slug_from,
)
from gazette.text.visible import visible_line

TRANSLATES = """# translates   the version of the original that this text says
translates: {version}
"""
SCHEMA = "../../.vscode/policy.schema.json"
TEMPLATE = """---
# yaml-language-server: $schema={schema}
#
# A new policy. Lines that begin with # are notes for you: no reader sees them, and you may delete
# them. Fill in the lines below, then write the text of the policy under the second line ---.
#
# title        the name readers know the policy by
# version      the day it is posted and the number of that day's release
# updated      the day it is posted, the same as in version
title: Title
version: {version}
updated: {day}
{translates}#
# Take the # away to use one of these:
#
# effective: {day}  # the day it starts to apply, if that is later than the day it is posted
# description: What the policy is about, in one line for the home page.
# category: Privacy  # the group it stands under on the home page
#
# How to write the text:
#   ## 1. First Section       a heading begins with ## and a blank, and its number
#   - one point               a list has a hyphen before each point
#   [Cookie Policy](cookie-policy.md)      a link to another policy names its file
---
"""


def create_policy(
    settings: Settings, register: Register, title: str, slug: str, today: date
) -> Path:
    """Write the file of a new policy, or of a translation, and return it.

    Nothing is ever overwritten. Raises ReleaseError when the name cannot be used or is taken, or
    there is no original.
    """
    title = visible_line(title)
    slug = slug or slug_from(title)
    language = language_of_slug(slug)
    if not title or not is_slug(slug) or (language and not is_language(language)):
        raise ReleaseError(
            f"“{slug or title}” makes no file name. Choose one of small letters a to z, digits and "
            "hyphens, for example: --slug privacy-policy; that of a translation has its language "
            "before it: --slug de/privacy-policy"
        )
    file = settings.policies / f"{slug}.md"
    if file.exists():
        path = settings.relative(file)
        raise ReleaseError(f"{path} stands there already. Edit it, or choose another --slug.")
    _refuse_former_name(register, slug)
    template = TEMPLATE.format(
        schema=f"../{SCHEMA}" if language else SCHEMA,
        version=VersionId(today, 1),
        day=today,
        translates=TRANSLATES.format(version=_translated(register, slug)) if language else "",
    )
    write_whole(file, with_values(template, {"title": title}).encode())
    return file


def _translated(register: Register, slug: str) -> VersionId:
    """Return the version of the original that readers have, which a translation begins with."""
    for policy in register.policies:
        if policy.slug == original_of(slug) and not policy.retired:
            return policy.shown.id
    raise ReleaseError(
        f"There is no policy {original_of(slug)} of which {slug} would be a translation. Give it "
        "the file name of its original."
    )


def _refuse_former_name(register: Register, slug: str) -> None:
    for policy in register.policies:
        if slug == policy.slug and policy.retired:
            raise ReleaseError(
                f"There was a policy {slug}, retired on {policy.retired}; its addresses are its "
                "own. Choose another --slug. To bring it back, put its last text back in its "
                f"place: {policy.newest.path}"
            )
        if slug in policy.former_slugs:
            raise ReleaseError(
                f"{slug} is what {policy.slug} was called before, and its old addresses lead "
                "there. Choose another --slug."
            )
