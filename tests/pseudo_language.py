"""A help center whose policies are in Greek letters, and every sentence of the engine in marks.

What stands in Latin letters outside the marks is a sentence that no catalogue has.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from commands import PROJECT, git, left_out
from editing import edit
from repositories import Project
from showcase import FOOT, STEPS

OPEN, CLOSE = "⟦", "⟧"
PATCH = f'''\
"""Puts every message into marks, in every process of a build."""

from gazette import language


class Marked(language.NullTranslations):
    def gettext(self, message):
        return f"{OPEN}{{message}}{CLOSE}"

    def ngettext(self, singular, plural, number):
        return self.gettext(singular if number == 1 else plural)

    def pgettext(self, context, message):
        return self.gettext(message)


class MarkedLanguage(language.Language):
    def day(self, day):
        return f"{OPEN}{{super().day(day)}}{CLOSE}"

    def list(self, names):
        return language.Markup("{OPEN}{{}}{CLOSE}").format(super().list(names))


language._translations = lambda name: Marked()
language.Language = MarkedLanguage
language._translations.cache_clear = lambda: None
language.reload_languages()
language.ENGLISH = language.language_of("en")
'''
GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπθρστυωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΣΧΥΖ",
)
KEPT = re.compile(
    r"(^(?:version|updated|effective|change|lang|formerly|translates|notice_days):.*$|^[a-z_]+:"
    r"|\]\([^)]*\)|<[^>]*>|\{[^}]*\}|\S+@\S+|https?://\S+)",
    re.M,
)
"""What is no word of a policy: keys, links, tags, code, addresses."""
OWN_SETTINGS = re.compile(
    r"^(\s*(?:- )?(?:site_name|site_description|name|company|permalink_title): |      - )"
    r"(?!material|en$|search)(.+)$",
    re.M,
)
"""The company's own words in `mkdocs.yml`."""


def in_greek(text: str) -> str:
    """Return a policy with its words in Greek letters."""
    parts = KEPT.split(text)
    parts[::2] = [part.translate(GREEK) for part in parts[::2]]
    return "".join(parts)


def write_center(folder: Path) -> Path:
    """Make a help center of the sample and the showcase in Greek letters, day by day."""
    shutil.copytree(PROJECT, folder, ignore=left_out(PROJECT), dirs_exist_ok=True)
    for name in ("docs/policies", "versions"):
        shutil.rmtree(folder / name)
    for path in (folder / "docs/index.md", folder / "mkdocs.yml"):
        text = path.read_text("utf-8")
        written = OWN_SETTINGS.sub(lambda match: match[1] + match[2].translate(GREEK), text)
        path.write_text(written if path.suffix == ".yml" else in_greek(text), "utf-8")
    edit(folder, "    support:", f"{FOOT}    support:", "mkdocs.yml")
    (folder / "docs/imprint.md").write_text(in_greek("# Imprint\n\nAn address.\n"), "utf-8")
    (folder / "sitecustomize.py").write_text(PATCH, "utf-8")
    git(folder, "init", "-q", "-b", "main")
    project = Project(folder)
    held: set[str] = set()
    for day, files, is_whole in _steps():
        for name in held - files.keys() if is_whole else ():
            (project.policies / name).unlink()
        held = set(files) if is_whole else held
        for name, text in files.items():
            (project.policies / name).write_text(in_greek(text), "utf-8")
        project.commit(day)
    return folder


def _steps() -> Iterator[tuple[str, dict[str, str], bool]]:
    """Yield what is posted on each day, and whether what it lacks of the showcase is retired."""
    steps: list[tuple[str, dict[str, str], bool]] = []
    for step in STEPS.iterdir():
        files = {file.name: file.read_text("utf-8") for file in step.iterdir()}
        steps.append((step.name.partition("-")[2], files, True))
    for path in [*PROJECT.glob("versions/*/*.md"), *PROJECT.glob("docs/policies/*.md")]:
        text = path.read_text("utf-8")
        day = re.findall(r"^updated: (.*)$", text, re.M)[0]
        slug = path.stem if path.parent.name == "policies" else path.parent.name
        steps.append((day, {f"{slug}.md": text}, False))
    yield from sorted(steps, key=lambda step: step[0])


UNSEEN = {"script", "style", "code", "pre", "template", "svg"}
SHARED = {"description", "og:title", "og:description", "og:site_name", "og:image:alt"}
SPOKEN = ("title", "aria-label", "alt", "placeholder")
ADDRESSES = re.compile(r"https?://\S+|\S+@\S+|\S+\.(?:md|json|xml)\b|gazette/\S+")
LATIN = re.compile(r"[A-Za-z]{2,}")


def unmarked(page: str, theme_words: frozenset[str]) -> list[str]:
    """Return what readers of a page see, hear or find of it that stands in no marks.

    `theme_words` are those of the theme's own catalogue.
    """
    root: Any = html.document_fromstring(page)
    strings = ["".join(_outside(_texts(root.body, theme_words)))]
    strings += [" ".join(root.xpath("//title/text()"))]
    strings += [meta.get("content") for meta in root.iter("meta") if _describes(meta)]
    for name in SPOKEN:
        strings += [value for value in root.xpath(f"//@{name}") if value not in theme_words]
    return [
        " ".join(line.split())
        for string in strings
        for line in ADDRESSES.sub("", "".join(_outside(string))).split("\n")
        if LATIN.search(line)
    ]


def _describes(meta: HtmlElement) -> bool:
    """Tell whether an element of the head is a text for people."""
    name = meta.get("name") or meta.get("property") or ""
    return name in SHARED


def _texts(element: HtmlElement, theme_words: frozenset[str]) -> Iterator[str]:
    """Yield the texts of an element in their order, elements between them as ends of lines."""
    if isinstance(element.tag, str) and element.tag not in UNSEEN:
        yield "" if (element.text or "").strip() in theme_words else element.text or ""
        for child in element:
            yield from _texts(child, theme_words)
            yield "\n"
            yield "" if (child.tail or "").strip() in theme_words else child.tail or ""


def _outside(letters: Iterable[str]) -> Iterator[str]:
    """Yield the letters that stand in no marks."""
    depth = 0
    for letter in "".join(letters):
        depth += (letter == OPEN) - (letter == CLOSE)
        if depth == 0 and letter != CLOSE:
            yield letter
