"""What pages say of themselves to programs that know schema.org."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

from gazette.model import Policy, Status
from gazette.site import linked_data
from gazette.site.periods import timeline
from gazette.site.updates import last_change
from published import SETTINGS, policy, version

OLD, NEW = "2026-01-05.v1", "2026-03-01.v1"
ELEMENT = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')


def terms(**front: Any) -> Policy:
    newest = version(NEW, status=Status.IN_FORCE, effective=date(2026, 4, 1), **front)
    return policy(version(OLD), newest)


def data(element: str) -> dict[str, Any]:
    match = ELEMENT.fullmatch(element)
    assert match
    facts: dict[str, Any] = json.loads(match[1])
    return facts


def test_the_text_in_force_says_whose_it_is_and_where_earlier_ones_are() -> None:
    shown = terms(description="What we ask.")
    settings = replace(SETTINGS, company="Acme", licence="https://example.com/licence")
    facts = data(linked_data.of_policy(settings, shown, timeline(shown).of(shown.shown)))
    assert (facts["@context"], facts["@type"]) == ("https://schema.org", "DigitalDocument")
    assert (facts["name"], facts["version"]) == ("Terms", NEW)
    assert facts["datePublished"] == "2026-03-01"
    assert facts["temporalCoverage"] == "2026-04-01/.."
    assert facts["url"] == "https://help.example.com/policies/terms/"
    assert facts["archivedAt"] == "https://help.example.com/policies/terms/versions/"
    assert facts["isPartOf"] == {"@type": "WebSite", "url": "https://help.example.com/"}
    assert facts["publisher"] == {"@type": "Organization", "name": "Acme"}
    assert (facts["inLanguage"], facts["description"]) == ("en", "What we ask.")
    assert facts["license"] == "https://example.com/licence"


def test_what_is_not_known_is_not_said() -> None:
    shown = terms()
    facts = data(linked_data.of_policy(replace(SETTINGS, site_url=""), shown, None))
    assert facts.keys() == {
        *("@context", "@type", "name", "version", "datePublished", "inLanguage"),
    }


def test_no_text_ends_the_element() -> None:
    shown = terms(description="</script><script>run()</script>")
    element = linked_data.of_policy(SETTINGS, shown, None)
    assert data(element)["description"] == "</script><script>run()</script>"


def test_the_last_change_is_a_posting_a_coming_into_force_or_a_retirement() -> None:
    shown = terms()
    assert last_change([shown]) == date(2026, 4, 1)
    coming = policy(*shown.versions, version("2026-04-20.v1", status=Status.UPCOMING))
    assert last_change([shown, coming]) == date(2026, 4, 20)
    gone = replace(shown, in_force=None, retired=date(2026, 6, 1))
    assert last_change([gone, coming]) == date(2026, 6, 1)
