"""What matters first: the topic of each changed sentence, the order, and what is no news."""

from __future__ import annotations

import pytest

from gazette.text.english import ENGLISH
from gazette.text.highlights import MOST, SHOWN, Highlights, highlights, ranked
from gazette.text.judgement import Judge
from gazette.text.reader import read_document
from gazette.text.redline import redline
from gazette.text.vocabularies import vocabulary_of
from gazette.text.vocabulary import Topic
from gazette.text.wording import Op

SIGNS = {Op.KEPT: "{}", Op.DELETED: "[-{}-]", Op.INSERTED: "{{+{}+}}"}


def compared(old: str, new: str) -> Highlights:
    return highlights(redline(read_document(old), read_document(new)), Judge(ENGLISH))


def topics(old: str, new: str) -> list[str]:
    return [entry.topic.value for entry in compared(old, new).entries]


def words(old: str, new: str) -> list[str]:
    """The entries with their marks."""
    return [
        "".join(SIGNS[run.op].format(run.text) for run in entry.runs)
        for entry in compared(old, new).entries
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # Figures, with their units and in one form.
        ("Pay in 30 days.", "Pay in 14 days.", ["Pay in [-30 days-]{+14 days+}."]),
        ("Pay in three (3) days.", "Pay in five (5) days.",
         ["Pay in [-three (3) days-]{+five (5) days+}."]),
        ("Pay thirty days on.", "Pay sixty days on.", ["Pay [-thirty days-]{+sixty days+} on."]),
        ("A rate of 5 % a month.", "A rate of 8 % a month.", ["A rate of [-5 %-]{+8 %+} a month."]),
        ("It costs €30 now.", "It costs €45 now.", ["It costs [-€30-]{+€45+} now."]),
        ("Pay in thirty (30) days.", "Pay in 30 days.", []),
        ("It costs 1,000 euros.", "It costs 1'000 euros.", []),
        # The unit alone makes another figure.
        ("Come two months before.", "Come two weeks before.",
         ["Come two [-months-]{+weeks+} before."]),
        ("Pay in 10 days.", "Pay in 10 business days.", ["Pay in 10 {+business +}days."]),
        ("A rent of CAD 90 is due.", "A rent of USD 90 is due.",
         ["A rent of [-CAD-]{+USD+} 90 is due."]),
        # Numbers of places are no figures.
        ("Sections 22 of it hold.", "Sections 23 of it hold.", []),
        ("See Articles 4 and 6 too.", "See Articles 5 and 7 too.", []),
        ("See § 4 here.", "See § 5 here.", []),
        ("4\\) Fees are due.", "5\\) Fees are due.", []),
        ("Ask https://a.example/1 now.", "Ask https://a.example/2 now.", []),
        # Words that oblige, allow and forbid; the same in another form is no news.
        ("You may go.", "You must go.", ["You [-may-]{+must+} go."]),
        ("You may go.", "You may not go.", ["You may {+not +}go."]),
        ("You may go.", "You can go.", []),
        ("You can't go there.", "You cannot go there.", []),
        ("You shall go.", "You must go.", []),
        ("MAY we go?", "May we go?", []),
        ("We **must** go.", "We must go.", []),
        # Who does it, and the opposite of what is done.
        ("We mend it at your choice.", "We mend it at our choice.",
         ["We mend it at [-your-]{+our+} choice."]),
        ("You water the trees.", "We water the trees.", ["[-You-]{+We+} water the trees."]),
        ("The lamp is off until a guard turns it on.", "The lamp is on until a guard turns it off.",
         ["The lamp is [-off-]{+on+} until a guard turns it [-on-]{+off+}."]),
        # Another word that says the same; alone it says something.
        ("If you are late, wait there.", "Where you are late, wait there.", []),
        ("The club warrants each oar.", "The club warrants every oar.", []),
        ("This page says what parents do.", "This page tells you what parents do.", []),
        ("Members purchase tickets there.", "Members buy tickets there.", []),
        ("Open the gate told to.", "Open the gate if told to.", ["Open the gate {+if +}told to."]),
        ("You may leave if we sing.", "You may leave and we sing.",
         ["You may leave [-if-]{+and+} we sing."]),
        ("You may sit there, and sing.", "You may, however, sit there, and sing.", []),
        # What consent must be.
        ("It takes verifiable consent.", "It takes consent.", ["It takes [-verifiable -]consent."]),
        # A part of an enumeration, though it is one word.
        ("We collect your name and shoe size.", "We collect your name, gender and shoe size.",
         ["We collect your name{+, gender+} and shoe size."]),
        ("We collect your name, gender and size.", "We collect your name and size.",
         ["We collect your name[-, gender-] and size."]),
        ("We collect your name here.", "We kindly collect your name here.", []),
    ],
)  # fmt: skip
def test_what_is_quoted(old: str, new: str, expected: list[str]) -> None:
    assert words(old, new) == expected


