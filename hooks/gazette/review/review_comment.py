"""The comment on a proposal: what it changes for readers, for whoever decides about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.forms.fitting import LIMIT, Fold, Item, fitted
from gazette.forms.github_markdown import escaped, in_html, with_code
from gazette.forms.redline_markdown import section_markdown
from gazette.forms.rule_pages import page_address
from gazette.forms.section_news import news
from gazette.forms.sentences import counted, only_renumbered
from gazette.model import Change
from gazette.problems import Problem, Severity
from gazette.review.proposal import Fate, PolicyChange, Side
from gazette.site import addresses

MARKER = "<!-- gazette-review -->"
"""By this first line the comment is found again and kept up to date."""
LONGEST = 400
"""A longer line of prose is cut; the redline has it whole."""
SIGNS = {Severity.ERROR: "**Must be fixed**", Severity.WARNING: "Look at", Severity.NOTE: "Note"}


def comment(
    changes: Sequence[PolicyChange],
    findings: Sequence[Problem] | None,
    preview: str = "",
    repository: str = "",
    limit: int = LIMIT,
) -> str:
    """Return the comment as GitHub-flavoured Markdown, at most `limit` characters long.

    `findings` None: nobody looked for any. `preview` is where the built site can be had.
    """
    items: list[Item] = [MARKER, "## What this changes for readers", ""]
    if not changes:
        items += ["No policy changes: readers see the same texts as before.", ""]
    for one in changes:
        items += _policy(one, preview)
    if findings is not None:
        items += _findings(findings, repository)
    items += _preview(preview)
    return fitted(items, limit)


def _policy(one: PolicyChange, preview: str) -> Iterator[Item]:
    yield f"### {escaped(one.side.title)}"
    yield ""
    yield from _facts(one)
    lines = [f"- **{_line(what)}:** {_line(how)}" for what, how in news(one.change) if one.old]
    yield from lines
    yield from [""] * bool(lines)
    changed = [section for section in one.change.changed if not only_renumbered(section)]
    parts = [section_markdown(section, one.change) for section in changed]
    if parts:
        what = "Redline" if one.old else "Text"
        title = f"<b>{what} of {in_html(one.side.title)}</b>: {in_html(counted(one.change))}"
        yield Fold(title, tuple(parts), _elsewhere(one, preview))
        yield ""


def _facts(one: PolicyChange) -> Iterator[str]:
    old, new = one.old, one.new
    if new is None:
        yield "This policy is **retired**. All its versions keep their addresses."
    elif old is None:
        named = (part.section.heading for part in one.change.changed if part.section.index)
        headings = "; ".join(named)
        sections = f" Its sections: {_line(headings)}." if headings else ""
        yield f"A **new policy**, version {_version(new)}.{_applies(new)}{sections}"
    elif not one.change.changed:
        yield f"No word of its text changes. {_step(old, new)}"
    else:
        yield _step(old, new)
    if one.fate is Fate.RENAMED and old and new:
        yield ""
        yield f"Its address changes from `{_address(old)}` to `{_address(new)}`."
    if old and new and old.title != new.title:
        yield ""
        yield f"It was called “{_line(old.title)}” before."
    if new and new.metadata and new.metadata.summary and not _is_stale(old, new):
        yield ""
        yield f"> {_line(new.metadata.summary)}"
    yield ""


def _is_stale(old: Side | None, new: Side) -> bool:
    return bool(old and old.version == new.version)


def _step(old: Side, new: Side) -> str:
    if old.version == new.version:
        return f"Its version is {_version(new)}, as before: no new version is posted."
    editorial = new.metadata and new.metadata.change is Change.EDITORIAL
    kind = " Declared as an editorial change." if editorial else ""
    return f"Version {_version(old)} becomes **{_version(new)}**.{_applies(new)}{kind}"


def _version(side: Side) -> str:
    return str(side.version or "(none stated)")


def _applies(side: Side) -> str:
    facts = side.metadata
    if not facts or facts.effective == facts.updated:
        return ""
    return f" It applies from **{facts.effective}**."


def _address(side: Side) -> str:
    return f"/{addresses.policy(side.slug)}".replace("`", "")


def _elsewhere(one: PolicyChange, preview: str) -> str:
    """Say where the whole redline is, for when it does not fit."""
    page = addresses.changes(one.side.slug, one.side.version) if one.side.version else ""
    where = f"[the preview]({preview}), at `{page}`" if preview else f"the preview, at `{page}`"
    return f"*The rest is too long for a comment. The whole redline stands in {where}.*"


def _line(text: str) -> str:
    text = " ".join(text.split())
    return escaped(text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …")


def _findings(findings: Sequence[Problem], repository: str) -> Iterator[str]:
    yield "### Findings"
    yield ""
    if not findings:
        yield "None: every rule is kept."
    order = list(Severity)
    yield from (
        f"- {_finding(one, repository)}"
        for one in sorted(findings, key=lambda one: order.index(one.severity))
    )
    yield ""


def _finding(one: Problem, repository: str) -> str:
    sign, place = SIGNS[one.severity], _place(one)
    return f"{sign}, {place}: {_said(one.message)}{_hint(one)} {_rule(one, repository)}"


def _said(text: str) -> str:
    return with_code(text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …")


def _place(one: Problem) -> str:
    return escaped(one.path) + (f" line {one.line}" if one.line else "")


def _hint(one: Problem) -> str:
    return f" **To do:** {_said(one.hint)}" if one.hint else ""


def _rule(one: Problem, repository: str) -> str:
    label = escaped(one.code.label)
    return f"([{label}]({page_address(one.code, repository)}))" if repository else f"({label})"


def _preview(preview: str) -> Iterator[str]:
    if preview:
        yield "### Preview"
        yield ""
        yield (
            f"[The help center as this proposal would publish it]({preview}): download it, unpack "
            "it, and open `index.html`; where the browser shows a folder, open the one in there."
        )
