"""Full addresses that lead to the site's own files, told from all others."""

from __future__ import annotations

import pytest

from gazette.record.attachments import LinkedPaths, linked_files
from gazette.text.links import paths
from gazette.text.markdown_settings import DEFAULT
from gazette.text.own_addresses import OwnSite, own_files, own_site, with_own_files

ROOT, BELOW = own_site("https://help.example.com/"), own_site("https://example.com/help")
PARAGRAPH = "Whoever writes to us gets an answer within two working days. " * 4


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://help.example.com/files/form.pdf", "files/form.pdf"),
        ("//help.example.com/files/form.pdf#page=2", "files/form.pdf"),
        ("HTTP://me@Help.Example.com.:443//files/./x/..\\a%20b.pdf?x", "files/a b.pdf"),
        (" https:\\\\help%2Eexample.com/\nform.pdf", "form.pdf"),
        ("https://help.example.com", ""),
        ("https://help.example.com/policies/terms/", "policies/terms/"),
        ("https://help.example.com/../../form.pdf", "form.pdf"),
        ("https://help.example.com:8000/form.pdf", None),
        ("https://example.com/form.pdf", None),
        ("https://help.example.com.evil.example/form.pdf", None),
        ("https://evil.example/help.example.com/form.pdf", None),
        ("mailto:us@help.example.com", None),
        ("/files/form.pdf", None),
        ("../files/form.pdf", None),
        ("", None),
    ],
)
def test_addresses_of_a_site(address: str, path: str | None) -> None:
    assert ROOT is not None
    assert ROOT.path_of(address) == path


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://example.com/help/files/form.pdf", "files/form.pdf"),
        ("//example.com/files/../help/form.pdf", "form.pdf"),
        ("https://example.com/help/../form.pdf", None),
        ("https://example.com/helpful/form.pdf", None),
    ],
)
def test_addresses_of_a_site_in_a_folder(address: str, path: str | None) -> None:
    assert BELOW is not None
    assert BELOW.path_of(address) == path


def test_a_site_without_an_address_has_none() -> None:
    assert own_site("") is None


@pytest.mark.parametrize("name", ["müller.example", "xn--mller-kva.example"])
def test_names_in_own_letters(name: str) -> None:
    site = own_site(f"https://{name}/")
    assert site == OwnSite("xn--mller-kva.example", "", "/")
    for other in ("müller.example", "xn--mller-kva.example"):
        assert site.path_of(f"https://{other}/a.pdf") == "a.pdf"
        assert site.is_named_in(f"[a](https://{other}/a.pdf)")


FORM = "https://help.example.com/files/form.pdf"


@pytest.mark.parametrize(
    "source",
    [
        f"[the form]({FORM})",
        f"<{FORM}> or {FORM}.",
        f"[form][]\n\n> [form]: <{FORM}>",
        f'<a title="t" href="{FORM}#page=2">form</a>',
        "[form](//help.example.com/files/form.pdf 'Form')",
        r"[form](https://help\.example&#46;com/files/form.pdf)",
    ],
)
def test_files_that_full_addresses_name(source: str) -> None:
    body = f"{PARAGRAPH}\n\n## Form\n\n{source}\n\n{PARAGRAPH}\n"
    for site, files in ((ROOT, ("files/form.pdf",)), (BELOW, ()), (None, ())):
        links = LinkedPaths(DEFAULT, site)(f"---\ntitle: Terms\n---\n{body}".encode())
        assert linked_files(links, "de/terms") == files


@pytest.mark.parametrize(
    "source",
    [
        "[pages](https://help.example.com/policies/terms/) https://help.example.com",
        "[page](https://help.example.com/policies/terms.md) ",
        "`https://help.example.com/files/form.pdf`",
        "[else](https://example.com/files/form.pdf)",
        "[none](https://help.example.com/.git/config.pdf)",
    ],
)
def test_what_is_no_file_of_the_site(source: str) -> None:
    links = LinkedPaths(DEFAULT, ROOT)(f"---\ntitle: Terms\n---\n{source}".encode())
    assert linked_files(links, "terms") == ()


def test_an_encoded_slash_leads_to_no_file_of_the_machine() -> None:
    links = [*paths('<a href="%2Fetc%2Fhosts.pdf">x</a>')]
    assert linked_files(links, "terms") == ("etc/hosts.pdf",)


def test_addresses_that_lead_to_what_was_archived() -> None:
    assert ROOT is not None
    html = (
        f'<a title="t" href="{FORM}#a&amp;b">x</a> <a href="//help.example.com/b.pdf">y</a> '
        f'<a class="gz-page" href="{FORM}">z</a> <a href="../c.pdf">c</a>'
    )
    archived = {"files/form.pdf": "files/form.pdf"}
    assert with_own_files(html, ROOT, archived.get) == html.replace(f'"{FORM}#', '"files/form.pdf#')
    assert [path for _, path in own_files(html, ROOT)] == ["files/form.pdf", "b.pdf"]
