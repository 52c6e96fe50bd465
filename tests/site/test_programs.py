"""What a built help center publishes for programs: feeds, records and their schemas."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from lxml import html

from commands import build
from feed_rules import feeds, of_site
from gazette.model import digest_of
from gazette.site.records import SHAPES
from record_schemas import faults, records

SITE_URL = "https://help.example.com/"


def test_all_feeds_keep_to_the_standard_and_their_links_lead_to_pages(built: Path) -> None:
    assert [*of_site(built, SITE_URL)] == []
    names = {address.rpartition("policies/")[2].count("/") for address, _ in feeds(built)}
    assert names == {0, 1, 3}  # of the site, of policies, of sections
    for _, feed in feeds(built):
        root: Any = html.fromstring(feed)
        for link in root.xpath("//entry/link/@href"):
            page, _, anchor = link.removeprefix(SITE_URL).partition("#")
            text = (built / page / "index.html").read_text("utf-8")
            assert not anchor or re.search(rf'id="?{re.escape(anchor)}[" >]', text), link


def test_every_page_leads_to_its_feed(built: Path) -> None:
    for path in built.rglob("*.html"):
        page: Any = html.fromstring(path.read_bytes())
        if not page.xpath("//meta[@http-equiv='refresh']"):
            links = page.xpath("//link[@type='application/atom+xml']/@href")
            assert links, path
            for link in links:
                base = built if link.startswith("/") else path.parent
                assert (base / link.lstrip("/")).resolve().is_file(), (path, link)


def test_all_records_keep_to_the_schemas_that_are_published(built: Path) -> None:
    shapes = set()
    for address, record in records(built):
        shapes.add(record["schema"])
        assert [*faults(record)] == [], address
    assert shapes == {*SHAPES}
    for shape in SHAPES:
        name = shape.removeprefix("gazette/").replace("/", "-")
        schema = json.loads((built / f"schemas/{name}.json").read_bytes())
        assert schema["properties"]["schema"]["const"] == shape


def test_the_legal_context_comes_and_goes_with_its_setting(project: Path) -> None:
    config, file = project / "mkdocs.yml", project / "site/.well-known/legal-context.json"
    plain = config.read_text("utf-8")
    support = "    support: mailto:support@example.com\n"
    config.write_text(plain.replace(support, f"{support}    legal_context: terms-of-service\n"))
    assert build(project).returncode == 0
    context = json.loads(file.read_bytes())
    terms = (project / "site" / context["terms"].removeprefix(SITE_URL)).read_bytes()
    assert context["atrHash"] == f"0x{digest_of(terms)}"
    config.write_text(plain)
    assert build(project).returncode == 0
    assert not file.exists()
