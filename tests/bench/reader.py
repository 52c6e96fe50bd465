"""What a page costs its reader, as Chromium loads it from a server that compresses."""

from __future__ import annotations

import gzip
import mimetypes
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from visits import running_browser

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEADING = re.compile(r"<h[1-6][^>]* id=")
ARTICLE = re.compile(r"<article.*</article>", re.S)
KINDS = {".html": "page", ".css": "styles", ".js": "scripts", ".json": "search index"}
OTHER = "images"
OBSERVE = """
window.longTasks = [0];
new PerformanceObserver(list => list.getEntries().forEach(one => longTasks.push(one.duration)))
    .observe({type: "longtask", buffered: true});
"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
LONGEST_TASK = "new Promise(done => setTimeout(() => done(Math.max(...longTasks)), 500))"
SCROLL = """
new Promise(done => {
    longTasks.length = 1;
    const step = () => {
        const before = scrollY;
        scrollBy({top: innerHeight, behavior: "instant"});
        scrollY > before ? requestAnimationFrame(step) : done();
    };
    step();
})
"""


class Server(ThreadingHTTPServer):
    """Serves a built site compressed, and counts the bytes it sent by kind of file."""

    daemon_threads = True

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site
        self.sent: Counter[str] = Counter()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Send a file as a web server that compresses does."""
        path = self.path.partition("?")[0].lstrip("/")
        file = self.server.site / (f"{path}index.html" if path.endswith("/") or not path else path)
        if not file.is_file():
            self.send_error(404)
            return
        body = compressed(file)
        self.server.sent[KINDS.get(PurePosixPath(file.name).suffix, OTHER)] += len(body)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def compressed(file: Path) -> bytes:
    """Return the file as it is sent."""
    return gzip.compress(file.read_bytes(), 6, mtime=0)


@contextmanager
def served(site: Path) -> Iterator[Server]:
    """Serve a built site."""
    server = Server(site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """Open a page as a first visit does and wait until it asks for nothing more."""
    with running_browser() as browser:
        tab = browser.new_page()
        tab.add_init_script(OBSERVE)
        tab.goto(address, wait_until="networkidle")
        yield tab


def weight(site: Path, page: str) -> Counter[str]:
    """Return the compressed bytes of all that a first visit to `page` loads, by kind."""
    with served(site) as server, opened(server.address + page) as tab:
        tab.wait_for_timeout(500)
        return Counter(server.sent)


def responsiveness(site: Path, page: str) -> dict[str, float]:
    """Return the milliseconds to the first paint, and of the longest tasks."""
    with served(site) as server, opened(server.address + page) as tab:
        loading = tab.evaluate(LONGEST_TASK)
        paint = tab.evaluate(FIRST_PAINT)
        tab.evaluate(SCROLL)
        return {"paint": paint, "loading": loading, "scrolling": tab.evaluate(LONGEST_TASK)}


def page_of_sections(site: Path, count: int) -> tuple[str, int]:
    """Return the address of the policy whose number of sections is nearest to `count`, and that."""
    counts = {
        file.parent.relative_to(site).as_posix() + "/": sections(file.read_text("utf-8"))
        for file in sorted(site.glob("policies/*/index.html"))
    }
    nearest = min(counts, key=lambda page: abs(counts[page] - count))
    return nearest, counts[nearest]


def sections(page: str) -> int:
    """Return how many headings with an address the text of a page has, below its title."""
    article = ARTICLE.search(page)
    return len(HEADING.findall(article[0])) - 1 if article else 0


def largest_redline(site: Path) -> tuple[str, int]:
    """Return the address of the longest redline of an update, and its bytes."""
    files = sorted(site.glob("policies/*/changes/*/index.html"))
    longest = max(files, key=lambda file: file.stat().st_size)
    return longest.parent.relative_to(site).as_posix() + "/", longest.stat().st_size
