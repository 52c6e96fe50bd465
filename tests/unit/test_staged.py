"""What is about to be published is compared with the record, addresses of sections included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gazette.build.staged import check_staged
from gazette.errors import GazetteError
from gazette.model import Policy, Slug
from gazette.record.section_record import written
from gazette.site.outputs import Page
from gazette.text.section_ids import RecordedSection
from lending import lending
from published import SETTINGS, published


@pytest.fixture
def terms() -> Policy:
    """A policy with a former name whose sections are recorded."""
    terms = lending()
    first, *rest = terms.versions
    row = [RecordedSection(name, name) for name in ("lending", "1-loans", "guests")]
    recorded = replace(first, sections=(written(first.id, row),))
    return replace(terms, versions=(recorded, *rest), former_slugs=(Slug("loans"),))


@pytest.fixture
def build(tmp_path: Path, terms: Policy) -> Any:
    for name in ("lending", "loans"):
        (tmp_path / "rendered/policies" / name).mkdir(parents=True)
        (tmp_path / "rendered/policies" / name / "index.html").touch()
    folders = {name: tmp_path / name for name in ("rendered", "new", "site")}
    return SimpleNamespace(**folders, policies=[terms], settings=SETTINGS)


def paths(terms: Policy) -> set[str]:
    """Return the paths of all that is published of a policy but its text in force."""
    outputs = published(terms).values()
    made = {
        f"{output.address}{'index.html' if isinstance(output, Page) else ''}" for output in outputs
    }
    return made - {"policies/loans/index.html"}


def test_all_that_is_recorded_is_published(build: Any, terms: Policy) -> None:
    check_staged(build, paths(terms))


@pytest.mark.parametrize("name", ["lending", "loans"])
def test_a_recorded_section_may_never_lose_its_page(build: Any, terms: Policy, name: str) -> None:
    address = f"policies/{name}/sections/guests/"
    with pytest.raises(GazetteError, match=f"nothing would stand there: /{address}"):
        check_staged(build, paths(terms) - {f"{address}index.html"})
