"""Count how often an application asks the right users again, over a real history.

usage: asking.py SITE

SITE is a built site. Its updates are posted again one by one, first with the classes they have,
then with classes, days and withdrawals made up from their digests; after each, the code of the page
for developers decides for users of every earlier version, from the published record alone. What the
site itself publishes is asked as well. Prints how many decisions there were, and how many are
wrong.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from asking import Posted, cases, is_asked
from developers_page import application, code, fetch_from
from gazette.model import Change, VersionId

AHEAD = timedelta(days=30)


def main() -> int:
    """Print the counts; return 1 where a decision is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    site = parser.parse_args().site
    script = code(site, "python")
    paths = sorted(site.glob("**/policies/*/versions.json"))
    records = [json.loads(path.read_bytes()) for path in paths]
    as_declared = {record["policy"]: declared(record) for record in records}
    made_up = {record["policy"]: varied(record) for record in records}
    updates = sum(len(versions) - 1 for versions in as_declared.values())
    print(f"{len(paths)} policies, {updates} updates")
    wrong = 0
    for name, histories in (("as declared", as_declared), ("made up", made_up)):
        answers = [
            answer for versions in histories.values() for answer in answers_to(script, versions)
        ]
        wrong += answers.count(False)
        print(f"{name}: {len(answers)} decisions, {answers.count(False)} wrong")
    app = application(script, fetch_from(site))
    answers = [
        app["must_ask"](policy, str(entry.id), str(date.max)) is is_asked(versions, entry, date.max)
        for policy, versions in as_declared.items()
        for entry in versions
    ]
    print(f"the site's own records: {len(answers)} decisions, {answers.count(False)} wrong")
    return int(wrong > 0 or False in answers)


def answers_to(script: str, history: list[Posted]) -> Iterator[bool]:
    """Yield for every decision after every update whether it is right."""
    for case in cases(history):
        app = application(script, lambda _, record=case.record: record)  # type: ignore[misc]
        yield app["must_ask"]("policy", case.agreed, case.today) is case.is_right


def declared(record: Any) -> list[Posted]:
    """Return the versions of a policy as their record has them, the oldest first."""
    entries = record["versions"][::-1]
    withdrawn = [entry["status"] == "withdrawn" for entry in (*entries, {"status": ""})]
    posted, back = [], 0
    for place, entry in enumerate(entries):
        back = back + 1 if withdrawn[place] else 0
        posted.append(
            Posted(
                VersionId.parse(entry["version"]),
                Change(entry["change"]),
                date.fromisoformat(entry["effective"]),
                0 if withdrawn[place + 1] else back,
            )
        )
    return posted


def varied(record: Any) -> list[Posted]:
    """Return the same versions, half of them editorial, some posted ahead, some withdrawn."""
    digests = [int(entry["sha256"][:8], 16) for entry in reversed(record["versions"])]
    return [
        Posted(
            entry.id,
            Change.EDITORIAL if digest % 2 else Change.SUBSTANTIVE,
            entry.id.day + (AHEAD if digest % 5 == 0 else timedelta(0)),
            1 if digest % 11 == 0 else 0,
        )
        for entry, digest in zip(declared(record), digests, strict=True)
    ]


if __name__ == "__main__":
    raise SystemExit(main())
