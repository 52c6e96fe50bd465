"""Fingerprints tell plain values apart, and are the same wherever they are taken."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from gazette.fingerprint import fingerprint
from gazette.model import Attachment, Change, Digest, Status, VersionId

HOOKS = Path(__file__).parents[2] / "hooks"
DAY = date(2026, 3, 31)
DIFFERENT = [
    (),
    ("",),
    ("", ""),
    ("a",),
    (b"a",),
    (["a"],),
    ("1",),
    (1,),
    (True,),
    (1.5,),
    (None,),
    ("None",),
    (DAY,),
    ("2026-03-31",),
    (Status.IN_FORCE,),
    (Status.RETIRED,),
    ("ab", "c"),
    ("a", "bc"),
    (("ab", "c"),),
    (("a", "bc"),),
    ({"a": 1},),
    ({"a": {"b": Change.EDITORIAL}},),
    (VersionId(DAY, 1),),
    (VersionId(DAY, 2),),
    ("\ud800",),
]
PROGRAM = """
from datetime import date
from gazette.fingerprint import fingerprint
from gazette.model import Status, VersionId
values = {"z": {"deep": [1, None, 1.5]}, "a": b"bytes"}
print(fingerprint("text", values, VersionId(date(2026, 3, 31), 1), Status.IN_FORCE))
"""


@dataclass(frozen=True)
class Fact:
    name: str
    read: Callable[[], bytes] = field(compare=False)


@dataclass
class Changeable:
    name: str


class Opaque:
    pass


def test_different_values_have_different_fingerprints() -> None:
    assert len({fingerprint(*parts) for parts in DIFFERENT}) == len(DIFFERENT)


def test_kinds_of_sequences_and_mappings_and_their_order_do_not_count() -> None:
    assert fingerprint(("a", ["b"])) == fingerprint(["a", ("b",)])
    mapping = {"b": 1, "a": (2,)}
    assert fingerprint(mapping) == fingerprint(MappingProxyType({"a": [2], "b": 1}))


def test_fields_that_take_no_part_in_comparisons_do_not_count() -> None:
    assert fingerprint(Fact("a", lambda: b"1")) == fingerprint(Fact("a", lambda: b"2"))
    assert fingerprint(Fact("a", bytes)) != fingerprint(Fact("b", bytes))
    attachment = Attachment("a.svg", Digest("0" * 64), bytes)
    assert fingerprint(attachment) == fingerprint(
        Attachment("a.svg", Digest("0" * 64), lambda: b"")
    )


@pytest.mark.parametrize("value", [Opaque(), Changeable("a"), {"a"}, len, Fact, object()])
def test_values_of_unknown_types_are_refused_by_name(value: object) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        fingerprint("key", {"option": [value]})


def test_every_process_finds_the_same() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HOOKS)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(digests) == 1
