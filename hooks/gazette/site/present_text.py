"""The lines around the headings of the text that the page of a policy shows, stored by key."""

from __future__ import annotations

import json
from functools import cache

from gazette.fingerprint import fingerprint
from gazette.model import Policy, Version
from gazette.settings import Settings
from gazette.site import addresses, templates
from gazette.site.arrivals import Arrivals
from gazette.site.fragments import Fragments
from gazette.site.heading_lines import Lines, Marks
from gazette.site.section_lives import lives_key, section_lives
from gazette.site.successors import Excerpt
from gazette.text.differences import Heading
from gazette.text.lives import Lives
from gazette.text.section_html import ids_of, words_of


def present_lines(settings: Settings, policy: Policy, fragments: Fragments) -> Lines:
    """Return the lines around the headings of the text that the page of a policy shows."""

    def made() -> str:
        lives = section_lives(policy, fragments, settings.markdown)
        return json.dumps(_lines(settings, policy, fragments, lives))

    return Lines(*json.loads(fragments.stored(present_key(settings, policy), made)))


def present_key(settings: Settings, policy: Policy) -> str:
    """Return the key under which these lines are stored."""
    names = policy.slug, settings.company, settings.site_url
    facts = policy.shown.id, policy.retired, templates.templates_key()
    return fingerprint("present lines", lives_key(policy, settings.markdown), names, facts)


def _lines(settings: Settings, policy: Policy, fragments: Fragments, lives: Lives) -> Lines:
    text = fragments.text(policy.shown)
    html = text.html()
    arrivals = Arrivals(
        fragments.language, policy, lives, text.sections, excerpts(fragments)
    ).lines(ids_of(html))
    address = addresses.policy(policy.slug)
    marks = Marks(settings, policy, lives).lines(policy.shown, text.sections, address, html)
    after = {
        anchor: arrivals.after.get(anchor, "") + marks.after.get(anchor, "")
        for anchor in {**arrivals.after, **marks.after}
    }
    return Lines(arrivals.before, after, arrivals.end)


def excerpts(fragments: Fragments) -> Excerpt:
    """Return what gives the words of any section of any version; each text is read once."""

    @cache
    def parts(version: Version) -> list[str]:
        return fragments.text(version).parts()

    def excerpt(version: Version, section: Heading) -> str:
        return words_of(parts(version)[section.index])

    return excerpt
