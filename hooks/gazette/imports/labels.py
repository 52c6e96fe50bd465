"""Lines in which a page says which version it is, when it was posted, and since when it applies."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from gazette.model import VersionId
from gazette.text.written_days import DAY, WrittenDay, days_in

MAX_GUESS_LETTERS, MAX_GUESS_WORDS = 60, 4
"""A line with a day whose words are not known here names that of the text if it has no more."""
MAX_LABEL_LETTERS = 200
"""A line that names the version and the day is no longer, nor is one that leads back."""
MAX_SEARCHED_LETTERS = 10_000
"""How much of a paragraph is searched for days."""
_BEFORE = r"""
    (?:(?:the\s+)?date\s+(?:of\s+)?(?:the\s+)?)?
    (?:(?:was|were|is|are)\s+)? (?:(?:last|latest|most\s+recent(?:ly)?)\s+)?"""
_BEHIND = r"(?:\s+date)? (?:\s+(?:on|at|as\s+of|by\s+(?:\w+\s+){1,5}?on))?"
_PUBLISHED = rf"""
    {_BEFORE} (?:published|publication|posted|issued?|adopted|adoption|approved|reviewed?|generated
        |written) {_BEHIND}
    | (?:veröffentlicht|beschlossen|verabschiedet|erlassen)(?:\s+(?:am|vom))?
    | (?:date\s+de\s+)?publication(?:\s+le)? | (?:publi|adopt|approuv)ée?(?:\s+le)?
    | (?:fecha|data)\s+(?:de|di)\s+(?:publicación|aprobación|publicação|aprovação|pubblicazione
        |approvazione)
    | (?:publicad|adoptad|aprobad|adotad|aprovad)[oa](?:\s+(?:el|em))?
    | (?:pubblicat|adottat|approvat)[oa](?:\s+il)? | (?:gepubliceerd|vastgesteld)(?:\s+op)?
    | data\s+publikacji | opublikowano | дата\s+публикации | опубликовано
    | (?:publicerad|antagen|offentliggjort|vedtaget|publisert|vedtatt)(?:\s+den)?
    | (?:制定|公布)日? | (?:发布|發布|公布)(?:日期|时间|時間|于)?
    | (?:제정|공고|게시)(?:일|일자)?"""
"""What says that a text was there on a day; what says that it changed then tells more."""
_UPDATED = rf"""
    {_BEFORE} (?:up-?dated?|modified|modification|revised|revision|amended|amendment|changed?|edited
        |version) {_BEHIND}
    | (?:date|dated|datum|fecha|status|as\s+of|current\s+as\s+of|version\s+(?:dated|of|du|vom))
    | stand | (?:(?:zuletzt|letzte)\s+)?(?:aktualisiert|geändert|bearbeitet|überarbeitet
        |aktualisierung|änderung|überarbeitung)(?:\s+(?:am|vom))?
    | fassung\s+vom | (?:dernière|date\s+de(?:\s+la)?(?:\s+dernière)?)\s+
        (?:mise\s+à\s+jour|modification|révision)(?:\s+le)? | mis[e]?\s+à\s+jour(?:\s+le)?
    | (?:modifi|révis|actualis)ée?(?:\s+le)?
    | (?:fecha\s+de\s+)?(?:la\s+)?(?:última|ultima)\s+
        (?:actualización|modificación|revisión|atualização|modificação|revisão)(?:\s+(?:el|em))?
    | (?:actualizad|atualizad|modificad|revisad|alterad|revist)[oa](?:\s+(?:el|em))?
    | (?:ultimo\s+)?aggiornamento | ultima\s+modifica
    | (?:aggiornat|modificat|rivist)[oa](?:\s+(?:al|il))?
    | (?:laatst\s+)?(?:bijgewerkt|gewijzigd|herzien)(?:\s+op)?
    | laatste\s+(?:wijziging|update) | (?:data\s+)?(?:ostatni(?:a|ej)\s+)?
        (?:aktualizacj[ai]|zmian[ay]) | zaktualizowano
    | (?:(?:senast|sidst|senest|sist)\s+)?(?:uppdaterad|ändrad|opdateret|ændret|oppdatert|endret)
        (?:\s+den)?
    | (?:viimeksi\s+)?päivitetty | poslední\s+(?:aktualizace|změna)
    | (?:дата\s+)?(?:последне(?:е|го)\s+)?(?:обновлени[ея]|изменени[ея])
    | обновлено | (?:最終)?(?:更新|改定|改訂|改正)日?
    | (?:son\s+)?güncellen?me(?:\s+tarihi)? | ultima\s+(?:actualizare|modificare)
    | τελευταία\s+(?:ενημέρωση|τροποποίηση) | utolsó\s+(?:frissítés|módosítás)
    | آخر\s+تحديث | تاريخ\s+التحديث | cập\s+nhật\s+(?:lần\s+cuối|ngày) | ngày\s+cập\s+nhật
    | останнє\s+оновлення | дата\s+оновлення | terakhir\s+diperbarui(?:\s+pada)?
    | (?:更新|修[订訂])(?:日期|时间|時間|于)? | 最[后後近](?:更新|修[订訂改])(?:日期|时间|時間|于)?
    | (?:최종\s*|마지막\s*)?(?:업데이트|개정|수정)(?:일|일자)?"""
_EFFECTIVE = r"""
    (?:(?:is|are|was|were|becomes?)\s+)?(?:date\s+)?effective
        (?:\s+(?:date|period))?(?:\s+(?:as\s+of|from|since|on|beginning|starting|is))?
    | (?:(?:is|are|has\s+been|have\s+been)\s+)?(?:in|into)\s+(?:force|effect)
        (?:\s+(?:since|from|as\s+of|on))?
    | (?:comes?|coming|came|enter(?:s|ed)?)\s+into\s+(?:force|effect)(?:\s+on)?
    | (?:takes?|taking|took)\s+effect(?:\s+(?:on|from))?
    | (?:date\s+of\s+)?(?:entry\s+into\s+force|commencement)(?:\s+date)?
    | (?:valid|appl(?:ies|icable))\s+(?:since|from|as\s+of) | start\s+date
    | valid(?:ity)?(?:\s+period)?(?=\s*:)
    | (?:gültig|wirksam)\s+(?:ab|seit|vom)(?:\s+dem)?
    | in\s+kraft\s+(?:seit|ab|getreten\s+am)(?:\s+dem)?
    | gilt\s+(?:ab|seit)(?:\s+dem)? | inkrafttreten
    | tr(?:itt|eten)\s+(?:am|zum|mit)(?:\s+dem)?
    | (?:date\s+d['’]|version\s+)?(?:entrée\s+)?en\s+vigueur
        (?:\s+(?:depuis|à\s+compter\s+du|le|du|au))?(?:\s+le)?
    | (?:fecha\s+de\s+)?(?:entrada\s+en\s+vigor|vigencia)
    | (?:vigente|en\s+vigor)\s+(?:desde|a\s+partir\s+de)(?:\s+el)?
    | (?:data\s+di\s+)?(?:entrata\s+)?in\s+vigore(?:\s+dal?)?
    | em\s+vigor\s+(?:desde|a\s+partir\s+de) | data\s+de\s+(?:vigência|entrada\s+em\s+vigor)
    | (?:geldig|van\s+kracht)\s+(?:vanaf|sinds|per) | ingangsdatum
    | obowiązuje\s+od(?:\s+dnia)? | gäller\s+från(?:\s+den)? | gælder\s+fra | voimassa
    | yürürlük(?:\s+tarihi)? | în\s+vigoare\s+din | ισχύει\s+από | hatályos(?:\s+ettől)?
    | تاريخ\s+(?:السريان|النفاذ) | có\s+hiệu\s+lực\s+từ | набирає\s+чинності
    | berlaku\s+(?:sejak|mulai)
    | (?:вступает|вступления)\s+в\s+силу(?:\s+с)?
    | 施行日 | 発効日 | 生效(?:日期|时间|時間) | 시행(?:일|일자)"""
_OTHER = r"""
    (?:previous|prior|former|earlier|review\s+date|superse(?:des?|ded|ding)|replac(?:es?|ed|ing)|next
        |end(?:s|ing)?|expir(?:y|es|ing|ation)|terminat(?:es|ion)|due|until|vorherige|frühere|ersetzt|nächste|bis
        |précédente?|remplace|prochaine?|jusqu['’]au|anterior|sustituye|substitui|próxim[ao]|hasta
        |precedente|sostituisce|prossim[ao]|vorige|vervangt|volgende)
    (?:[\s:]+(?!(?:and|are|is|und|et)\b)[^\W\d_]+){0,4}?"""
"""What says that a day is that of another version, or one on which something ends."""
_SENTENCE_END = re.compile(r"[!?]$|[^\W\d_]{4,}\W*\.$")
_OTHER_WORD = re.compile(rf"\b{_OTHER}\b", re.VERBOSE | re.IGNORECASE)
_HOUR = (
    r"(?P<hour>(?:\d{1,2}(?::\d\d|(?=\s*[ap]\.?m\b))\s*(?:[ap]\.?m\.?)?|midnight|noon)"
    r"(?:\s+\(?[a-z]{2,4}\)?)?,?\s+on\s+)?"
)
_WEEKDAY = r"(?:(?:[a-z]+day|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+)?"
_FURTHER_DAY = DAY.replace("?P<mark>", "?P<sign>").replace("?P=mark", "?P=sign")
_AND = r"(?:\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*(?:and\s+)?)"
_PAIR = re.compile(
    rf"(?<![^\W\d_])(?:(?P<other>{_OTHER})|(?P<effective>{_EFFECTIVE})"
    rf"|(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))"
    r"(?:\s+of\s+(?:this|these|our|the)(?:\s+\w+){1,4}?)?(?P<aside>\s*\([^()\d]{1,40}\))?"
    rf"[\s:：,–—\[(_*-]*{_HOUR}{_WEEKDAY}(?:(?:the|this|le|el|il|den|ngày)\s+)?"
    rf"(?P<day>{DAY}(?:{_AND}{_FURTHER_DAY})*|\d{{1,2}}/\d{{4}}\b|(?:19|20)\d\d\b)",
    re.VERBOSE | re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(?P<day>{DAY})[\s.]*(?:(?P<effective>(?:から|より|부터)?\s*(?:施行|発効|生效|시행))"
    r"|(?P<published>制定|公布|发布|發布|제정)"
    r"|(?P<updated>(?:最終)?改[定訂正]|更新|修[订訂]|개정|수정))(?![^\W\d_])",
    re.IGNORECASE,
)
"""A day and what it is behind it, as in Japanese and Korean."""
_VERSION = re.compile(
    r"\b(?:version|v(?=\d))\s*:?\s*(?P<version>\d{4}-\d{2}-\d{2}\.v\d+|v?[\d.]*\d)", re.I
)
_FIGURE = re.compile(r"\d")
_ORDER = re.compile(
    r"[(\[](?:(?P<day_first>(?:dd?|tt|jj|day)[/.-](?:mm?|month))|(?:mm?|month)[/.-](?:dd?|day))"
    r"[/.-](?:y{2,4}|aaaa|jjjj|year)[)\]]",
    re.I,
)
"""What tells the order in which figures make a day."""
_DAY_FIRST_FIGURES = re.compile(
    r"\b(?P<day>\d\d?)[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<year>\d{4})\b"
)
_MONTH_FIRST_FIGURES = re.compile(
    r"\b(?P<month>0?[1-9]|1[0-2])[/-](?P<day>\d\d?)[/-](?P<year>\d{4})\b"
)
_KINDS = ("other", "effective", "published", "updated")
"""What a day is, by the groups of what bears it."""
_BETWEEN = re.compile(r"[\s|·•,;.()\[\]–—*_-]|\b(?:and|und|et|y|e|en|dated|vom|from|r|г)\b", re.I)


class Label(NamedTuple):
    """What a line says of its text.

    `is_whole` tells that it says nothing else, so that it need not stay in the text. `version` is
    what it calls its version, `updated` the last day on which it says that the text changed, or was
    published where it names no change (`is_publication`), `days` are all that it names. `is_guess`
    tells that it names a day, and that its words for that are not known.
    """

    is_whole: bool
    version: str
    updated: date | None
    effective: date | None
    days: tuple[WrittenDay, ...] = ()
    is_guess: bool = False
    is_publication: bool = False

    @property
    def faulty(self) -> tuple[WrittenDay, ...]:
        """The days that cannot be read."""
        return tuple(day for day in self.days if day.fault)

    @property
    def version_id(self) -> VersionId | None:
        """The version, where it is called as a help center does."""
        try:
            return VersionId.parse(self.version)
        except ValueError:
            return None


def label_of(text: str) -> Label | None:
    """Return what a line says of its version and days, None when it says nothing of them.

    A longer line, a paragraph of the text, is searched for days that bear a label.
    """
    if not _FIGURE.search(text):
        return None
    is_line = len(text) <= MAX_LABEL_LETTERS
    text = _with_clear_days(text[:MAX_SEARCHED_LETTERS])
    version = _number_of(text) if is_line else None
    rest = text.replace(version[0], " ", 1) if version else text
    others, effective, published, updated = _labelled_days(rest)
    has_days = any((published, updated, effective))
    rest = _DAY_FIRST.sub(" ", _PAIR.sub(_beside, rest))
    bare = _bare_day(rest) if version or not has_days else None
    if bare:
        updated, rest = [bare], ""
    is_all = not _BETWEEN.sub("", rest)
    number = version["version"] if version and is_all else ""
    if not any((has_days, bare, number)):
        return _guessed(text)
    says_more = not (is_all and is_line)
    is_whole = not says_more and (bare is None or number != "")
    days = (*published, *updated, *effective, *others)
    is_publication = _last(updated) is None
    last = _last(published if is_publication else updated)
    return Label(is_whole, number, last, _last(effective), days, is_publication=is_publication)


def _with_clear_days(text: str) -> str:
    """Return a line with its days written year first where it tells in which order they are."""
    order = _ORDER.search(text)
    if order is None:
        return text
    figures = _DAY_FIRST_FIGURES if order["day_first"] else _MONTH_FIRST_FIGURES
    return figures.sub(r"\g<year>-\g<month>-\g<day>", text.replace(order[0], " "))


def _guessed(text: str) -> Label | None:
    """Return what a short line with one day is taken to say, None where it may be a sentence."""
    days = list(days_in(text)) if len(text) <= MAX_GUESS_LETTERS else []
    if len(days) != 1 or _OTHER_WORD.search(text):
        return None
    if _SENTENCE_END.search(text.rpartition(days[0].text)[2]):
        return None
    words = re.findall(r"[^\W\d_]+", text.replace(days[0].text, " "))
    if len(words) > MAX_GUESS_WORDS:
        return None
    return Label(False, "", None, days[0].day, tuple(days), is_guess=True)


def _beside(pair: re.Match[str]) -> str:
    """Return what a label says beside its day: an hour, or for whom it is."""
    return f" {pair['aside'] or ''} {pair['hour'] or ''} "


def _number_of(text: str) -> re.Match[str] | None:
    """Return the number of a version in a line; figures that are a day, as a label says, are none.

    A version of a help center begins with a day.
    """
    days = [pair.span("day") for pair in _PAIR.finditer(text)]
    for number in _VERSION.finditer(text):
        at = number.start("version")
        if ".v" in number["version"] or not any(start <= at < end for start, end in days):
            return number
    return None


def _bare_day(text: str) -> WrittenDay | None:
    """Return the day that is all that a line says."""
    day = next(days_in(text), None)
    is_all = day is not None and not _BETWEEN.sub("", text.replace(day.text, " ", 1))
    return day if is_all else None


def _labelled_days(text: str) -> tuple[list[WrittenDay], ...]:
    """Return the days that bear a label, a list for each of the kinds that there are."""
    days: dict[str, list[WrittenDay]] = {kind: [] for kind in _KINDS}
    for pair in (*_PAIR.finditer(text), *_DAY_FIRST.finditer(_PAIR.sub(" ", text))):
        kind = next(kind for kind in _KINDS if pair.groupdict().get(kind))
        days[kind] += list(days_in(pair["day"])) or [WrittenDay(pair["day"], fault="names no day")]
    return tuple(days.values())


def _last(days: list[WrittenDay]) -> date | None:
    return max((written.day for written in days if written.day), default=None)