KEPT = "This sentence stays as it is, and so does the next."


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("Members are at least 18 years old.", "age"),
        ("The rent is 40 euros.", "amount"),
        ("You hear from us within 10 days.", "period"),
        ("The courts of Bergen decide.", "law"),
        ("We are liable for broken cups.", "liability"),
        ("A fee is due for each visit.", "fee"),
        ("Dogs must not enter the hall.", "prohibition"),
        ("The controller is Harbour Tools Ltd.", "party"),
        ("The hall is open except in August.", "exception"),
        ("We share names with the town.", "data"),
        ("Guests must sign the book.", "duty"),
        ("Guests may bring a cake.", "right"),
        ("Nobody is never alone here at night.", "negation"),
    ],
)
def test_new_and_struck_sentences_have_topics(sentence: str, topic: str) -> None:
    assert topics(KEPT, f"{KEPT} {sentence}") == [topic]
    assert topics(f"{KEPT} {sentence}", KEPT) == [topic]


@pytest.mark.parametrize(
    ("lang", "old", "new", "topic"),
    [
        ("de", "Wir zahlen die Fahrt.", "Sie zahlen die Fahrt.", "name"),
        ("de", "Das Licht ist aus.", "Das Licht ist an.", "exception"),
        ("de", "Wir speichern Name und Ort.", "Wir speichern Name, Blutgruppe und Ort.", "data"),
        ("fr", "La clé reste sous votre garde.", "La clé reste sous notre garde.", "name"),
        ("fr", "La lampe est sur la table.", "La lampe est sous la table.", "exception"),
        ("es", "La llave queda a nuestro cargo.", "La llave queda a su cargo.", "name"),
    ],
)
def test_sides_and_opposites_are_known_in_other_languages(
    lang: str, old: str, new: str, topic: str
) -> None:
    change = redline(read_document(old), read_document(new))
    entries = highlights(change, Judge(vocabulary_of(lang))).entries
    assert [entry.topic.value for entry in entries] == [topic]


@pytest.mark.parametrize(
    ("lang", "seller"), [("fr", "Le vendeur est à Brest."), ("es", "El vendedor vive en Cádiz.")]
)
def test_a_seller_is_no_use_of_data(lang: str, seller: str) -> None:
    change = redline(read_document(KEPT), read_document(f"{KEPT} {seller}"))
    entries = highlights(change, Judge(vocabulary_of(lang))).entries
    assert Topic.DATA not in {entry.topic for entry in entries}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Version 4 of 12 March 2023", "Version 5 of 2 June 2024"),
        ("Revision 3 (2022)", "Revision 4 (2024)"),
        ("Rules as of 1 January 2023", "Rules as of 1 May 2024"),
        ("In force since 1 September 2023", "In force since 1 May 2024"),
        ("Adopted on 4 March 2023.", "Adopted on 6 June 2024."),
        ("最終更新日：2023年4月1日", "最終更新日：2024年10月1日"),
    ],
)
def test_the_line_below_the_title_is_the_day_of_the_text(old: str, new: str) -> None:
    assert topics(f"# Rules\n\n{old}\n\nHi.", f"# Rules\n\n{new}\n\nHi.") == ["date"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You must pay by 4 March 2023", "You must pay by 6 June 2024"),
        ("The hall holds 4 boats", "The hall holds 5 boats"),
        ("The hall opens on 4 March 2023.", "The hall opens on 6 June 2024."),
    ],
)
def test_other_figures_below_the_title_are_no_day_of_the_text(old: str, new: str) -> None:
    assert topics(f"# Rules\n\n{old}", f"# Rules\n\n{new}")[0] in ("period", "number")


@pytest.mark.parametrize(
    ("old", "new"),
    [("two months", "two weeks"), ("10 days", "10 business days"), ("2 hours", "2 days")],
)
def test_another_unit_makes_another_period(old: str, new: str) -> None:
    assert topics(f"The price is told {old} before.", f"The price is told {new} before.") == [
        "period"
    ]


