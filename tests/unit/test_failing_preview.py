"""Pages of a preview whose build failed: they say why, and come back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import click
import pytest

from gazette.build.failing_preview import FailingPreview

log = logging.getLogger("host of a test")


class Server:
    """A server whose pages change while it answers, as a request waits for a build."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.logged = ""
        self.builds_meanwhile = False
        self.preview = FailingPreview(self.build, self.answer)

    def build(self) -> None:
        if self.logged:
            self.preview.handle(log.makeRecord("host", logging.ERROR, "", 0, self.logged, (), None))
        if self.error:
            raise self.error

    def answer(
        self, environment: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if self.builds_meanwhile:
            self.preview.build()
        is_page = environment["PATH_INFO"].endswith("/")
        start_response("404 None", [("Content-Type", "text/html" if is_page else "text/css")])
        return [b"what was there"]

    def get(self, path: str = "/") -> str:
        body = self.preview.answer({"PATH_INFO": path}, lambda *head: lambda data: None)
        return b"".join(body).decode()


@pytest.fixture
def server() -> Server:
    return Server()


def test_pages_say_what_the_log_says_and_come_back(server: Server) -> None:
    server.logged, server.error = (
        "terms.md:3: No <title>.\nterms.md:5: x",
        click.ClickException("?"),
    )
    server.preview.build()
    assert "<p>terms.md:3: No &lt;title&gt;.</p>\n<p>terms.md:5: x</p>" in server.get()
    assert "http-equiv" in server.get()
    assert server.get("/style.css") == "what was there"
    server.error = None
    server.preview.build()
    assert server.get() == "what was there"


def test_an_error_that_is_not_logged_is_said_all_the_same(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.error = click.ClickException("mkdocs.yml cannot be read.")
    server.preview.build()
    assert "<p>mkdocs.yml cannot be read.</p>" in server.get()
    assert caplog.messages == ["mkdocs.yml cannot be read."]


def test_a_request_that_waited_for_a_build_gets_no_page_from_before_it(server: Server) -> None:
    server.builds_meanwhile = True
    server.error = click.ClickException("Wrong.")
    assert "<p>Wrong.</p>" in server.get()


def test_a_fault_of_the_engine_stays_one(server: Server) -> None:
    server.error = KeyError("a")
    with pytest.raises(KeyError):
        server.preview.build()
