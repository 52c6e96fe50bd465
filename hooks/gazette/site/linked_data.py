"""What the page of a policy says of itself to search engines and other programs: JSON-LD.

Pages of versions, which no search engine lists, have their records for that.
"""

from __future__ import annotations

from urllib.parse import quote, urljoin

from markupsafe import Markup

from gazette.compact_json import compact
from gazette.model import Policy
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.periods import Period

CONTEXT = "https://schema.org"
ELEMENT = '<script type="application/ld+json">{}</script>'


def of_policy(settings: Settings, policy: Policy, period: Period | None) -> Markup:
    """Return the element that describes the text in force, and where earlier ones are.

    `period` is when the version shown is in force.
    """
    version = policy.shown
    first, last = (period.first, period.last) if period else (None, None)
    facts: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "DigitalDocument",
        "name": version.metadata.title,
        "version": str(version.id),
        "datePublished": version.metadata.updated.isoformat(),
        "temporalCoverage": first and f"{first}/{last or '..'}",
        "inLanguage": settings.language_of(policy).text,
        "description": version.metadata.description,
        "url": _url(settings, addresses.policy(policy.slug)),
        "archivedAt": _url(settings, addresses.archive(policy.slug)),
        "isPartOf": settings.site_url and {"@type": "WebSite", "url": settings.site_url},
        "publisher": settings.company and {"@type": "Organization", "name": settings.company},
        "license": settings.licence,
    }
    return _element(facts)


def _url(settings: Settings, address: str) -> str:
    return urljoin(settings.site_url, quote(address)) if settings.site_url else ""


def _element(facts: dict[str, object]) -> Markup:
    """Return what is known of these facts as an element that no text of theirs can end."""
    known = {name: value for name, value in facts.items() if value}
    data = compact(known)
    return Markup(ELEMENT.format(data.replace("<", "\\u003c")))