def test_fine_tuning_is_no_penalty() -> None:
    assert topics("Be quiet.", "Be quiet. We fine-tune the organ.") == ["data"]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "If you have any questions about how we use personal data, ask our controller."),
        ("en", "Questions about these rights must be sent to Ann."),
        ("de", "Bei Fragen zu Ihren Daten dürfen Sie uns schreiben."),
        ("fr", "Pour toute question sur vos données, vous pouvez nous écrire."),
        ("es", "Si tiene preguntas sobre sus datos personales, puede escribirnos."),
    ],
)
def test_whom_to_ask_is_no_entry_beside_others(lang: str, sentence: str) -> None:
    old = f"# A\n\n{KEPT}\n\n# B\n\n5 days."
    new = f"# A\n\n{KEPT} {sentence}\n\n# B\n\n9 days."
    change = redline(read_document(old), read_document(new))
    back = redline(read_document(new), read_document(old))
    assert len(highlights(change, Judge(vocabulary_of(lang))).entries) == 1
    assert len(highlights(back, Judge(vocabulary_of(lang))).entries) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "If you have any questions, the courts of Bergen decide.",
        "We answer any questions within 9 days.",
        "Any questions are at your own risk.",
    ],
)
def test_who_asks_and_what_binds_is_an_entry(sentence: str) -> None:
    assert "other" not in topics(KEPT, f"{KEPT} {sentence}")


def test_capitals_alone_make_no_name() -> None:
    old = "Here the Terms are a contract of ours."
    assert "name" not in topics(old, "Here the terms are an agreement of ours.")


@pytest.mark.parametrize("often", ["weekly", "each year"])
def test_how_often_something_is_done_is_a_period(often: str) -> None:
    assert topics("We test the alarm.", f"We test the alarm {often}.") == ["period"]
    assert topics(f"We test the alarm {often}.", "We test the alarm.") == ["period"]


def test_sentences_of_a_new_section_are_read() -> None:
    section = "# Fees\n\nYou pay the fee in 30 days."
    assert topics("# Law\n\nIt holds.", f"# Law\n\nIt holds.\n\n{section}") == ["period"]


def test_figures_are_compared_across_struck_and_new_sentences() -> None:
    old = "# A\n\nWe delete the video of the entrance after 30 days.\n\n# B\n\nBe quiet."
    new = "# A\n\n# B\n\nBe quiet. The video of the entrance is deleted after 90 days."
    (entry,) = words(old, new)
    assert "[-after 30 days-]" in entry
    assert "{+is deleted after 90 days+}" in entry


def test_items_of_a_list_stand_with_what_leads_up_to_them() -> None:
    old = "You must not:\n\n- sing at night;"
    (entry,) = words(old, f"{old}\n- keep bees.")
    assert entry == "You must not: {+keep bees.+}"


@pytest.mark.parametrize("lead", ["You must not:", "You must not bring into the reading room:"])
def test_a_new_list_is_quoted_with_its_first_words_as_new(lead: str) -> None:
    (entry,) = words(KEPT, f"{KEPT}\n\n{lead}\n\n- dogs;\n- bees.")
    assert entry.replace("+} {+", " ") == f"{{+{lead} dogs; bees.+}}"
    (entry,) = words(f"{KEPT}\n\n{lead}\n\n- dogs;\n- bees.", KEPT)
    assert entry.replace("-] [-", " ") == f"[-{lead} dogs; bees.-]"


def test_what_leads_up_to_a_long_item_is_no_entry_of_its_own() -> None:
    lead = "Whoever uses the reading room in the evening must do this before the lamps go out:"
    item = f"- sign the book of {' and '.join(f'room{at}' for at in range(30))}."
    (entry,) = words(KEPT, f"{KEPT}\n\n{lead}\n\n{item}")
    assert entry.replace("+} {+", " ").startswith(f"{{+{lead} sign the book")


def test_items_hang_on_the_words_of_their_own_text() -> None:
    old = "# A\n\nGuests in the old boat house must bring:\n\n- oars;\n- ropes."
    new = "# A\n\nWhoever tends to animals may keep:\n\n- bees;\n- hens."
    text = " ".join(words(old, new))
    assert "must bring: oars" in text.replace("-] [-", " ")
    assert "may keep: bees" in text.replace("+} {+", " ")


def test_struck_items_do_not_hang_on_what_replaced_their_first_words() -> None:
    old = "# A\n\nIn the hall you and all your guests must not:\n\n- keep bees;\n- light fires."
    new = "# A\n\nIn the hall you and all your guests must wear shoes."
    text = " ".join(words(old, new)).replace("-] [-", " ")
    assert "[-In the hall you and all your guests must not: keep bees; light fires.-]" in text


