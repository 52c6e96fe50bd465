"""A new policy: a file that is valid from the start, with a guide in its comments."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gazette.errors import ReleaseError
from gazette.model import VersionId
from gazette.record.policies import Register
from gazette.settings import Settings
from gazette.text.frontmatter import with_values
from gazette.text.slugs import is_slug, slug_from
from gazette.text.visible import visible_line

TEMPLATE = """---
# yaml-language-server: $schema=../../hooks/gazette/policy.schema.json
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
#
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


def create_policy(center: Settings, register: Register, title: str, slug: str, today: date) -> Path:
    """Write the file of a new policy and return it; nothing is ever overwritten.

    Raises ReleaseError when the name cannot be used or is taken.
    """
    title = visible_line(title)
    name = slug or slug_from(title)
    if not title or not is_slug(name):
        raise ReleaseError(
            f"“{slug or title}” makes no file name. Choose one of small letters a to z, digits and "
            "hyphens, for example: --slug privacy-policy"
        )
    file = center.policies / f"{name}.md"
    _refuse_taken(register, name, center.relative(file), file.exists())
    template = TEMPLATE.format(version=VersionId(today, 1), day=today)
    text = with_values(template, {"title": title})
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as new:
        new.write(text)
    return file


def _refuse_taken(register: Register, name: str, path: str, exists: bool) -> None:
    if exists:
        raise ReleaseError(f"{path} stands there already. Edit it, or choose another --slug.")
    for one in register.policies:
        if name == one.slug and one.retired:
            raise ReleaseError(
                f"There was a policy {name}, retired on {one.retired}; its addresses are its own. "
                "Choose another --slug. To bring it back, put its last text back in its place: "
                f"{one.newest.path}"
            )
        if name in one.former_slugs:
            raise ReleaseError(
                f"{name} is what {one.slug} was called before, and its old addresses lead there. "
                "Choose another --slug."
            )
