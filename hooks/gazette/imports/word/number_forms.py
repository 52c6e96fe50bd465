"""The forms in which Word writes a number: Roman, `01`, `First`, `一`, `①`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from gazette.text.numbers import written

LIST_STYLES = {
    "decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip
"""How a list in HTML calls the forms of numbers that it has, too."""

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_ENGLISH = ("ordinal", "cardinalText", "ordinalText")
_CHICAGO = "*†‡§"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_KATAKANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_DIGITS = "〇一二三四五六七八九"
_KOREAN = "영일이삼사오육칠팔구"


@dataclass(frozen=True)
class _Counting:
    """How numbers are written as they are spoken: a digit before each power of ten, from 10 on.

    `silent` are the powers before which a 1 is not written, `silent_first` those before which it
    is not where they begin the number. `zero` stands for powers that are passed over.
    """

    digits: str
    powers: str
    zero: str = ""
    silent: str = ""
    silent_first: str = ""


_CHINESE = _Counting("一二三四五六七八九", "十百千万", zero="零", silent_first="十")
_JAPANESE = _Counting("一二三四五六七八九", "十百千万", silent="十百千")
_LEGAL = _Counting("壹贰叁肆伍陆柒捌玖", "拾佰仟万", zero="零")
_LEGAL_OLD = _Counting("壹貳參肆伍陸柒捌玖", "拾佰仟萬", zero="零")


def in_form(value: int, form: str, language: str = "") -> str | None:
    """Return a number as a form of Word's (`upperRoman`) writes it, None where that is not known.

    Numbers in words are known for English only, which an empty `language` is taken for.
    """
    if form in _ENGLISH and language and not language.lower().startswith("en"):
        return None
    write = _FORMS.get(form)
    return None if write is None else write(value)


def _english(value: int) -> str:
    """Return a number up to 999 in English words, a higher one in digits."""
    if value < 20:
        return _ONES[max(value, 0)]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return f"{_ONES[hundreds]} hundred" + (f" {_english(rest)}" if rest else "")
    return str(value)


def _ordinal_words(value: int) -> str:
    words = _english(value)
    head, last = words[: -len(_last(words))], _last(words)
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def _last(words: str) -> str:
    return words.replace("-", " ").split()[-1]


def _ordinal(value: int) -> str:
    is_teen = value % 100 in (11, 12, 13)
    return f"{value}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _cycle(letters: str) -> Callable[[int], str]:
    """Return what writes the letters of an alphabet, and after the last one each twice."""

    def write(value: int) -> str:
        round_, place = divmod(value - 1, len(letters))
        return letters[place] * (round_ + 1) if value > 0 else str(value)

    return write


def _from(first: str, count: int) -> Callable[[int], str]:
    """Return what writes signs that follow each other in Unicode, digits beyond the last one."""

    def write(value: int) -> str:
        return chr(ord(first) + value - 1) if 0 < value <= count else str(value)

    return write


def _padded(length: int) -> Callable[[int], str]:
    return lambda value: f"{value:0{length}}"


def _digits(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(digit)] for digit in str(value))


def _spoken(counting: _Counting) -> Callable[[int], str]:
    """Return what writes numbers up to 99,999 as they are spoken, higher ones in digits."""

    def write(value: int) -> str:
        if not 0 < value < 10 ** (len(counting.powers) + 1):
            return str(value)
        text, is_passed_over = "", False
        for power in range(len(counting.powers), -1, -1):
            digit = value // 10**power % 10
            if digit:
                text += counting.zero * is_passed_over + _with_power(digit, power, counting, text)
            is_passed_over = bool(text) and not digit
        return text

    return write


def _with_power(digit: int, power: int, counting: _Counting, before: str) -> str:
    sign = counting.powers[power - 1] if power else ""
    silent = counting.silent if before else counting.silent + counting.silent_first
    return sign if digit == 1 and sign and sign in silent else counting.digits[digit - 1] + sign


_FORMS: Mapping[str, Callable[[int], str]] = {
    **{form: partial(written, style=style) for form, style in LIST_STYLES.items()},
    "decimalHalfWidth": str,
    "decimalZero": _padded(2),
    **{f"decimalZero{length}": _padded(length) for length in range(2, 6)},
    "hex": lambda value: f"{value:X}",
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "cardinalText": lambda value: _english(value).capitalize(),
    "ordinalText": lambda value: _ordinal_words(value).capitalize(),
    "chicago": _cycle(_CHICAGO),
    "russianLower": _cycle(_RUSSIAN),
    "russianUpper": _cycle(_RUSSIAN.upper()),
    "hebrew2": _cycle(_HEBREW),
    "arabicAlpha": _cycle(_ARABIC),
    "aiueoFullWidth": _cycle(_KATAKANA),
    "irohaFullWidth": _cycle(_IROHA),
    "ganada": _cycle(_GANADA),
    "chosung": _cycle(_CHOSUNG),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _digits("０１２３４５６７８９")),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _from("①", 20)),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand"), _digits(_DIGITS)),
    "taiwaneseDigital": _digits("○一二三四五六七八九"),
    "koreanDigital": _digits(_KOREAN),
    "koreanDigital2": _digits("零一二三四五六七八九"),
    "japaneseCounting": _spoken(_JAPANESE),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand"), _spoken(_CHINESE)),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand"), _spoken(_CHINESE)),
    "chineseLegalSimplified": _spoken(_LEGAL),
    "ideographLegalTraditional": _spoken(_LEGAL_OLD),
}
