"""Any two versions, compared in the browser: exact, with the sections of built redlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route

from commands import PROJECT
from comparisons import compare, faults, publish, statuses
from gazette.model import Policy, Slug, Status
from gazette.site.fragments import body_of
from gazette.text.frontmatter import body_of as below_front_matter
from gazette.text.reader import read_document
from published import html as html_of
from published import policy, published, tree, version
from visits import OpenTab, served

FIRST = """\
These terms are for everybody who uses the service, wherever they live.

## 1. Fees

A fee of €12 is due on the first day of each month. You pay by card, by transfer or by
direct debit. We don't charge anything else.

- Reminders cost €5 each, and are sent two weeks after the day on which the fee was due.
- Reports cost nothing.

| Plan  | Fee | Term  |
| ----- | --- | ----- |
| Small | €3  | month |
| Large | €9  | year  |

## 2. Law

The law of the country in which you live applies to these terms. Courts there decide.

## 3. 通知

当社は、この規約を変更することがあります。変更は三十日前に知らせます。

## 4. إشعار

نرسل إليك إشعارًا قبل ثلاثين يومًا من أي تغيير في هذه الشروط.

## 5. Contact

Write to help@example.com, or call 0800 123 456 from Monday to Friday.
"""
AMENDED = (
    FIRST.replace("€12 is due on the first day", "€14 is due on the last day")
    .replace("| Large | €9  | year  |", "| Large | €9  | month |\n| Huge  | €30 | year  |")
    .replace("三十日前", "十四日前に電子メールで")
    .replace("ثلاثين يومًا", "أربعة عشر يومًا")
)
SPLIT = AMENDED.replace("- Reminders", "## 2. Reminders\n\n- Reminders").replace(
    "## 2. Law", "## 3. Law and Courts"
)
WITHOUT = re.sub(r"## 5\. Contact\n.*", "", SPLIT, flags=re.S).replace(
    "| Plan  | Fee | Term  |\n| ----- | --- | ----- |", "| Plan | Price | Term | Note |\n|-|-|-|-|"
)
MOVED = re.sub(
    r"(## 1\. Fees.*?)(## 2\. Rem.*?)(## 3\. Law.*?)(?=## 3\. 通)", r"\3\1\2", WITHOUT, flags=re.S
)
BACK = FIRST.replace("## 5. Contact", "## 5. How to “contact” us").replace("don't", "don’t")
STRANGE = FIRST.replace("\n\n", "\n\n---\n\n", 1).replace(
    "## 2. Law", "###\n\nNo name.\n\n## 2.Law"
)
TEXTS = (FIRST, AMENDED, SPLIT, WITHOUT, MOVED, BACK, STRANGE)


def history(*texts: str) -> Policy:
    """A policy whose versions have these texts, the last in force."""
    ids = [f"2026-{1 + at // 28:02}-{1 + at % 28:02}.v1" for at in range(len(texts))]
    *earlier, last = zip(ids, texts, strict=True)
    return policy(*(version(name, text) for name, text in earlier), version(*last, Status.IN_FORCE))


def pairs_of(terms: Policy) -> list[tuple[str, str]]:
    return [(str(old.id), str(new.id)) for old, new in combinations(terms.versions, 2)]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def other_tab(open_tab: OpenTab) -> Page:
    """A tab that has loaded nothing: another site may stand at the address of an earlier one."""
    return open_tab()


@pytest.fixture(scope="module")
def terms() -> Policy:
    return history(*TEXTS)


@pytest.fixture(scope="module")
def address(terms: Policy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    publish(terms, folder)
    with served(folder) as found_at:
        yield found_at


def test_all_pairs_of_a_history_are_exact(tab: Page, address: str, terms: Policy) -> None:
    texts = {str(item.id): read_document(body_of(item)) for item in terms.versions}
    for (old, new), compared in zip(
        pairs_of(terms), compare(tab, address, terms, pairs_of(terms)), strict=True
    ):
        assert compared.is_exact
        assert faults(compared.html, texts[old], texts[new]) == []


def test_neighbours_have_the_sections_of_their_redline(
    tab: Page, address: str, terms: Policy
) -> None:
    pairs = [(str(old.id), str(new.id)) for old, new in pairwise(terms.versions[:-1])]
    site = published(terms)
    for (_, new), compared in zip(pairs, compare(tab, address, terms, pairs), strict=True):
        built = statuses(html_of(site[f"policies/terms/changes/{new}/"]))
        assert compared.sections == built


def test_items_have_the_numbers_that_readers_know(other_tab: Page, tmp_path: Path) -> None:
    text = "## 1. Duties\n\n4. Keep the key.\n5. Lock the door.\n\n- Greet the neighbours.\n"
    terms = history(text, text.replace("the key", "both keys"))
    publish(terms, tmp_path)
    with served(tmp_path) as address:
        (compared,) = compare(other_tab, address, terms, pairs_of(terms))
    shown = tree(compared.html)
    numbers = [(item.get("value"), item.text_content()) for item in shown.xpath("//ol/li[@value]")]
    assert [number for number, _ in numbers] == ["4", "5"]
    assert "both keys" in numbers[0][1]
    assert numbers[1][1] == "Lock the door."
    assert [item.text_content() for item in shown.xpath("//ul/li[@data-new]")] == [
        "Greet the neighbours."
    ]


def test_golden_texts_are_exact_whatever_follows_them(other_tab: Page, tmp_path: Path) -> None:
    files = sorted((PROJECT / "tests/golden").glob("*/*.md"))
    texts = [below_front_matter(path.read_text("utf-8")) for path in files]
    terms = history(*texts)
    publish(terms, tmp_path)
    documents = {str(item.id): read_document(body_of(item)) for item in terms.versions}
    pairs = pairs_of(terms)[:: 1 if len(texts) < 20 else 7]
    with served(tmp_path) as address:
        for (old, new), compared in zip(
            pairs, compare(other_tab, address, terms, pairs), strict=True
        ):
            assert compared.is_exact
            assert faults(compared.html, documents[old], documents[new]) == []


ALPHABET = """
a fee of €12 don't don’t e-mail 1.5% e.g. (b) № . , ; : 。 “ ” " [ / ... § 5(a) 1'000 0 <b> &amp;
you@example.com https://a.example/x. 2026-03-12 変更 する إشعار تغيير กฎ नियम é ﬁ İ ß 𝒜
"""
UNUSUAL = ("e\u0301", "x\u00ad", "\u200bzero", "\ufffc", "\u202e", "\U0001f469\u200d\U0001f467")
PIECES = (*ALPHABET.split(), *UNUSUAL, "Section 4.2", "12 March 2026", "1 000")
TEXT = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from((" ", " ", " ", ""))),
    max_size=24,
).map(lambda pairs: "".join(map("".join, pairs)).strip())
RUNS = """async (pairs) => {
  const { compareWords, fold } = await import("/assets/javascripts/compare/words.js");
  const side = (runs, left) =>
    fold(runs.filter(([op]) => op !== left).map(([, words]) => words).join(""));
  return pairs.map(([old, now]) => {
    const runs = compareWords(old, now);
    return [side(runs, "+") === fold(old), side(runs, "-") === fold(now), runs];
  });
}"""


@settings(max_examples=25)
@given(pairs=st.lists(st.tuples(TEXT, TEXT), min_size=12, max_size=24))
def test_words_are_exact_whatever_they_are(
    tab: Page, address: str, pairs: list[tuple[str, str]]
) -> None:
    tab.goto(f"{address}policies/terms/versions/")
    folded = [(" ".join(old.split()), " ".join(new.split())) for old, new in pairs]
    for (old, new), (is_old, is_new, runs) in zip(folded, tab.evaluate(RUNS, folded), strict=True):
        assert is_old, (old, new, runs)
        assert is_new, (old, new, runs)
        assert all(op != before for (op, _), (before, _) in pairwise(runs)), runs


READ = (
    ("of €12 (b)", "of €14 (b)", "=of ", "-€12", "+€14", "= (b)"),
    ("on 1 May 2026 at noon", "on 1 May 2026, at noon", "=on 1 May 2026", "+,", "= at noon"),
    ("in Section 4.2 of", "in Section 4.3 of", "=in ", "-Section 4.2", "+Section 4.3", "= of"),
    ("we don't sell", "we don’t sell", "=we don’t sell"),
    ("It is a fee.", "It is a high fee.", "=It is a ", "+high ", "=fee."),
    ("It is a high fee.", "It is a fee.", "=It is a ", "-high ", "=fee."),
    ("one)two", "one) two", "=one)", "+ ", "=two"),
    ("三十日前に", "十四日前に", "-三十", "+十四", "=日前に"),
    (
        "The quick fox and the dog met here. Stay.",
        "A slow cat and a bird left there. Stay.",
        "-The quick fox and the dog met here",
        "+A slow cat and a bird left there",
        "=. Stay.",
    ),
)


@pytest.mark.parametrize("pair", READ, ids=[pair[0] for pair in READ])
def test_words_are_marked_as_a_reader_can_follow(
    tab: Page, address: str, pair: tuple[str, ...]
) -> None:
    tab.goto(f"{address}policies/terms/versions/")
    old, new, *expected = pair
    ((_, _, runs),) = tab.evaluate(RUNS, [[old, new]])
    assert [op + words for op, words in runs] == expected


def opened(tab: Page, address: str, query: str) -> str:
    """Open the page that compares, and return what it says."""
    tab.goto(f"{address}policies/terms/compare/{query}", wait_until="networkidle")
    return tab.locator("[role=status]").inner_text()


SENTENCES = {
    "": "Choose two versions to compare.",
    "?from=2026-01-01.v1": "Choose the other version, too.",
    "?to=2026-01-01.v1&from=": "Choose the other version, too.",
    "?from=2026-01-01.v1&to=<b>x": (
        "There is no version <b>x of this policy. Choose from the lists."
    ),
    "?from=2026-01-02.v1&to=2026-01-02.v1": (
        "Both are version 2026-01-02.v1: nothing changed. Choose two that differ."
    ),
    "?from=2026-01-01.v1&to=2026-01-03.v1": (
        "Compared: version 2026-01-01.v1 with version 2026-01-03.v1."
    ),
    "?from=2026-01-03.v1&to=2026-01-01.v1": (
        "Version 2026-01-03.v1 is the later one, so this shows what changed from 2026-01-01.v1 to "
        "2026-01-03.v1. Compared: version 2026-01-01.v1 with version 2026-01-03.v1."
    ),
}


@pytest.mark.parametrize("query", SENTENCES)
def test_whatever_is_asked_for_has_a_sentence(tab: Page, address: str, query: str) -> None:
    assert opened(tab, address, query) == SENTENCES[query]
    assert tab.locator(".gz-redline").count() == ("Compared" in SENTENCES[query])


def test_a_choice_leads_to_its_comparison(tab: Page, address: str) -> None:
    opened(tab, address, "")
    assert (
        tab.locator("select[name=to] option").all_inner_texts()[1]
        == "2026-01-07.v1, from 7 January 2026"
    )
    tab.locator("select[name=from]").select_option("2026-01-01.v1")
    tab.locator("select[name=to]").select_option("2026-01-04.v1")
    tab.get_by_role("button", name="Compare").click()
    tab.locator(".gz-redline").wait_for()
    assert tab.url == f"{address}policies/terms/compare/?from=2026-01-01.v1&to=2026-01-04.v1"
    assert tab.locator("select[name=from]").input_value() == "2026-01-01.v1"
    tab.locator(".gz-jump summary").first.click()
    tab.locator(".gz-jump a").last.click()
    tab.keyboard.press("n")
    assert tab.locator(".gz-current").is_visible()


@pytest.mark.parametrize(
    ("query", "ready"),
    [
        ("?from=2026-01-02.v1&to=2026-01-03.v1", "../changes/2026-01-03.v1/"),
        ("?from=2026-01-02.v1&to=2026-01-07.v1", "../since/2026-01-02.v1/"),
        ("?from=2026-01-02.v1&to=2026-01-04.v1", None),
    ],
)
def test_a_redline_that_is_ready_is_offered_first(
    tab: Page, address: str, query: str, ready: str | None
) -> None:
    opened(tab, address, query)
    links = tab.locator(".gz-compared > p a")
    assert [link.get_attribute("href") for link in links.all()] == [ready] * (ready is not None)
    if ready:
        response = tab.goto(f"{address}policies/terms/compare/{ready}")
        assert response
        assert response.ok


def test_only_the_records_that_it_takes_are_loaded(open_tab: OpenTab, address: str) -> None:
    tab = open_tab()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    opened(tab, address, "?from=2026-01-02.v1&to=2026-01-03.v1")
    records = [url.rpartition("/")[2] for url in asked if url.endswith(".json")]
    brought = ["2026-01-01.v1.json", "2026-01-02.v1.json", "2026-01-03.v1.json"]
    assert sorted(records) == brought


def test_a_record_that_cannot_be_loaded_is_said(open_tab: OpenTab, address: str) -> None:
    tab = open_tab()
    tab.route("**/2026-01-03.v1.json", lambda route: route.abort())
    sentence = opened(tab, address, "?from=2026-01-02.v1&to=2026-01-03.v1")
    assert sentence.startswith("The record of version 2026-01-03.v1 could not be loaded (")
    assert sentence.endswith("Check your connection, then load this page again.")
    assert not tab.locator(".gz-redline").count()


def test_marks_that_are_not_exact_are_never_shown(open_tab: OpenTab, address: str) -> None:
    """Both wordings stand there instead, whatever the words of the library are worth."""

    def broken(route: Route) -> None:
        script = route.fetch().text()
        assert "count: last.count + 1" in script
        body = script.replace("count: last.count + 1", "count: last.count")
        route.fulfill(body=body, content_type="text/javascript")

    tab = open_tab()
    tab.route("**/vendor/jsdiff/base.js", broken)
    opened(tab, address, "?from=2026-01-01.v1&to=2026-01-04.v1")
    assert not tab.locator("ins, del").count()
    assert "would not be exactly what both versions say" in tab.locator(".gz-note").inner_text()
    before, after = tab.locator(".gz-source").all_inner_texts()
    assert "A fee of €12" in before
    assert "A fee of €14" in after


def test_without_a_script_the_redlines_that_are_ready_are_listed(
    open_tab: OpenTab, address: str
) -> None:
    tab = open_tab(java_script_enabled=False)
    tab.goto(f"{address}policies/terms/compare/")
    assert not tab.locator("form").is_visible()
    links = tab.locator(".gz-ready a:visible")
    assert links.count() >= 12
    assert {link.get_attribute("href") for link in links.all()} >= {"../changes/2026-01-02.v1/"}


def test_words_that_look_like_markup_stay_words(other_tab: Page, tmp_path: Path) -> None:
    payload = "It is `<img src=x onerror=alert(1)>` and &lt;script>alert(1)&lt;/script> here."
    terms = history("## &lt;b>1\n\nIt is.\n", f"## &lt;i>1\n\n{payload}\n", f"{payload}\n")
    publish(terms, tmp_path)
    with served(tmp_path) as address:
        opened(other_tab, address, "?from=2026-01-01.v1&to=2026-01-02.v1")
        result = other_tab.locator(".gz-compared")
        assert "<img src=x onerror=alert(1)>" in result.inner_text()
        assert not result.locator("img, script, b, i").count()


def test_a_former_name_leads_to_the_same_comparison(other_tab: Page, tmp_path: Path) -> None:
    terms = replace(history(FIRST, SPLIT), former_slugs=(Slug("rules"),))
    publish(terms, tmp_path)
    with served(tmp_path) as address:
        other_tab.goto(f"{address}policies/rules/compare/?from=2026-01-01.v1&to=2026-01-02.v1")
        other_tab.locator(".gz-redline").wait_for()
        assert "/policies/terms/compare/?from=" in other_tab.url


@pytest.mark.parametrize("page", ["", "index.html"])
def test_a_site_below_another_address_compares(other_tab: Page, tmp_path: Path, page: str) -> None:
    publish(history(FIRST, SPLIT), tmp_path / "help/center")
    with served(tmp_path) as address:
        path = f"help/center/policies/terms/compare/{page}?from=2026-01-01.v1&to=2026-01-02.v1"
        other_tab.goto(f"{address}{path}")
        other_tab.locator(".gz-redline .gz-there").first.click()
        assert other_tab.url.startswith(
            f"{address}help/center/policies/terms/versions/2026-01-02.v1/#"
        )


def test_one_version_has_nothing_to_be_compared_with() -> None:
    assert not any("/compare/" in address for address in published(history(FIRST)))
    archive = published(history(FIRST))["policies/terms/versions/"]
    assert "Compare any two" not in html_of(archive)
    assert "Compare any two" in html_of(published(history(FIRST, SPLIT))[archive.address])


CARETAKER = "The caretaker opens the workshop at nine on working days and at ten on Saturdays."
KEYS = "Keys hang behind the desk."
SHELVES = [f"Shelf {name} holds tools that only the caretaker may lend out." for name in "ABCD"]
RULES = {
    "Fees": "A fee of three coins is due each month, and nobody pays twice for it.",
    "Tools": "Hammers and saws are lent for a week to members. Bring them back.",
    "Law": "Courts decide where you live, and nowhere else in the world.",
}


def rules(names: list[str], **more: str) -> str:
    return "\n\n".join(f"## {name}\n\n{RULES[name]}\n\n{more.get(name, '')}" for name in names)


WHOLE = ["Fees", "Tools", "Law"]
MOVED_TEXTS = {
    "section": (rules(WHOLE), rules(["Law", "Fees", "Tools"])),
    "first section": (rules(WHOLE), rules(["Tools", "Law", "Fees"])),
    "paragraph": (rules(WHOLE, Fees=KEYS), rules(WHOLE, Law=KEYS)),
    "amended paragraph": (
        rules(WHOLE, Law=CARETAKER),
        rules(WHOLE, Fees=CARETAKER.replace("ten", "eleven")),
    ),
    "within": (
        f"## Shelves\n\n{chr(10).join(SHELVES)}".replace("\n", "\n\n"),
        f"## Shelves\n\n{chr(10).join(SHELVES[1:] + SHELVES[:1])}".replace("\n", "\n\n"),
    ),
    "item": (
        rules(WHOLE, Fees=f"- {KEYS}\n- Be kind."),
        rules(WHOLE, Tools=f"- {KEYS}", Fees="- Be kind."),
    ),
}
MARKS = "//*[@class='gz-origin' or @class='gz-note' or starts-with(@id, 'from-')]"


@pytest.mark.parametrize("case", MOVED_TEXTS)
def test_what_moved_is_reported_as_in_the_redline(
    other_tab: Page, tmp_path: Path, case: str
) -> None:
    terms = history(*MOVED_TEXTS[case])
    publish(terms, tmp_path)
    old, new = (str(item.id) for item in terms.versions)
    with served(tmp_path) as address:
        (compared,) = compare(other_tab, address, terms, [(old, new)])
    assert compared.is_exact
    built = tree(html_of(published(terms)[f"policies/terms/changes/{new}/"]))
    page = tree(compared.html)
    notes = [mark.text_content() for mark in page.xpath(MARKS)]
    assert notes == [mark.text_content() for mark in built.xpath(MARKS)]
    assert any("stood" in words for words in notes)
    links = page.xpath("//a[contains(@href, '#from-') or contains(@href, '#to-')]/@href")
    assert {unquote(link[1:]) for link in links} <= set(page.xpath("//@id"))


NOTES = """//*[self::gz-s or self::gz-b or @class='gz-counts' or @class='gz-origin'
  or contains(@class, 'gz-quiet') or @class='gz-note' or @id='redline' or self::summary]"""


@pytest.mark.parametrize("language", ["de", "fr", "es", "ar", "ja"])
def test_every_language_says_what_built_redlines_say(
    other_tab: Page, tmp_path: Path, language: str
) -> None:
    """Of two texts with moved, new, removed, renumbered and many unchanged sections."""
    old = f"{rules(WHOLE)}\n\n" + "\n\n".join(f"## Part {n}\n\nText {n} stays." for n in range(12))
    new = rules(["Law", "Fees", "Tools"], Law=KEYS).replace("## Tools", "## 3. Tools") + (
        "\n\n" + "\n\n".join(f"## Part {n}\n\nText {n} stays." for n in range(9))
    )
    names = "2026-01-05.v1", "2026-02-05.v1"
    first, last = (version(*pair, lang=language) for pair in zip(names, (old, new), strict=True))
    terms = policy(first, replace(last, status=Status.IN_FORCE))
    publish(terms, tmp_path)
    with served(tmp_path) as address:
        (compared,) = compare(other_tab, address, terms, [names])
    built = tree(html_of(published(terms)[f"policies/terms/changes/{names[1]}/"]))
    (redline,) = built.xpath("//*[@class='gz-redline']")
    texts = [
        {" ".join(element.text_content().split()) for element in page.xpath(NOTES)}
        for page in (tree(compared.html), redline)
    ]
    assert compared.is_exact
    assert texts[0] - texts[1] == set()
    assert not any("unchanged" in words for words in texts[0])
