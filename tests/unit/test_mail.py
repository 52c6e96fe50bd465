"""Mails in files: what was written arrives, attachments are named."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from gazette.errors import SourceError
from gazette.imports.batch import ImportedPolicy
from gazette.imports.mail import is_mail
from gazette.imports.mime_parts import text_of_part
from gazette.imports.page_import import read_page
from gazette.text.markdown_settings import DEFAULT

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def mail(subject: str = "Fwd: Re: Delivery terms") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ann <ann@acme.example>"
    message["To"] = "all@acme.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 03 Feb 2026 23:30:00 -0800"
    message["Message-ID"] = "<1@acme.example>"
    return message


def imported(data: bytes, name: str = "terms.eml") -> tuple[ImportedPolicy, str]:
    policy = read_page(name, data, date(2026, 11, 23), DEFAULT)
    return policy, policy.newest.read().decode()


def test_plain_text() -> None:
    message = mail("Rücksendung und mehr")
    message.set_content("Dear all,\n\nwe deliver on Mondays.\n\nScope\n\nAll goods.\n")
    policy, text = imported(message.as_bytes())
    assert "title: Rücksendung und mehr\nversion: 2026-02-03.v1\n" in text
    assert "Dear all,\n\nwe deliver on Mondays." in text
    assert [str(omission) for omission in policy.left_out] == [
        "Head of the mail: “From: Ann <ann@acme.example>, To: all@acme.example”. "
        "It says who wrote to whom, which is no part of the text."
    ]


def test_html_is_preferred_and_its_images_come_with_it() -> None:
    message = mail()
    message.set_content("Plain.")
    message.add_alternative('<p>We <b>deliver</b>.</p><img alt="A van" src="cid:van@1">', "html")
    html = list(message.iter_parts())[1]
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<van@1>")
    message.add_attachment(b"%PDF-", "application", "pdf", filename="prices.pdf")
    policy, text = imported(message.as_bytes())
    assert "title: Delivery terms\n" in text
    name = next(iter(policy.images))
    assert f"We **deliver**.\n\n![A van](../assets/{name})" in text
    assert "Plain." not in text
    assert str(policy.left_out[1]).startswith("Behind the text: an attachment “prices.pdf”.")


def test_lines_that_were_wrapped_to_be_sent() -> None:
    head = mail().as_bytes().rstrip(b"\n")
    body = b"We deliver on \nMondays.\n\n One, \ntwo.\n"
    data = head + b'\nContent-Type: text/plain; format="flowed"\n\n' + body
    assert "We deliver on  Mondays." not in imported(data)[1]
    assert "We deliver on Mondays." in imported(data)[1]


def test_quotations_that_were_wrapped_to_be_sent_stay_apart() -> None:
    head = mail().as_bytes().rstrip(b"\n")
    body = b"> We deliver on \n> Mondays. \n>> When? \n>> Why?\n> Ask.\n"
    text = imported(head + b"\nContent-Type: text/plain; format=flowed\n\n" + body)[1]
    assert "> We deliver on Mondays.  \n> \\> When? Why?  \n> Ask.\n" in text


def test_a_form_without_words_is_not_preferred() -> None:
    message = mail()
    message.set_content("We deliver.")
    message.add_alternative("<html><style>p {}</style><body><p>&nbsp;</p></body></html>", "html")
    assert imported(message.as_bytes())[1].endswith("\nWe deliver.\n")


def test_a_mail_that_says_since_when_it_applies_was_posted_on_its_day() -> None:
    message = mail()
    message.set_content("Effective March 1, 2026\n\nWe deliver.\n\nAsk us.")
    text = imported(message.as_bytes())[1]
    assert "version: 2026-02-03.v1\nupdated: 2026-02-03\neffective: 2026-03-01\n" in text


def test_a_mail_is_recognized_by_its_head() -> None:
    assert is_mail(mail().as_string() + "Hello")
    assert not is_mail("From: here\nTo: there\n\nText.")
    assert not is_mail("Terms\n\nFrom: Ann\n")
    assert imported(mail().as_bytes() + b"We deliver.\n", "pasted.txt")[0].slug == "delivery-terms"


@pytest.mark.parametrize(
    "line", [b"Date: never", b"Date: Tue, 99 Feb 2026 00:00:00 +0000", b"X: 1"]
)
def test_a_mail_without_a_day(line: bytes) -> None:
    data = b"From: a@b.example\nSubject: Terms\n" + line + b"\n\nWe deliver.\n"
    assert "version: 2026-11-23.v1" in imported(data)[1]


def test_damaged_mails() -> None:
    for head in (
        b"=?x?b?!!?=\n\n",
        b"T\nContent-Type: text/plain; charset=unicode_escape\n\n\\ud800 ",
        b"T\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n",
    ):
        assert "We deliver." in imported(b"Subject: " + head + b"We deliver.\n")[1]


def test_a_mail_of_very_many_parts_is_refused() -> None:
    data = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(300)
    )
    with pytest.raises(SourceError, match="The mail has more than 200 parts"):
        imported(b"Subject: T\n" + data)


def test_a_long_line_that_was_wrapped_to_be_sent() -> None:
    part = EmailMessage()
    part.set_content("We deliver. \n" * 40_000)
    part.set_param("format", "flowed")
    assert text_of_part(part).rstrip() == " ".join(["We deliver."] * 40_000)
