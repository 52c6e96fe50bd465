"""Translations: each is one of an original that is there, and names the version that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gazette.model import Metadata, Policy, Slug
from gazette.problems import Code, Problem
from gazette.record.policy_files import PolicyFile
from gazette.text.slugs import language_of_slug, original_of

NAMED = 3
"""So many of the newest versions are named where an unknown one was written."""


def translation_problems(
    file: PolicyFile, metadata: Metadata, policies: Mapping[Slug, Policy], today: date
) -> Iterator[Problem]:
    """Yield why the text of a file is no translation, where it is to be one or says it is.

    `today` tells which versions readers know.
    """
    if not language_of_slug(file.slug):
        if metadata.translates:
            message = "`translates` stands in an original: only translations have it."
            hint = (
                "Take the line out; or, if this is a translation, move the file into the folder of "
                f"its language, as in docs/policies/de/{file.slug}.md."
            )
            yield file.problem("translates", Code.TRANSLATION, message, hint)
        return
    yield from _wrong_language(file, metadata)
    slug = original_of(file.slug)
    original = policies.get(slug)
    if original is None:
        message = f"This is a translation of docs/policies/{slug}.md, and no policy stands there."
        hint = "Give it the file name of its original, or put the original there."
        yield Problem(file.path, 0, Code.TRANSLATION, message, hint)
    elif original.retired:
        message = f"The original docs/policies/{slug}.md was retired on {original.retired}."
        hint = "Delete this translation, too: its versions stay where they are."
        yield Problem(file.path, 0, Code.TRANSLATION, message, hint)
    else:
        yield from _wrong_version(file, metadata, original, today)


def _wrong_language(file: PolicyFile, metadata: Metadata) -> Iterator[Problem]:
    """Yield that a translation states another language than its folder is called."""
    folder, stated = language_of_slug(file.slug), metadata.lang
    if stated and not f"{stated}-".lower().startswith(f"{folder}-".lower()):
        message = f"`lang` is {stated}, but the file stands in the folder {folder}."
        hint = f"Take the line out, or move the file to docs/policies/{stated}/."
        yield file.problem("lang", Code.TRANSLATION, message, hint)


def _wrong_version(
    file: PolicyFile, metadata: Metadata, original: Policy, today: date
) -> Iterator[Problem]:
    """Yield that a translation does not name a version of its original that its readers know."""
    if metadata.translates is None:
        message = f"This translation does not say of which version of {original.slug} it is one."
        hint = f"Add a line as in translates: {original.shown.id}"
        yield file.problem("version", Code.TRANSLATION, message, hint)
    elif metadata.translates not in {version.id for version in original.versions}:
        newest = ", ".join(str(version.id) for version in original.versions[: -NAMED - 1 : -1])
        message = (
            f"`translates` names {metadata.translates}, which is no version of {original.slug}."
        )
        hint = f"Write the version that this text says; the newest are {newest}."
        yield file.problem("translates", Code.TRANSLATION, message, hint)
    elif metadata.version.day <= today < metadata.translates.day:
        day = metadata.translates.day
        message = (
            f"`translates` names {metadata.translates}, which readers know from {day} on. This "
            "text they know already."
        )
        hint = f"Write that line with a new version of {day}, or leave it as it was until then."
        yield file.problem("translates", Code.TRANSLATION, message, hint)
