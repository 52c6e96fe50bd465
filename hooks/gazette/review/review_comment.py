"""The comment on a proposal: what it changes for readers, for those who decide about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gazette.forms.fitting import LIMIT, Fold, Item, fitted
from gazette.forms.github_markdown import escaped, in_html, with_code
from gazette.forms.redline_markdown import highlights_markdown, section_markdown
from gazette.forms.rule_pages import page_address
from gazette.forms.section_news import news
from gazette.forms.sentences import counted, only_renumbered
from gazette.model import Change
from gazette.problems import Problem, Severity, printable
from gazette.record.changed_files import FileChange
from gazette.review.outside_changes import OutsideChange
from gazette.review.policy_text import PolicyText
from gazette.review.proposal import PolicyChange
from gazette.review.translations import Translation
from gazette.site import addresses
from gazette.site.updates import metadata_changes
from gazette.text.frontmatter import stated_title
from gazette.text.highlights import highlights
from gazette.text.judgement import Judge
from gazette.text.slugs import language_of_slug
from gazette.text.translated_sections import Lag
from gazette.text.vocabularies import vocabulary_of

MARKER = "<!-- gazette-review -->"
"""By this first line the comment is found again and kept up to date."""
MAX_LINE = 400
"""A longer line of prose is cut; the redline has it whole."""
MAX_FILES = 12
"""So many files of a kind are named; the proposal itself lists all."""
NOTHING_CHANGES = "No policy changes: readers see the same texts as before."
NO_TEXT_CHANGES = "No file of a policy changes."
SEVERITY_WORDS = {
    Severity.ERROR: "**Must be fixed**",
    Severity.WARNING: "Look at",
    Severity.NOTE: "Note",
}


@dataclass(frozen=True)
class ProposedChanges:
    """What a proposal changes for readers: `outside` of policies, and in `policies`.

    `policies` is None where the texts could not be read; `today` says which versions are scheduled.
    `translations` are those of them, or of their originals, that may lag behind; `language` is
    that of texts that state none.
    """

    outside: Sequence[OutsideChange]
    policies: Sequence[PolicyChange] | None
    today: date
    translations: Sequence[Translation] = ()
    language: str = "en"


def comment(
    changes: ProposedChanges,
    findings: Sequence[Problem] | None,
    preview: str = "",
    repository: str = "",
    limit: int = LIMIT,
) -> str:
    """Return the comment as GitHub-flavoured Markdown, at most `limit` characters long.

    Without a list of `findings` the comment does not speak of them. `preview` is the address of
    the built site, `repository` that of the project's files.
    """
    items: list[Item] = [MARKER, "## What this changes for readers", ""]
    items += _outside(changes.outside)
    if changes.policies is None:
        items += ["The policies could not be compared: first fix what stands below.", ""]
    elif not changes.policies:
        items += [NO_TEXT_CHANGES if changes.outside else NOTHING_CHANGES, ""]
    for change in changes.policies or ():
        items += _policy(change, preview, changes.today, changes.language)
    items += _translations(changes.translations, preview)
    if findings is not None:
        items += _findings(findings, repository)
    if preview:
        items += [
            "### Preview",
            "",
            f"[The help center as this proposal would publish it]({preview}): download it, unpack "
            "it, and open `index.html`. (The search works only on the published site.)",
        ]
    return fitted(items, limit)


def _outside(changes: Sequence[OutsideChange]) -> Iterator[Item]:
    if not changes:
        return
    yield "**This proposal changes more of what readers get than texts of policies:**"
    yield ""
    for change in changes:
        yield f"- **{change.name}** {escaped(f'({change.effect}): {_files(change.files)}.')}"
    yield ""


def _files(files: Mapping[str, FileChange]) -> str:
    """Return the files with what became of each, cut where there are many."""
    shown = [f"{printable(path)} ({change.value})" for path, change in files.items()]
    rest = len(shown) - MAX_FILES
    more = [f"and {rest} more"] if rest > 0 else []
    return ", ".join([*shown[:MAX_FILES], *more])


def _language(text: PolicyText, language: str) -> str:
    """Return the language of a text, that of the help center where it states none."""
    stated = text.metadata.lang if text.metadata else ""
    return stated or language_of_slug(text.slug) or language


def _policy(change: PolicyChange, preview: str, today: date, language: str) -> Iterator[Item]:
    title = _title(change.text)
    yield f"### {escaped(title)}"
    yield ""
    for paragraph in _facts(change, today):
        yield from (paragraph, "")
    if change.old and change.redline.changed:
        vocabulary = vocabulary_of(_language(change.text, language))
        matters = highlights(change.redline, Judge(vocabulary))
        parts = tuple(highlights_markdown(matters, change.redline))
        summary = "<b>What matters first</b>" if matters.entries else "<b>What matters</b>"
        yield Fold(summary, parts, _rest(change.text, preview), is_open=True)
        yield ""
        lines = [
            f"- **{_line(topic)}:** {_line(text)}"
            for topic, text in news(change.redline, vocabulary)
        ]
        yield from (*lines, "") if lines else ()
    changed = [section for section in change.redline.changed if not only_renumbered(section)]
    if changed:
        content = "Redline" if change.old else "Text"
        summary = f"<b>{content} of {in_html(title)}</b>: {in_html(counted(change.redline))}"
        parts = tuple(map(section_markdown, changed))
        yield Fold(summary, parts, _rest(change.text, preview))
        yield ""


def _translations(translations: Sequence[Translation], preview: str) -> Iterator[Item]:
    """Yield what lags behind in each translation, the redline of the original beside it."""
    lagging = [
        (translation, [*translation.stale, *translation.passed_over])
        for translation in translations
    ]
    lagging = [(translation, lags) for translation, lags in lagging if lags]
    if lagging:
        yield from ("### Translations", "")
    for translation, lags in lagging:
        title, count = translation.policy.newest.metadata.title, len(lags)
        sections = "1 section" if count == 1 else f"{count} sections"
        address = f"/{addresses.policy(translation.policy.slug)}"
        summary = f"<b>{in_html(title)}</b> ({address}) lags behind in {sections}"
        rest = _rest_at(addresses.since(translation.original.slug, translation.source.id), preview)
        yield Fold(summary, tuple(map(_lag, lags)), rest, is_open=True)
        yield ""


def _lag(lag: Lag) -> str:
    """Return the section of a translation, and below it what changed in the original."""
    name = f"“{_line(lag.section.name)}” is as it was." if lag.section else "Not translated yet."
    redlines = map(section_markdown, lag.changes)
    return "\n\n".join((f"**{name}** In the original:", *redlines))


def _other_metadata(old: PolicyText, new: PolicyText) -> Iterator[str]:
    before, after = old.legible_metadata, new.legible_metadata
    for key, *values in metadata_changes(before, after) if before and after else ():
        if key != "title":  # which has a sentence of its own
            quoted = (f"“{_line(value)}”" if value else "empty" for value in values)
            yield f"Its {key} was {' and is now '.join(quoted)}."


def _facts(change: PolicyChange, today: date) -> Iterator[str]:
    """Yield a paragraph for each fact: what happens to a policy, its address, title and summary."""
    old, new = change.old, change.new
    if new is None:
        yield "This policy is **retired**. All its versions keep their addresses."
        return
    if old is None:
        yield _new_policy(new, change)
    else:
        unchanged = "" if change.redline.changed else "No word of its text changes. "
        yield f"{unchanged}{_version_change(old, new)}"
        if old.slug != new.slug:
            yield f"Its address changes from `{_address(old)}` to `{_address(new)}`."
        if _title(old) != _title(new):
            yield f"It was called “{_line(_title(old))}” before."
        yield from _other_metadata(old, new)
    metadata = new.legible_metadata
    if metadata and metadata.version.day > today:
        yield (
            f"It is **scheduled**: readers see it from {metadata.version.day} on; until then its "
            "text may still be edited."
        )
    if metadata and metadata.summary and not (old and _version(old) == _version(new)):
        yield f"> {_line(metadata.summary)}"


def _new_policy(new: PolicyText, change: PolicyChange) -> str:
    sections = [part.section for part in change.redline.changed]
    headings = "; ".join(section.heading for section in sections if section.index)
    contents = f" Its sections: {_line(headings)}." if headings else ""
    return f"A **new policy**, version {_version(new)}.{_effective(new)}{contents}"


def _version_change(old: PolicyText, new: PolicyText) -> str:
    if _version(old) == _version(new):
        return f"Its version is {_version(new)}, as before: no new version is posted."
    metadata = new.legible_metadata
    is_editorial = metadata and metadata.change is Change.EDITORIAL
    kind = " Declared as an editorial change." if is_editorial else ""
    return f"Version {_version(old)} becomes **{_version(new)}**.{_effective(new)}{kind}"


def _version(text: PolicyText) -> str:
    metadata = text.legible_metadata
    return str(metadata.version) if metadata else "(none stated)"


def _title(text: PolicyText) -> str:
    metadata = text.legible_metadata
    return metadata.title if metadata else stated_title(text.text) or text.slug


def _effective(text: PolicyText) -> str:
    metadata = text.legible_metadata
    if not metadata or metadata.effective == metadata.updated:
        return ""
    return f" It applies from **{metadata.effective}**."


def _address(text: PolicyText) -> str:
    return f"/{addresses.policy(text.slug)}".replace("`", "")


def _rest(text: PolicyText, preview: str) -> str:
    """Say where the whole redline is, for when it does not fit."""
    metadata = text.legible_metadata
    return _rest_at(addresses.changes(text.slug, metadata.version) if metadata else "", preview)


def _rest_at(page: str, preview: str) -> str:
    place = f"[the preview]({preview})" if preview else "the preview"
    return (
        f"*The rest is too long for a comment. The whole redline stands in {place}, at `{page}`.*"
    )


def _findings(findings: Sequence[Problem], repository: str) -> Iterator[str]:
    yield "### Findings"
    yield ""
    if not findings:
        yield "None: every rule is kept."
    severities = list(Severity)
    for problem in sorted(findings, key=lambda problem: severities.index(problem.severity)):
        yield f"- {_finding(problem, repository)}"
    yield ""


def _finding(problem: Problem, repository: str) -> str:
    severity, label = SEVERITY_WORDS[problem.severity], escaped(problem.code.label)
    location = escaped(problem.path) + (f" line {problem.line}" if problem.line else "")
    hint = f" **To do:** {with_code(_cut(problem.hint))}" if problem.hint else ""
    rule = f"[{label}]({page_address(problem.code, repository)})" if repository else label
    return f"{severity}, {location}: {with_code(_cut(problem.message))}{hint} ({rule})"


def _line(text: str) -> str:
    return escaped(_cut(" ".join(text.split())))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_LINE else f"{text[:MAX_LINE].rstrip()} …"
