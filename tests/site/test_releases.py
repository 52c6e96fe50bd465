"""What a release published of the samples stays: addresses, words, anchors, ids of feeds, keys.

`tests/releases/VERSION.json` says what that was. `make record` writes it for the version that
`pyproject.toml` states; those of earlier versions are never written again.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

from commands import PROJECT
from released import losses, record_of

RELEASES = Path(__file__).parents[1] / "releases"
VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


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
