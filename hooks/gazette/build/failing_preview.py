"""What a preview shows when its build fails: why, instead of pages that are out of date.

The host would answer no request until a build succeeds, and leave open pages as they are.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import click
from markupsafe import Markup

log = logging.getLogger("gazette")

HTML = "text/html"
PAGE = Markup("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width">
<title>The preview cannot be built</title>
<style>
  body {{ font: 1rem/1.5 sans-serif; margin: 2rem auto; max-width: 45rem; padding: 0 1rem }}
  p {{ border-left: 4px solid #c00; overflow-wrap: anywhere; padding-left: 1rem }}
</style>
<h1>The preview cannot be built</h1>
{}
<div>Correct this and save: the page that belongs here then comes back by itself.</div>
</html>
""")


class FailingPreview(logging.Handler):
    """Stands before the `build` of a preview and the `application` that serves its pages."""

    def __init__(self, build: Callable[[], None], application: WSGIApplication) -> None:
        super().__init__(logging.ERROR)
        self._build = build
        self._application = application
        self._errors: list[str] = []
        self._page = b""

    def emit(self, record: logging.LogRecord) -> None:
        """Remember an error that the log of the build holds."""
        self._errors.append(record.getMessage())

    def build(self) -> None:
        """Build. Where what is being edited is wrong, have pages say so, and raise nothing."""
        self._errors.clear()
        try:
            self._build()
        except click.ClickException as error:  # as the host raises all that is no fault of its own
            if not self._errors:
                log.error(error.message)
            self._page = _page(self._errors or [error.message])
        else:
            self._page = b""

    def answer(
        self, environment: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request as the server does, but for a page while the last build has failed."""
        heads: list[tuple[str, list[tuple[str, str]]]] = []

        def keep_head(
            status: str, headers: list[tuple[str, str]], *_: object
        ) -> Callable[[bytes], object]:
            heads.append((status, headers))
            return lambda data: None

        body = self._application(environment, keep_head)  # waits while a build is going on
        status, headers = heads[-1]
        page = self._page
        if page and ("Content-Type", HTML) in headers:
            status, headers, body = "200 OK", [("Content-Type", HTML)], [page]
        start_response(status, headers)
        return body


def _page(errors: Sequence[str]) -> bytes:
    lines = (line for error in errors for line in error.splitlines())
    return PAGE.format(Markup("\n").join(map(Markup("<p>{}</p>").format, lines))).encode()
