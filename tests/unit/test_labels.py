"""Lines that say which version a text is, and since when it applies."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.imports.labels import Label, label_of
from gazette.imports.stated_version import is_taken_over, stated_version

DAY, LATER = date(2026, 3, 7), date(2026, 4, 1)
TODAY = date(2026, 11, 23)


def labels(*lines: str) -> list[Label]:
    return [label for line in lines if (label := label_of(line))]


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: March 7, 2026",
        "Last Modified on 7 March 2026.",
        "Revised 2026-03-07",
        "(Date of last revision: March 7, 2026)",
        "Published on March 7, 2026",
        "Version 4.1, March 7, 2026",
        "Date: 7 March 2026",
        "Version: 7 March 2026",
        "Version of March 7, 2026",
        "Last update of this policy: 7 March 2026",
        "Status: 07.03.2026",
        "Senest opdateret 7. marts 2026",
        "最后更新：2026年3月7日",
        "최종 수정일: 2026년 3월 7일",
        "Stand: 7. März 2026",
        "Zuletzt geändert am 07.03.2026",
        "Dernière mise à jour : 7 mars 2026",
        "Última actualización: 7 de marzo de 2026",
        "Ultimo aggiornamento: 7 marzo 2026",
        "Laatst gewijzigd op 7 maart 2026",
        "最終更新日:2026年3月7日",
        "Дата обновления: 7 марта 2026 г.",
        "Last revised on the 7th of March 2026",
        "Modified Sat, 07 Mar 2026",
        "Zuletzt aktualisiert: 07.03.26",
        "2026年3月7日改定",
        "آخر تحديث: 7 مارس 2026",
        "Son güncelleme: 7 Mart 2026",
        "Utolsó módosítás: 2026. március 7.",
        "Ultima actualizare: 7 martie 2026",
        "Τελευταία ενημέρωση: 7 Μαρτίου 2026",
        "Cập nhật lần cuối: ngày 7 tháng 3 năm 2026",
        "Останнє оновлення: 7 березня 2026",
        "Terakhir diperbarui pada 7 maret 2026",
        "Dated this 7th day of March, 2026",
        "Revised 07-MAR-26",
        "Changed 7 Mar '26",
        "Revised on May 3, 2024, May 5, 2025 and March 7, 2026",
        "最終改定日：令和8年3月7日",
        "Approved by the Board of Directors on 7 March 2026",
        "Dernière mise à jour : le 7 mars 2026",
    ],
)
def test_lines_that_name_the_day_of_an_update(line: str) -> None:
    label = label_of(line)
    assert label
    assert label.is_whole
    assert label.updated == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Effective: March 7, 2026",
        "Effective Date: 7 March 2026",
        "Effective as of Saturday, March 7, 2026",
        "In force since 7 March 2026",
        "Valid from 7 March 2026",
        "Takes effect on March 7, 2026",
        "Commencement date: 7 March 2026",
        "Effective Date of these Terms of Use: March 7, 2026",
        "Gültig ab dem 7. März 2026",
        "Version en vigueur au 7 mars 2026",
        "Gültig ab 7. März 2026",
        "En vigueur depuis le 7 mars 2026",
        "Vigente desde el 7 de marzo de 2026",
        "生效日期：2026年3月7日",
        "2026. 3. 7. 시행",
        "2026年3月7日から施行",
        "Yürürlük tarihi: 7 Mart 2026",
        "Berlaku sejak 7 Maret 2026",
        "Effective as of the 7th day of March, 2026",
        "In Kraft seit dem 7. März 2026",
        "Data de entrada em vigor: 7 de março de 2026",
        "Effective Date: [March 7, 2026]",
    ],
)
def test_lines_that_name_the_day_from_which_a_text_applies(line: str) -> None:
    label = label_of(line)
    assert label
    assert label.is_whole
    assert (label.updated, label.effective) == (None, DAY)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Last updated: 03/04/2026 (DD/MM/YYYY)", date(2026, 4, 3)),
        ("Last updated (MM/DD/YYYY): 03/04/2026", date(2026, 3, 4)),
        ("Updated 3/4/2026 [day/month/year]", date(2026, 4, 3)),
        ("Stand: 03/04/2026 (TT.MM.JJJJ)", date(2026, 4, 3)),
        ("Updated 13/04/2026 (MM/DD/YYYY)", date(2026, 4, 13)),
    ],
)
def test_a_line_that_tells_the_order_of_its_figures(line: str, day: date) -> None:
    label = label_of(line)
    assert label
    assert (label.is_whole, label.updated, label.faulty) == (True, day, ())


def test_the_beginning_of_a_paragraph_is_searched() -> None:
    words = "The former terms replaced the previous ones. " * 300
    label = label_of(f"Updated on 7 March 2026. {words}")
    assert label
    assert label.updated == DAY
    assert label_of(f"{words} Updated on 7 March 2026.") is None


def test_a_day_with_an_hour_is_read_and_stays() -> None:
    label = label_of("Last updated: 2026-03-07T10:00:00Z")
    assert label
    assert (label.is_whole, label.updated, label.faulty) == (False, DAY, ())


@pytest.mark.parametrize(
    "line",
    [
        "Effective as of 00:00 UTC on March 7, 2026",
        "Effective 12:01 a.m. on 7 March 2026",
        "Effective date (Canada): March 7, 2026",
        "Validity period: 7 March 2026 – 6 March 2027",
    ],
)
def test_what_stands_beside_a_day_stays(line: str) -> None:
    label = label_of(line)
    assert label
    assert (label.is_whole, label.effective) == (False, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "Effective: March 7, 2026 (previous version: May 2, 2024)",
        "Supersedes the version of May 2, 2024. In force since 7 March 2026",
        "Effective March 7, 2026; next review date: May 2, 2027",
        "Start date: 7 March 2026. End date: 6 March 2028",
        "Review date: 6 March 2028. Approved: 7 March 2026",
        "Gültig ab 7. März 2026, ersetzt die Fassung vom 2. Mai 2024",
        "This policy replaces the earlier one and is effective from March 7, 2026",
    ],
)
def test_days_of_other_versions_are_not_those_of_this_one(line: str) -> None:
    label = label_of(line)
    assert label
    stated = stated_version([label], TODAY)
    assert (str(stated.version), stated.effective) == ("2026-03-07.v1", None)
    assert not is_taken_over(label, stated)


@pytest.mark.parametrize(
    "line",
    [
        "Version 1.0 / 2026-03-07",
        "Versie van 7 maart 2026",
        "Edition of March 7, 2026",
        "Действует с 7 марта 2026 г.",
    ],
)
def test_a_short_line_with_a_day_in_words_that_are_not_known_is_reported(line: str) -> None:
    (label,) = labels(line)
    stated = stated_version([label], TODAY)
    assert str(stated.version) == "2026-03-07.v1"
    assert not is_taken_over(label, stated)
    (note,) = stated.notes
    assert note.endswith(" is taken for the day of its version: see whether it is.")


def test_a_day_in_words_that_are_known_counts_more() -> None:
    stated = stated_version(labels("Edition of May 3, 2025", "Revised March 7, 2026"), TODAY)
    assert (str(stated.version), stated.notes) == ("2026-03-07.v1", ())


@pytest.mark.parametrize(
    "line",
    [
        "Valid until March 7, 2026",
        "Will it apply on March 7, 2026?",
        "On March 7, 2026 we start.",
        "Whoever buys from us on March 7, 2026",
    ],
)
def test_a_short_line_that_is_none_of_the_version(line: str) -> None:
    assert label_of(line) is None


def test_a_line_that_names_only_an_earlier_version_says_nothing_of_this_one() -> None:
    assert label_of("Previous version: May 2, 2024") is None


def test_a_sentence_is_read_and_stays() -> None:
    label = label_of("These terms were last updated on March 7, 2026 and replace all others.")
    assert label
    assert not label.is_whole
    assert label.updated == DAY


@pytest.mark.parametrize("line", ["Updated terms apply", "—", "You may pay until May 1, 2026."])
def test_lines_that_name_no_version(line: str) -> None:
    label = label_of(line)
    assert label is None or not label.is_whole


def test_version_of_two_labels() -> None:
    lines = labels("Effective: April 1, 2026", "Last updated: March 7, 2026")
    stated = stated_version(lines, TODAY)
    assert (str(stated.version), stated.effective, stated.notes) == ("2026-03-07.v1", LATER, ())
    assert all(is_taken_over(line, stated) for line in lines)


def test_a_text_that_only_says_when_it_will_apply_is_posted_today() -> None:
    stated = stated_version(labels("Effective: January 1, 2027"), TODAY)
    assert (str(stated.version), stated.effective) == ("2026-11-23.v1", date(2027, 1, 1))


def test_a_text_in_force_before_its_update_keeps_the_line() -> None:
    line = labels("Effective January 1, 2020. Last updated March 7, 2026.")[0]
    stated = stated_version([line], TODAY)
    assert (str(stated.version), stated.effective) == ("2026-03-07.v1", None)
    assert not is_taken_over(line, stated)
    assert stated.notes == (
        "It applies since 2020-01-01, before it was updated: that line is kept.",
    )


def test_days_of_which_one_is_in_no_metadata_stay() -> None:
    line = labels("Adopted May 3, 2019. Revised March 7, 2026.")[0]
    stated = stated_version([line], TODAY)
    assert str(stated.version) == "2026-03-07.v1"
    assert not is_taken_over(line, stated)


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("February 30, 2026", "is a day that no calendar has"),
        ("2/3/2026", "may be read as two days, month or day first"),
        ("March 2026", "names no day of a month"),
        ("2026", "names no day"),
    ],
)
def test_a_day_that_cannot_be_read_is_reported_and_stays(day: str, fault: str) -> None:
    line = labels(f"Last updated: {day}")[0]
    stated = stated_version([line], TODAY)
    assert not is_taken_over(line, stated)
    assert stated.notes == (
        f"“{day}” is not taken for the day of its version: that {fault}.",
        "Its version is today's, 2026-11-23.v1.",
    )