def test_an_item_that_a_sentence_lost_hangs_on_its_first_words() -> None:
    old = "# A\n\nThe club lends no:\n\n- ropes,\n- old boats,\n- oars and\n- dry coats to guests."
    new = "# A\n\nThe club lends no ropes, oars and dry coats to guests."
    assert words(old, new) == ["The club lends no: [-old boats,-]"]
    assert words(new, old) == ["The club lends no: {+old boats,+}"]


def test_both_days_of_the_text_make_one_entry() -> None:
    old, new = "# R\n\nDated 2023-01-02\n\nHi.", "# R\n\nRevised on 2024-02-03\n\nHi."
    assert topics(old, new) == ["date"]


def test_a_row_of_a_table_is_read_with_its_first_cell() -> None:
    old = "| Key | Days |\n|-|-|\n| Fee | 30 days |\n| Tax | 7 days |"
    assert words(old, old.replace("30", "14")) == ["Fee | [-30 days-]{+14 days+}"]


def test_a_name_that_comes_in_is_reported() -> None:
    old = "The shop delivers to Spain, France and Italy."
    assert topics(old, old.replace("France", "France, Malta")) == ["name"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We keep the colour of your choice.", "We keep the color of your choice."),
        ("You recieve a letter from us.", "You receive a letter from us."),
        ("We don't ask who you are.", "We do not ask who you are."),
    ],
)
def test_spelling_is_no_news(old: str, new: str) -> None:
    matters = compared(old, new)
    assert not matters.entries
    assert matters.is_calm
    assert matters.sentence == "No number, date, duty or right changed."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You may go home.", "You can go home."),
        ("See section 4 for it.", "See section 5 for it."),
        ("A vote must bear a printed name.", "A vote must bear a name."),
    ],
)
def test_where_a_digit_or_a_word_of_a_duty_changed_nothing_is_vouched_for(
    old: str, new: str
) -> None:
    matters = compared(old, new)
    assert not matters.entries
    assert matters.sentence.startswith("Our rules recognise none of the changes")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Fee: ½ of it.", "Fee: ¼ of it."),
        ("A score of ≥ 5 kg.", "A score of ≤ 5 kg."),
        ("It is < 5 kg there.", "It is > 5 kg there."),
        ("Held at +5 degrees.", "Held at -5 degrees."),
        ("Come within fourteen days.", "Come within fourteen business days."),
        ("| a | b |\n|-|-|\n| x | ✅ |", "| a | b |\n|-|-|\n| x | ❌ |"),
        ("| a | b |\n|-|-|\n| x | ✓ |", "| a | b |\n|-|-|\n| x | – |"),
        ("- [ ] a thing", "- [x] a thing"),
        ("Tickets are refundable.", "Tickets are non-refundable."),
        ("All guests are here.", "Some guests are here."),
        ("You and the guest sign.", "You or the guest sign."),
        ("We send it to our office.", "We send it to your office."),
        ("You can stay here.", "~~You can stay here.~~"),
        ("You can stay here.", "<p hidden>You can stay here.</p>"),
        ("*[DPA]: agreement A\n\nThe DPA holds.", "*[DPA]: agreement B\n\nThe DPA holds."),
        ("[Here](https://a.example/)", "[Here](https://b.example/)"),
        ("Write to a@b.example.", "Write to c@b.example."),
        ("1. a thing\n2. b thing", "5. a thing\n6. b thing"),
        ("## Fee of 5 %\n\nIt is due.", "## Fee of 6 %\n\nIt is due."),
    ],
)
def test_what_may_change_a_meaning_is_no_reason_to_be_calm(old: str, new: str) -> None:
    assert not compared(f"# A\n\n{old}", f"# A\n\n{new}").is_calm
    assert not compared(f"# A\n\n{new}", f"# A\n\n{old}").is_calm


def test_a_moved_sentence_is_no_entry_but_no_reason_to_be_calm() -> None:
    first = "You must lock the door of the workshop when you leave it in the evening, every day."
    last = "The lamps above the benches are switched off by whoever goes home last at night."
    matters = compared(f"{first}\n\n{last}", f"{last}\n\n{first}")
    assert not matters.entries
    assert not matters.is_calm


def test_what_is_said_elsewhere_is_no_news() -> None:
    rule = "Guests must sign the book at the desk before they enter the reading room."
    old = f"# A\n\nBe quiet. {rule}\n\n# B\n\nWelcome. {rule}"
    assert not compared(old, f"# A\n\nBe quiet. {rule}\n\n# B\n\nWelcome.").entries


