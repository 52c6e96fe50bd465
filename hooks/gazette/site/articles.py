"""Articles: the HTML of each kind of page, from the templates in `theme/pages/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from gazette.forms import redline_html
from gazette.language import Language, language_attributes
from gazette.model import Policy, Slug, Version
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.addresses import Address
from gazette.site.compare_messages import messages_file
from gazette.site.content_policy import ContentPolicy
from gazette.site.outputs import BODY
from gazette.site.periods import Timeline
from gazette.site.templates import render
from gazette.site.updates import Update, is_earlier, metadata_changes

if TYPE_CHECKING:
    from gazette.record.unreleased import Unreleased
    from gazette.site.fragments import TextFragment
    from gazette.site.heading_lines import Lines

NOTHING = Markup("")
NEWEST = 5
"""This many of the updates since a version are listed on its page."""
MAX_CARDS = 60
"""Of a category with more policies home lists names only, by their initials."""
MAX_INITIALS = 40
"""Where names begin in more ways, as in Japanese, initials lead nobody to one."""
NAMED = 8
"""This many sections that an upcoming version changes are named."""


@dataclass(frozen=True)
class StepLink:
    """A link to the page before or after."""

    href: str
    text: str


@dataclass(frozen=True)
class Banner:
    """What stands above a draft: a sentence, its first changes, and how many more there are.

    `redline` is the address of its redline, empty for a policy that is new.
    """

    sentence: str
    counts: str = ""
    news: tuple[tuple[str, str], ...] = ()
    more: int = 0
    redline: str = ""


def policy_page(
    settings: Settings,
    policy: Policy,
    line: Timeline,
    text: Markup,
    draft: Banner | None = None,
    lines: Lines | None = None,
    about: Markup = NOTHING,
) -> Markup:
    """Return the page of the text in force around its rendered `text`, `draft` above it.

    `lines` stand around the headings of the text. `about` says what it is beside other languages.
    """
    version = policy.shown
    period = line.of(version)
    in_force = version is policy.in_force
    language = settings.language_of(policy)
    address = addresses.policy(policy.slug)
    return render(
        "policy.html",
        address,
        language,
        settings=settings,
        policy=policy,
        version=version,
        bar="" if in_force else bar(language, policy, version, line, address),
        in_force_since=period.first if period and in_force else None,
        predecessor=policy.predecessor(version),
        coming=[other for other in policy.upcoming if other is not version],
        text_language=text_language(language, version),
        titled=text.startswith("<h1"),
        draft=draft,
        about=about,
        text=lines.around(text) if lines else text,
    )


def home_page(
    settings: Settings,
    intro: Markup,
    policies: Sequence[Policy],
    latest: Sequence[tuple[Policy, Update]],
    languages: Mapping[Slug, Markup] = MappingProxyType({}),
    tag: str = "",
) -> Markup:
    """Return the home page below its `intro`: policies by category, and the `latest` updates.

    `languages` lead to other languages of a policy; `tag` is that of the page, where it is not the
    center's.
    """
    language = settings.language_for(tag)
    return render(
        "home.html",
        addresses.home(tag),
        language,
        settings=settings,
        languages=languages,
        intro=intro,
        groups=_groups(settings, language, [policy for policy in policies if not policy.retired]),
        max_cards=MAX_CARDS,
        by_initial=_by_initial,
        homonyms=_homonyms(policies),
        foreign_attributes=partial(_foreign_attributes, settings, language),
        retired=[policy for policy in policies if policy.retired],
        latest=latest,
    )


def version_page(
    settings: Settings,
    policy: Policy,
    version: Version,
    line: Timeline,
    update: Update | None,
    text: TextFragment,
    about: Markup = NOTHING,
) -> Markup:
    """Return the page of one version around BODY for its `text`; `update` is what brought it.

    `about` says what it is beside other languages of the policy.
    """
    language = settings.language_of(policy)
    address = addresses.version(policy.slug, version.id)
    in_force = version is policy.in_force
    return render(
        "version.html",
        address,
        language,
        settings=settings,
        policy=policy,
        version=version,
        bar="" if in_force else bar(language, policy, version, line, address, update),
        period=line.of(version),
        update=update,
        since=is_earlier(policy, version),
        accepted=version.acceptance(text.seen),
        about=about,
        text_language=text_language(language, version),
        titled=text.has_title,
        text=BODY,
        **_steps(policy, version, partial(addresses.version, policy.slug)),
    )


def bar(
    language: Language,
    policy: Policy,
    version: Version,
    line: Timeline,
    address: Address,
    update: Update | None = None,
) -> Markup:
    """Return what stays in sight on the page of a text that is not in force, at `address`.

    `update` is what an upcoming version changes.
    """
    period = line.of(version)
    superseded = period.next_day if period else None
    return render(
        "bar.html",
        address,
        language,
        policy=policy,
        version=version,
        update=update,
        period=period,
        unapplied=line.unapplied(version),
        withdrawn=line.withdrawn.get(version.id),
        superseded=superseded,
        ended=superseded is not None and line.on(superseded).version is None,
        since=is_earlier(policy, version),
    )


def changes_page(language: Language, policy: Policy, line: Timeline, update: Update) -> Markup:
    """Return the page of one update around BODY for its redline; `line` are all periods."""
    steps = _steps(policy, update.new, partial(addresses.changes, policy.slug))
    if policy.place(update.new) == 1:
        steps["previous"] = None  # the first version is no update
    return render(
        "changes.html",
        addresses.changes(policy.slug, update.new.id),
        language,
        policy=policy,
        old=update.old,
        new=update.new,
        withdrawn=policy.versions[policy.place(update.old) + 1 : policy.place(update.new)],
        period=line.of(update.new),
        metadata=metadata_changes(update.old.metadata, update.new.metadata),
        text_language=text_language(language, update.new),
        redline=BODY,
        **steps,
    )


def newest_updates(language: Language, policy: Policy, updates: Sequence[Update]) -> Markup:
    """Return the list of the newest of these `updates`, for any page since a version.

    All these pages have the same depth.
    """
    address = addresses.since(policy.slug, policy.newest.id)
    return render("newest.html", address, language, policy=policy, updates=updates[-NEWEST:])


@dataclass(frozen=True)
class UpcomingUpdate:
    """An upcoming version, and the sections that it changes as (anchor, name)."""

    version: Version
    sections: Sequence[tuple[str, str]]


def since_page(
    language: Language,
    policy: Policy,
    old: Version,
    new: Version,
    updates: Sequence[Update],
    newest: Markup,
    coming: Sequence[UpcomingUpdate],
) -> Markup:
    """Return the page of everything that changed from `old` to `new`, in these `updates`.

    It shows the list of the `newest`, and below it BODY for the redline; above them what is
    `coming`. Of the text in force, and of one that is upcoming itself, `old` is `new`: nothing
    changed since.
    """
    return render(
        "since.html",
        addresses.since(policy.slug, old.id),
        language,
        policy=policy,
        old=old,
        new=new,
        updates=updates,
        listed=min(len(updates), NEWEST),
        metadata=metadata_changes(old.metadata, new.metadata),
        newest=newest,
        coming=coming,
        named=NAMED,
        redline=BODY,
    )


def draft_page(language: Language, draft: Unreleased, banner: Banner) -> Markup:
    """Return the page of what a draft changes, around BODY for its redline."""
    return render(
        "draft.html",
        addresses.draft(draft.policy.slug),
        language,
        policy=draft.policy,
        old=draft.old,
        new=draft.new,
        banner=banner,
        text_language=text_language(language, draft.new),
        redline=BODY,
    )


def compare_page(language: Language, policy: Policy) -> Markup:
    """Return the page that compares any two versions, with a list of all ready redlines."""
    return render(
        "compare.html",
        addresses.compare(policy.slug),
        language,
        policy=policy,
        entries=[(version, is_earlier(policy, version)) for version in policy.versions[::-1]],
        legend=redline_html.legend(language),
        messages=messages_file(language).address,
    )


def retired_page(settings: Settings, policy: Policy, line: Timeline, *, titled: bool) -> Markup:
    """Return the page of a policy that was retired, around BODY for its last text.

    `titled` tells that the text begins with its own title.
    """
    language, version = settings.language_of(policy), policy.shown
    return render(
        "retired.html",
        addresses.policy(policy.slug),
        language,
        settings=settings,
        policy=policy,
        version=version,
        text_language=text_language(language, version),
        period=line.of(version),
        titled=titled,
        text=BODY,
    )


def moved_page(language: Language, title: str, address: Address, target: Address) -> Markup:
    """Return the whole HTML page at an `address` whose content now stands at `target`."""
    link = quote(addresses.relative(address, target))
    page = render("moved.html", address, language, title=title, target=link)
    return Markup(ContentPolicy().into(page))


def _steps(
    policy: Policy, version: Version, address_of: Callable[..., Address]
) -> dict[str, StepLink | None]:
    """Return the links to the pages before and after that of `version`, withdrawn or not."""
    place = policy.place(version)
    before = policy.versions[place - 1] if place else None
    after = policy.versions[place + 1] if place + 1 < len(policy.versions) else None
    neighbours = {"previous": before, "next": after}
    address = address_of(version.id)
    return {
        name: StepLink(addresses.relative(address, address_of(other.id)), str(other.id))
        if other
        else None
        for name, other in neighbours.items()
    }


def _groups(
    settings: Settings, language: Language, policies: Sequence[Policy]
) -> list[tuple[str, list[Policy]]]:
    """Return the policies by category; the one category of all is called Policies."""
    gettext = language.gettext
    groups: dict[str, list[Policy]] = {name: [] for name in settings.categories}
    for policy in sorted(policies, key=lambda policy: policy.title.casefold()):
        category = policy.shown.metadata.category or gettext("Other policies")
        groups.setdefault(category, []).append(policy)
    filled = [(name, members) for name, members in groups.items() if members]
    return filled if len(filled) != 1 else [(gettext("Policies"), filled[0][1])]


def _homonyms(policies: Sequence[Policy]) -> set[str]:
    """Return the titles that several policies in force have."""
    counts = Counter(policy.title for policy in policies if not policy.retired)
    return {title for title, count in counts.items() if count > 1}


def _by_initial(policies: Sequence[Policy]) -> list[tuple[str, list[Policy]]]:
    """Return policies, sorted by title, by the initials of these; digits and signs are #.

    All under none where that makes too many.
    """
    lists: dict[str, list[Policy]] = {}
    for policy in policies:
        initial = policy.title[:1].upper()
        lists.setdefault(initial if initial.isalpha() else "#", []).append(policy)
    return list(lists.items()) if len(lists) <= MAX_INITIALS else [("", list(policies))]


def _foreign_attributes(settings: Settings, language: Language, policy: Policy) -> Markup:
    """Return the attributes of what a home page in another language says in that of a policy."""
    tag = settings.language_of(policy).text
    return language_attributes(tag) if tag != language.tag else Markup("")


def version_title(language: Language, version: Version) -> str:
    """Return what a version is called where there is no HTML, as in the title of its page."""
    return language.gettext("%(title)s, version %(version)s") % {
        "title": language.isolated_text(version.metadata.title),
        "version": language.isolated_text(version.id),
    }


def text_language(language: Language, version: Version) -> Markup:
    """Return the attributes of what stands on a page in the language of the text of `version`.

    None where the page is in that language, and nothing states it.
    """
    stated = version.metadata.lang
    is_needed = stated or language.text != language.tag
    return language_attributes(stated or language.text) if is_needed else Markup("")
