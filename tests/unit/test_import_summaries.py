"""What changed from one imported text to the next, in the language of the text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gazette.imports import summaries as module
from gazette.imports.summaries import Summaries, summary_of
from gazette.language import ENGLISH, language_of
from gazette.text.reader import Reader
from gazette.text.redline import redline

OLD = "# Gebühren\n\nWir verlangen drei Euro.\n\n# Haftung\n\nWir haften nicht.\n"
NEW = "# Gebühren\n\nWir verlangen vier Euro.\n\n# Fristen\n\nBis Ende März gilt das Alte.\n"


def summary(tag: str, old: str = OLD, new: str = NEW) -> str:
    reader = Reader()
    return summary_of(redline(reader.read(old), reader.read(new)), language_of(tag))


def test_they_name_each_section_and_what_is_short() -> None:
    german = summary("de")
    assert german.startswith("Gebühren: geändert, „drei“ → „vier“.")
    assert "Haftung: entfernt." in german
    assert "Fristen: neu." in german
    french = summary("fr").replace("\xa0", " ")
    assert french.startswith("Gebühren : modifiée, « drei » → « vier ».")
    assert summary("ja").startswith("Gebühren：変更、「drei」 → 「vier」。")


def test_english_ones_say_more() -> None:
    assert summary("en-GB").startswith("“Gebühren”: “drei” becomes “vier”.")
    assert "“Fristen” is new." in summary("en")
    assert summary("cy").startswith("“Gebühren”: “drei” becomes “vier”.")


def test_titles_are_quoted() -> None:
    text = Reader().read("One.")
    same = redline(text, text)
    english, german = (summary_of(same, language_of(tag), ("A", "B")) for tag in ("en", "de"))
    assert english == "The title was “A”, and is now “B”."
    assert german == "Der Titel war „A“ und ist jetzt „B“."


def test_long_ones_end_with_a_number() -> None:
    parts = [f"# Teil {'x' * 60} {n}\n\nWort {n}.\n\n" for n in range(9)]
    text = summary("de", "".join(parts), "".join(parts).replace("Wort", "Satz"))
    assert len(text) < 420
    assert text.endswith("weitere geänderte Abschnitte.")


def test_first_texts_and_mere_form() -> None:
    assert Summaries(language_of("de")).first("de/fees.md") == "Erste Version."
    assert Summaries(language_of("en")).first("fees.md").endswith("history of fees.md.")
    assert summary("de", "# A\n\n[b](c.md)", "# A\n\n[b](d.md)")


def test_texts_between_which_a_policy_goes_back_and_forth_are_compared_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = []

    def counted(*arguments: object, **more: object) -> object:
        compared.append(arguments)
        return redline(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "redline", counted)
    bodies = ["## Fees\n\nYou pay 5 euros.\n", "## Fees\n\nYou pay 7 euros.\n"] * 3
    documents = [Reader().read(body) for body in bodies]
    summaries = Summaries(ENGLISH)
    lines = [summaries.summary(*pair) for pair in pairwise(documents)]
    assert len(compared) == 2
    there, back, *others = lines
    assert "7" in there or there != back
    assert others == [there, back, there]
