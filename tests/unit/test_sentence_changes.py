"""Where sentences begin and end in a redline."""

from __future__ import annotations

import pytest

from gazette.text.sentence_changes import sentences
from gazette.text.wording import Op, Run

OPS = {"=": Op.KEPT, "-": Op.DELETED, "+": Op.INSERTED}


def cut(*runs: str) -> list[list[str]]:
    """Cut runs, written as sign and words, and write them the same way."""
    signs = {op: sign for sign, op in OPS.items()}
    parts = sentences([Run(OPS[run[0]], run[1:]) for run in runs])
    return [[signs[run.op] + run.text for run in part] for part in parts]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (["=We wait. You go."], [["=We wait. "], ["=You go."]]),
        (["=We wait ", "+long", "=. You go."], [["=We wait ", "+long", "=. "], ["=You go."]]),
        (["=We wait. ", "+You go.", "= All stay."],
         [["=We wait. "], ["+You go."], ["= All stay."]]),
        (["=We wait.", "+ You go."], [["=We wait."], ["+ You go."]]),
        (["-A goes. B goes.", "+C comes."], [["-A goes. "], ["-B goes."], ["+C comes."]]),
        (["=Ask ", "-Acme Inc.", "+Acme B.V.", "=, a company."],
         [["=Ask ", "-Acme Inc.", "+Acme B.V.", "=, a company."]]),
        (["=In the U.S. Law holds."], [["=In the U.S. Law holds."]]),
        (["=We wait ", "-ten days", "+a month. You go", "=. All stay."],
         [["=We wait ", "-ten days.", "+a month. "], ["+You go."], ["= All stay."]]),
        (["=We wait", "+. You go", "=."], [["=We wait", "+. "], ["+You go."]]),
        (["=Ask ", "+Acme Inc. or us", "=."], [["=Ask ", "+Acme Inc. or us", "=."]]),
        (["=待つ。行く。"], [["=待つ。"], ["=行く。"]]),
        (["=人が", "-待つ", "=。", "+行く。"], [["=人が", "-待つ", "=。"], ["+行く。"]]),
        (["=。", "+行く。"], [["=。", "+行く。"]]),
        ([], []),
        (["=10. Fees are due."], [["=10. Fees are due."]]),
    ],
)  # fmt: skip
def test_cuts(runs: list[str], expected: list[list[str]]) -> None:
    assert cut(*runs) == expected
