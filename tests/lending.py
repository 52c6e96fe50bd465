"""A policy in whose history sections do all that they can do, as records and as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from bench.histories import Text
from gazette.model import Policy, Status
from published import policy, version

LOANS = "You may take six books home. Bring them back within four weeks, or tell us before."
MEMBERS = "Everybody who lives in the town can become a member. Children need a parent's consent."
FINES = "Each day that a book comes late costs ten cents. Nobody pays more than five euro a book."
FEES = "A membership costs twelve euro a year. Pupils and students pay half of that amount."
DEPOSIT = "Whoever takes a laptop home leaves fifty euro with us until it is back unharmed."
GUESTS = "Guests read in the hall. They leave bags and coats in the lockers beside the door."
DESK = "Write to the desk, or come by on any weekday between nine in the morning and noon."
ALARM = "In an emergency call the caretaker, whose number hangs beside each of the exits."
ROOMS = "Rooms for groups are booked at the desk. A booking ends when nobody comes in time."


class Edition(NamedTuple):
    """A version of the policy: its front matter beside what all have, and its sections."""

    version: str
    continues: dict[str, str | list[str]]
    sections: tuple[tuple[str, str], ...]

    @property
    def body(self) -> str:
        """The text below the front matter."""
        parts = (f"## {heading}\n\n{text}\n" for heading, text in self.sections)
        return "\n".join(["# Lending\n\nWhat we ask of readers.\n", *parts])


EDITIONS = (
    Edition(
        "2025-01-05.v1",
        {},
        (
            ("1. Loans", LOANS),
            ("2. Members", MEMBERS),
            ("3. Fines", FINES),
            ("Fees", FEES),
            ("Guests", GUESTS),
            ("Contact", DESK),
            ("Räume {: #räume }", ROOMS),
        ),
    ),
    Edition(
        "2025-02-05.v1",
        {"Charges": "Fees", "Writing to us": "Contact"},
        (
            ("1. Loans", LOANS.replace("six", "eight")),
            ("2. Members", MEMBERS),
            ("3. Late returns", FINES),
            ("Charges", FEES),
            ("Fees", DEPOSIT),
            ("Writing to us", DESK),
            ("Contact", ALARM),
            ("Räume {: #räume }", ROOMS),
        ),
    ),
    Edition(
        "2025-03-05.v1",
        {"1. Loans and members": ["1. Loans", "2. Members"], "Deposits": "Fees"},
        (
            ("1. Loans and members", f"{LOANS.replace('six', 'eight')}\n\n{MEMBERS}"),
            ("2. Late returns", FINES.replace("ten", "twenty")),
            ("Charges", FEES),
            ("Deposits", DEPOSIT),
            ("Writing to us", DESK),
            ("Contact", ALARM),
            ("Rooms", ROOMS),
        ),
    ),
)


def lending(editions: int = len(EDITIONS)) -> Policy:
    """Return the policy with its first editions, the last of them in force."""
    shown = EDITIONS[:editions]
    return policy(
        *(
            version(
                edition.version,
                edition.body,
                Status.IN_FORCE if edition is shown[-1] else Status.SUPERSEDED,
                title="Lending",
                continues=edition.continues,
            )
            for edition in shown
        ),
        slug="lending",
    )


def files() -> Iterator[Text]:
    """Yield the editions as files, each of which was committed on its day."""
    for edition in EDITIONS:
        day = edition.version.removesuffix(".v1")
        front = (
            f"---\ntitle: Lending\nversion: {edition.version}\nupdated: {day}\n"
            f"summary: What changed on {day}.\ncontinues: {json.dumps(edition.continues)}\n---\n"
        )
        time = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        yield Text("lending", edition.version, time, (front + edition.body).encode())
