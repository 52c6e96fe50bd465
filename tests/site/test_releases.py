"""What a release published of the samples stays: addresses, words, anchors, ids of feeds, keys.

`tests/releases/VERSION.json` says what that was. `make record` writes it for the version that
`pyproject.toml` states; those of earlier versions are never written again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from commands import PROJECT
from gazette.settings import HelpCenter
from gazette.text.frontmatter import json_schema

RELEASES = Path(__file__).parents[1] / "releases"
VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
OF_THE_THEME = ("404.html", "assets/", "search/", "sitemap.xml")
"""What the host and its theme make for pages, whose names change with their versions."""
ATOM = "{http://www.w3.org/2005/Atom}"


def addresses(site: Path) -> list[str]:
    """Return the address of everything published, as readers write it."""
    files = (
        path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()
    )
    kept = (name for name in files if not name.startswith(OF_THE_THEME))
    return sorted(name.removesuffix("index.html") for name in kept)


def texts(site: Path) -> dict[str, dict[str, Any]]:
    """Return the anchors of every text by its address, and of a version's, which never changes, its
    words as a digest.
    """
    by_address = {}
    for path in sorted(site.glob("policies/**/index.html")):
        address = path.parent.relative_to(site).as_posix() + "/"
        for text in lxml.html.fromstring(path.read_bytes()).iterfind(".//*[@class='gz-text']"):
            facts: dict[str, Any] = {
                "anchors": sorted(element.get("id", "") for element in text.iterfind(".//*[@id]"))
            }
            if "/versions/" in address:
                words = " ".join("".join(map(str, text.itertext())).split())
                facts["words"] = hashlib.sha256(words.encode()).hexdigest()[:32]
            by_address[address] = facts
    return by_address


def feeds(site: Path) -> dict[str, list[str]]:
    """Return the ids of every feed and its entries, by the address of the feed."""
    return {
        path.relative_to(site).as_posix(): [
            element.text or "" for element in etree.parse(path).iter(f"{ATOM}id")
        ]
        for path in sorted(site.rglob("feed.xml"))
    }


def defaults(schema: dict[str, Any]) -> dict[str, Any]:
    """Return every key that a schema knows with its default, None where it has none."""
    return {key: value.get("default") for key, value in sorted(schema["properties"].items())}


def record_of(site: Path) -> dict[str, Any]:
    return {
        "addresses": addresses(site),
        "texts": texts(site),
        "feeds": feeds(site),
        "front matter": defaults(json_schema()),
        "settings": defaults(HelpCenter.model_json_schema()),
    }


def losses(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return a sentence about everything in an old record that a new one does not keep."""
    lost = [f"{address} is gone." for address in set(old["addresses"]) - set(new["addresses"])]
    for address, text in old["texts"].items():
        other = new["texts"].get(address, {"anchors": []})
        anchors = set(text["anchors"]) - set(other["anchors"])
        lost += [f"{address}#{anchor} leads nowhere." for anchor in anchors]
        if text.get("words") != other.get("words"):
            lost.append(f"{address} has other words.")
    for address, ids in old["feeds"].items():
        names = set(ids) - set(new["feeds"].get(address, []))
        lost += [f"{address} no longer holds {name}." for name in names]
    for where in ("front matter", "settings"):
        for key, default in old[where].items():
            if key not in new[where]:
                lost.append(f"The {where} no longer has {key}.")
            elif new[where][key] != default:
                lost.append(f"{key} in the {where} has another default.")
    return sorted(lost)


def test_the_stated_version_is_recorded(built: Path) -> None:
    path = RELEASES / f"{VERSION}.json"
    if os.environ.get("GAZETTE_GOLDEN") == "write":
        text = json.dumps(record_of(built), ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", "utf-8")
    assert path.is_file(), "Write it: make record"


@pytest.mark.parametrize("path", sorted(RELEASES.glob("*.json")), ids=lambda path: str(path.stem))
def test_nothing_that_a_release_published_is_lost(path: Path, built: Path) -> None:
    released = json.loads(path.read_text("utf-8"))
    assert len(released["addresses"]) > 50
    assert sum("words" in text for text in released["texts"].values()) > 5
    assert losses(released, record_of(built)) == []


def test_every_kind_of_loss_is_named(built: Path) -> None:
    old = record_of(built)
    new = json.loads(json.dumps(old))
    address = next(address for address, text in old["texts"].items() if "words" in text)
    anchor = new["texts"][address]["anchors"].pop()
    new["texts"][address]["words"] = "others"
    new["addresses"].remove("policies.json")
    name = new["feeds"]["feed.xml"].pop()
    del new["front matter"]["summary"]
    new["settings"]["full_redlines"] = 3
    assert losses(old, new) == sorted(
        [
            f"{address}#{anchor} leads nowhere.",
            f"{address} has other words.",
            f"feed.xml no longer holds {name}.",
            "full_redlines in the settings has another default.",
            "policies.json is gone.",
            "The front matter no longer has summary.",
        ]
    )