def test_the_same_words_are_reported_once_where_they_stand_first() -> None:
    old = "\n\n".join(
        f"# {name}\n\nPay for {name} in 30 days." for name in ("Kept", "First", "Last")
    )
    new = old.replace("First in 30", "First in 14").replace("Last in 30", "Last in 14")
    (entry,) = compared(old, new).entries
    assert (entry.place, entry.times) == (1, 2)


def repeated(word: str) -> str:
    return "\n\n".join(f"Here the {word} does number {at} of it." for at in range(5))


def test_a_term_replaced_throughout_is_one_entry() -> None:
    (entry,) = compared(repeated("Vendor"), repeated("Supplier")).entries
    assert (entry.topic, entry.times) == (Topic.TERM, 5)


def test_a_term_replaced_throughout_stands_where_it_came_first() -> None:
    parts = [f"# Part {at}\n\nHere the Vendor does number {at} of it." for at in range(5)]
    old = "\n\n".join(["# Start\n\nBe quiet.", *parts])
    (entry,) = compared(old, old.replace("Vendor", "Supplier")).entries
    assert (entry.place, entry.times) == (1, 5)
    assert words(old, old.replace("Vendor", "Supplier")) == ["[-Vendor-] {+Supplier+}"]


def test_a_duty_replaced_throughout_is_a_duty() -> None:
    (entry,) = compared(repeated("dog may"), repeated("dog must")).entries
    assert (entry.topic, entry.times) == (Topic.DUTY, 5)


def test_the_most_important_comes_first_and_the_day_of_the_text_last() -> None:
    old = """# Rules

Last updated: 3 March 2024

Guests may sing. The hall is open for 3 hours. Members are over 16 years old. The rent is 20 euros.
"""
    new = """# Rules

Last updated: 9 June 2025

Guests must sing. The hall is open for 4 hours. Members are over 18 years old. The rent is 25 euros.
"""
    assert topics(old, new) == ["age", "amount", "period", "duty", "date"]


def test_of_a_topic_that_comes_often_the_later_entries_step_back() -> None:
    parts = [f"# Part {at}\n\nQuiet." for at in range(9)]
    periods = [
        f"{part} We answer letters on matter {chr(65 + at)} in {at + 2} days."
        for at, part in enumerate(parts)
    ]
    old, new = "\n\n".join(parts), "\n\n".join([*periods, "# Last\n\nThe courts of Bergen decide."])
    assert "law" in topics(old, new)[:6]


def test_ten_are_shown_and_the_rest_is_folded() -> None:
    parts = [f"# Part {at}\n\nQuiet." for at in range(50)]
    new = [f"{part} You must feed animal number {at} daily." for at, part in enumerate(parts)]
    matters = compared("\n\n".join(parts), "\n\n".join(new))
    assert len(matters.first) == SHOWN
    assert len(matters.rest) == MOST - SHOWN


@pytest.mark.parametrize(("count", "entries"), [(30, 1), (31, 2)])
def test_new_sentences_that_are_short_together_make_one_entry(count: int, entries: int) -> None:
    """Sixty words are: a reader takes them in at once."""
    first = f"Guests must sign {' '.join(f'list{at}' for at in range(count - 3))}."
    second = f"Guests must bring {' '.join(f'tool{at}' for at in range(27))}."
    assert len(words(KEPT, f"{KEPT} {first} {second}")) == entries


def test_between_sentences_of_an_entry_dots_stand_for_one_that_stays() -> None:
    new = f"Guests must sign. {KEPT} Guests must pay."
    assert words(KEPT, new) == ["{+Guests must sign.+} … {+Guests must pay.+}"]


def test_one_digit_among_corrected_spellings_is_no_reason_to_be_calm() -> None:
    old = "We keep the colour of your choice. See section 4 for it."
    assert not compared(old, old.replace("colour", "color").replace("4", "5")).is_calm


def test_entries_of_the_same_weight_keep_their_order() -> None:
    entries = [(5.0, (Topic.DUTY, {"at": 1})), (5.0, (Topic.RIGHT, {"at": 2}))]
    assert [*ranked(entries, lambda entry: entry[0])] == [entry for _, entry in entries]


def test_a_long_sentence_is_cut_to_what_changed() -> None:
    words_before = " ".join(["and the quiet old boats lie in the harbour"] * 8)
    old = f"The harbour is open {words_before}, guests pay 5 euros a night, {words_before}."
    (entry,) = words(old, old.replace("5 euros", "7 euros"))
    assert "guests pay [-5 euros-]{+7 euros+} a night" in entry
    assert len(entry.split()) < 30
    assert entry.startswith("… ")
    assert entry.endswith(" …")


def test_topics_have_sentences() -> None:
    assert len({topic.sentence for topic in Topic}) == len(Topic)
