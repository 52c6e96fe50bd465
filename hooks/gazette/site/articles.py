"""Articles: the HTML of each kind of page, from the templates in `theme/pages/`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from gazette import cache
from gazette.model import Policy, Status, Version
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.outputs import BODY, TOP
from gazette.site.updates import Update

if TYPE_CHECKING:
    from gazette.record.unreleased import Unreleased

TEMPLATES = Path(__file__).parents[1] / "theme" / "pages"
LATEST = 5
"""So many of the latest updates stand on the home page."""
NEWEST = 20
"""So many of the updates since a version stand on its page."""
OTHERS = "Other policies"
"""The group of policies that name no category."""


@dataclass(frozen=True)
class Step:
    """A link to the page before or after."""

    href: str
    text: str


@dataclass(frozen=True)
class Banner:
    """What stands over a draft: a sentence, the first of its changes, and how many more there are.

    `redline` is the address of its redline, empty for a policy that is new.
    """

    sentence: str
    counts: str = ""
    news: tuple[tuple[str, str], ...] = ()
    more: int = 0
    redline: str = ""


def policy(center: Settings, shown: Policy, text: str, draft: Banner | None = None) -> str:
    """Return the page of the text in force around its rendered `text`, `draft` above it."""
    version = shown.in_force or shown.newest
    coming = [one for one in shown.versions if one.status is Status.UPCOMING]
    return _render(
        "policy.html",
        addresses.policy(shown.slug),
        center=center,
        policy=shown,
        version=version,
        predecessor=shown.predecessor(version),
        coming=[one for one in coming if one is not version],
        titled=text.startswith("<h1"),
        draft=draft,
        text=Markup(text),
    )


def home(
    center: Settings,
    intro: str,
    policies: Sequence[Policy],
    latest: Sequence[tuple[Policy, Update]],
) -> str:
    """Return the home page below its `intro`: policies by category, and the `latest` updates."""
    return _render(
        "home.html",
        addresses.HOME,
        center=center,
        intro=Markup(intro),
        groups=_groups(center.categories, [one for one in policies if not one.retired]),
        retired=[one for one in policies if one.retired],
        latest=latest,
    )


def version(center: Settings, owner: Policy, shown: Version, since: bool, titled: bool) -> str:
    """Return the page of one version around its text, for which BODY stands.

    `since` says whether there is a page of all that changed since this version, `titled` whether
    the text brings its own title.
    """
    here = addresses.version(owner.slug, shown.id)
    notice = _render(
        "notice.html",
        here,
        policy=owner,
        version=shown,
        successor=owner.successor(shown),
        since=since,
    )
    steps = _steps(owner, shown, lambda one: addresses.version(owner.slug, one.id))
    return _render(
        "version.html",
        here,
        center=center,
        policy=owner,
        version=shown,
        notice=Markup(notice),
        titled=titled,
        text=Markup(BODY),
        **steps,
    )


def changes(owner: Policy, update: Update) -> str:
    """Return the page of one update around its redline, for which BODY stands."""
    steps = _steps(owner, update.new, lambda one: addresses.changes(owner.slug, one.id))
    if steps["previous"] and owner.predecessor(update.old) is None:
        steps["previous"] = None
    return _render(
        "changes.html",
        addresses.changes(owner.slug, update.new.id),
        policy=owner,
        old=update.old,
        new=update.new,
        redline=Markup(BODY),
        **steps,
    )


def newest(owner: Policy, updates: Sequence[Update]) -> Markup:
    """Return the list of the newest of these `updates`, as it stands on each page since a version.

    All these pages stand at the same depth.
    """
    here = addresses.since(owner.slug, owner.newest.id)
    return Markup(_render("newest.html", here, policy=owner, updates=updates[-NEWEST:]))


def since(
    owner: Policy, old: Version, new: Version, updates: Sequence[Update], newest: Markup
) -> str:
    """Return the page of all that changed from `old` to `new`, in so many `updates`.

    Of these stands the list of the `newest`, and below it BODY for the redline, or for what differs
    where there is none.
    """
    return _render(
        "since.html",
        addresses.since(owner.slug, old.id),
        policy=owner,
        old=old,
        new=new,
        updates=updates,
        listed=min(len(updates), NEWEST),
        newest=newest,
        redline=Markup(BODY),
    )


def draft(shown: Unreleased, banner: Banner) -> str:
    """Return the page of what a draft changes, for whose redline BODY stands."""
    return _render(
        "draft.html",
        addresses.draft(shown.policy.slug),
        policy=shown.policy,
        old=shown.old,
        new=shown.new,
        banner=banner,
        redline=Markup(BODY),
    )


def archive(owner: Policy, updates: Sequence[Update]) -> str:
    """Return the list of all versions of a policy, newest first, each with its update."""
    by_new = {one.new.id: one for one in updates}
    return _render(
        "archive.html",
        addresses.archive(owner.slug),
        policy=owner,
        entries=[(one, by_new.get(one.id)) for one in reversed(owner.versions)],
        current=owner.in_force,
    )


def retired(center: Settings, owner: Policy) -> str:
    """Return the page of a policy that was retired."""
    return _render("retired.html", addresses.policy(owner.slug), center=center, policy=owner)


def moved(title: str, here: str, target: str) -> str:
    """Return the whole page at an address whose content now stands at `target`."""
    return _render("moved.html", here, title=title, target=addresses.relative(here, target))


def _steps(
    owner: Policy, shown: Version, address: Callable[[Version], str]
) -> dict[str, Step | None]:
    here = address(shown)
    around = {"previous": owner.predecessor(shown), "next": owner.successor(shown)}
    return {
        name: Step(addresses.relative(here, address(one)), str(one.id)) if one else None
        for name, one in around.items()
    }


def _groups(order: Sequence[str], policies: Sequence[Policy]) -> list[tuple[str, list[Policy]]]:
    groups: dict[str, list[Policy]] = {name: [] for name in order}
    for one in sorted(policies, key=lambda one: one.title.casefold()):
        shown = one.in_force or one.newest
        groups.setdefault(shown.metadata.category or OTHERS, []).append(one)
    found = [(name, members) for name, members in groups.items() if members]
    return found if len(found) != 1 else [("Policies", found[0][1])]


def read_anew() -> str:
    """Forget all templates, whose files may have changed since, and return the key of all of them.

    So that a preview follows their edits.
    """
    _template.cache_clear()
    _environment.cache_clear()
    files = sorted(TEMPLATES.glob("*.html"))
    return cache.key(*(f"{one.name}\n{one.read_text('utf-8')}" for one in files))


def load() -> None:
    """Read the templates of all pages, which else happens as each of them is needed first."""
    for one in TEMPLATES.glob("*.html"):
        _template(one.name)


def _render(template: str, here: str, **values: object) -> str:
    to = partial(addresses.relative, here)
    return _template(template).render(to=to, addresses=addresses, top=TOP, **values)


@functools.cache
def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        auto_reload=False,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
