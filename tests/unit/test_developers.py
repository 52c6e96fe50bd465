"""The page for developers lists every record, and gives way to a page of the company's own."""

from __future__ import annotations

import pytest

from gazette.site import addresses
from gazette.site.developers import FRONT_MATTER, sources
from gazette.site.records import CURRENT, POLICIES, REDLINE, VERSION, VERSIONS
from published import SETTINGS


def test_it_lists_every_record_with_its_shape() -> None:
    ((path, page),) = sources(SETTINGS, ["index.md", "policies/terms.md"])
    assert path == "developers.md"
    assert page.startswith(FRONT_MATTER)
    for shape in (POLICIES, CURRENT, VERSIONS, VERSION, REDLINE):
        assert shape in page
    assert addresses.POLICIES_RECORD in page
    assert SETTINGS.site_url in page


@pytest.mark.parametrize("path", ["developers.md", "developers/index.md"])
def test_a_page_of_the_companys_own_stands_there_instead(path: str) -> None:
    assert [*sources(SETTINGS, ["index.md", path])] == []
