"""What a version publishes, as a record that later ones are held against."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from gazette.settings import BLOCK, HelpCenter
from gazette.text.frontmatter import json_schema

OF_THE_THEME = ("404.html", "assets/", "search/", "sitemap.xml")
"""What the host and its theme make for pages, whose names change with their versions."""
CHROME = ("gz-mark", "gz-old", "gz-gone")
"""Classes of what stands around the sections of a text, and is no word of it."""
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
        page: Any = lxml.html.fromstring(path.read_bytes())
        for mark in [mark for name in CHROME for mark in page.find_class(name)]:
            mark.drop_tree()
        for text in page.iterfind(".//*[@class='gz-text']"):
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
    """Return all that is promised to stay: what a site publishes, and what the engine reads."""
    return {
        "addresses": addresses(site),
        "texts": texts(site),
        "feeds": feeds(site),
        "front matter": defaults(json_schema()),
        "settings": json.loads(BLOCK.dump_json(HelpCenter(support=""))) | {"support": None},
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
