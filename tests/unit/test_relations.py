"""Links between the versions of a policy, for programs: RFC 5829 and RFC 7089."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from gazette.model import Absence, Policy, Status, VersionId
from gazette.site.addresses import Address
from gazette.site.outputs import File, Page
from gazette.site.periods import timeline
from gazette.site.relations import head_links, moment, of_policy
from published import SETTINGS, policy, published, text, version, withdrawn

URI = r"<https?://[^<>\s\"]+>"
DATE = (
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"\d{4} \d\d:\d\d:\d\d GMT"
)
PARAMETER = rf'rel="[a-z-]+( [a-z-]+)*"|type="[a-z-]+/[a-z-]+"|(datetime|from|until)="{DATE}"'
LINK = rf"{URI}(\s*;\s*({PARAMETER}))+"
LINK_FORMAT = re.compile(rf"{LINK}(\s*,\s*{LINK})*\s*")
"""The grammar of RFC 6690 with the parameters of RFC 7089, as far as a TimeMap needs it."""


@pytest.fixture
def terms() -> Policy:
    return policy(
        version("2026-01-05.v1", effective=date(2026, 1, 20)),
        version("2026-02-01.v1"),
        version("2026-02-01.v2"),
        version("2026-03-01.v1", status=Status.IN_FORCE),
        version("2026-12-01.v1", status=Status.UPCOMING),
    )


def timemap(terms: Policy) -> list[str]:
    content = text(published(terms)["policies/terms/timemap.link"])
    assert LINK_FORMAT.fullmatch(content)
    return content.removesuffix("\n").split(",\n")


def test_the_timemap_names_what_was_in_force_from_its_first_day(terms: Policy) -> None:
    home = "https://help.example.com/policies/terms/"
    assert timemap(terms) == [
        f'<{home}>; rel="original"',
        f'<{home}timemap.link>; rel="self"; type="application/link-format"; '
        'from="Tue, 20 Jan 2026 00:00:00 GMT"; until="Sun, 01 Mar 2026 00:00:00 GMT"',
        f'<{home}versions/2026-01-05.v1/>; rel="first memento"; '
        'datetime="Tue, 20 Jan 2026 00:00:00 GMT"',
        f'<{home}versions/2026-02-01.v2/>; rel="memento"; datetime="Sun, 01 Feb 2026 00:00:00 GMT"',
        f'<{home}versions/2026-03-01.v1/>; rel="last memento"; '
        'datetime="Sun, 01 Mar 2026 00:00:00 GMT"',
    ]


def test_a_version_that_applied_again_is_a_memento_from_its_very_first_day() -> None:
    absence = Absence(date(2026, 2, 1), VersionId.parse("2026-01-05.v1"))
    coming = version("2026-03-01.v1", status=Status.IN_FORCE, effective=date(2026, 4, 1))
    left = policy(version("2026-01-05.v1"), coming, absences=(absence,))
    assert [line.rpartition('="')[2] for line in timemap(left)[2:]] == [
        *('Mon, 05 Jan 2026 00:00:00 GMT"', 'Wed, 01 Apr 2026 00:00:00 GMT"'),
    ]


def test_one_version_is_the_first_and_the_last() -> None:
    only = policy(version("2026-01-05.v1", status=Status.IN_FORCE))
    assert timemap(only)[-1].split("; ")[1] == 'rel="first last memento"'


def test_a_policy_that_never_applied_has_no_memento() -> None:
    never = policy(
        version("2026-01-05.v1", status=Status.RETIRED, effective=date(2026, 9, 1)),
        retired=date(2026, 2, 1),
    )
    assert len(timemap(never)) == 2


def test_without_an_address_of_the_site_there_is_no_timemap(terms: Policy) -> None:
    site = published(terms, replace(SETTINGS, site_url=""))
    assert "policies/terms/timemap.link" not in site
    page = site["policies/terms/versions/2026-02-01.v1/"]
    assert isinstance(page, Page)
    assert "timemap" not in {relation.rel for relation in page.relations}


def test_a_former_name_has_the_same_timemap(terms: Policy) -> None:
    site = published(replace(terms, former_slugs=("rules",)))  # type: ignore[arg-type]
    former = site["policies/rules/timemap.link"]
    assert isinstance(former, File)
    assert former.content() == text(site["policies/terms/timemap.link"]).encode()


def test_a_version_names_its_neighbours_and_when_it_applied(terms: Policy) -> None:
    page = published(terms)["policies/terms/versions/2026-02-01.v2/"]
    assert isinstance(page, Page)
    assert head_links(page.address, page.relations) == (
        '<link rel="original" href="../../">'
        '<link rel="version-history" href="../">'
        '<link rel="timemap" href="../../timemap.link" type="application/link-format">'
        '<link rel="latest-version" href="../../">'
        '<link rel="memento" href="./">'
        '<link rel="predecessor-version" href="../2026-02-01.v1/">'
        '<link rel="successor-version" href="../2026-03-01.v1/">'
    )


def test_a_version_that_never_applied_is_no_memento(terms: Policy) -> None:
    page = published(terms)["policies/terms/versions/2026-02-01.v1/"]
    assert isinstance(page, Page)
    assert "memento" not in {relation.rel for relation in page.relations}


def test_the_text_in_force_names_its_permanent_page(terms: Policy) -> None:
    relations = of_policy(SETTINGS, terms, timeline(terms))
    shown = head_links(Address("policies/terms/"), relations)
    assert '<link rel="latest-version" href="versions/2026-03-01.v1/">' in shown
    assert '<link rel="memento" href="versions/2026-03-01.v1/">' in shown


def test_changes_are_no_version(terms: Policy) -> None:
    site = published(terms)
    for address in ("changes/2026-03-01.v1/", "since/2026-02-01.v2/"):
        page = site[f"policies/terms/{address}"]
        assert isinstance(page, Page)
        assert page.relations == ()


def test_a_day_of_the_first_century_is_written_with_four_digits() -> None:
    assert LINK_FORMAT.fullmatch(f'<https://a/>; datetime="{moment(date(1, 1, 1))}"')


def test_what_applied_again_after_a_withdrawal_is_named_again() -> None:
    terms = withdrawn(version("2026-03-01.v1", status=Status.IN_FORCE))
    home = "https://help.example.com/policies/terms/versions/"
    assert timemap(terms)[2:] == [
        f'<{home}2026-01-05.v1/>; rel="first memento"; datetime="Mon, 05 Jan 2026 00:00:00 GMT"',
        f'<{home}2026-02-01.v1/>; rel="memento"; datetime="Sun, 01 Feb 2026 00:00:00 GMT"',
        f'<{home}2026-01-05.v1/>; rel="memento"; datetime="Tue, 10 Feb 2026 00:00:00 GMT"',
        f'<{home}2026-03-01.v1/>; rel="last memento"; datetime="Sun, 01 Mar 2026 00:00:00 GMT"',
    ]
