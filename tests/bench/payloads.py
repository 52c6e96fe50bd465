"""Does any text run a program or load something from elsewhere? Real payloads, a real browser.

`PYTHONPATH=hooks:tests python -m bench.payloads FOLDER` reads lists of payloads from FOLDER: a
`.txt` holds one a line, a `.json` or `.mjs` holds strings or objects with `payload`. Together with
those of `hostile.py` each becomes a policy: body, title, description, category and summary. The
project is built in batches, in which every page is opened in Chromium, its links are clicked and
its elements pointed at. Printed is what ran, what was loaded from another host, and what `check`
and a strict build refuse; for comparison, what runs of the same text without any of this.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import markdown
from playwright.sync_api import ConsoleMessage, Error, Page, sync_playwright

import hostile
from commands import copy_project, git, run
from conftest import ARGUMENTS, chromium
from gazette.text.bounds import excesses
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS

BATCH = 100
"""So many policies in a project: all of them stand in the navigation of each page."""
MARK = "a payload ran: "
WATCH = f"""
for (const name of ["alert", "confirm", "prompt", "print"])
    window[name] = () => {{ console.log("{MARK}" + name); return false; }};
"""
TOUCH = """
addEventListener("click", event => {
    const link = event.target.closest?.("a");
    if (!link || !link.protocol.startsWith("javascript")) event.preventDefault();
});
for (const element of document.querySelectorAll("body *"))
    for (const name of ["mouseover", "mouseenter", "focus", "click", "toggle", "animationend"])
        element.dispatchEvent(new MouseEvent(name, {bubbles: name != "toggle", cancelable: true}));
"""
OBJECT = re.compile(r'"payload"\s*:\s*("(?:[^"\\]|\\.)*")')


@dataclass
class Seen:
    """What pages did: the payloads that ran, and the addresses that were asked for elsewhere."""

    ran: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    pages: int = 0


def read_lists(folder: Path, most: int) -> list[str]:
    """Return the payloads of all lists in a folder, at most so many of each, evenly chosen."""
    refused_here: dict[str, None] = {}
    for path in sorted(folder.iterdir()):
        payloads = [payload for payload in _payloads(path) if payload.strip()]
        step = max(1, len(payloads) // most)
        refused_here |= dict.fromkeys(payloads[::step][:most])
        print(f"{path.name}: {len(payloads)} payloads, {len(payloads[::step][:most])} taken")
    return list(refused_here)


def _payloads(path: Path) -> Sequence[str]:
    text = path.read_text("utf-8", errors="replace")
    if path.suffix in (".mjs", ".js"):
        return [json.loads(match) for match in OBJECT.findall(text)]
    if path.suffix == ".json":
        entries = json.loads(text)
        return [entry if isinstance(entry, str) else entry["payload"] for entry in entries]
    return [line for line in text.split("\n") if not line.startswith("#")]


def write_batch(project: Path, payloads: Sequence[tuple[str, str]], version: str) -> None:
    """Write the policies of a batch: names and payloads, all of the same version."""
    folder = project / "docs" / "policies"
    shutil.rmtree(folder)
    folder.mkdir()
    for name, payload in payloads:
        line = "".join(letter for letter in " ".join(payload.split()) if letter.isprintable())
        value = json.dumps(line[:200] or "x", ensure_ascii=False)
        front = "".join(f"{key}: {value}\n" for key in ("title", "description", "category"))
        front += f"version: {version}\nupdated: {version[:10]}\nsummary: {value}\n"
        text = f"---\n{front}---\n\n# {name}\n\nOf {version}.\n\n{payload}\n"
        (folder / f"{name}.md").write_text(text, "utf-8", errors="replace")
    git(project, "add", "-A")
    git(project, "commit", "-qm", version)


def build_batch(project: Path, payloads: Sequence[tuple[str, str]]) -> tuple[set[str], bool, str]:
    """Build a project of two versions of each policy.

    Returns the policies that `check` refuses, whether a strict build fails, and what an ordinary
    build said where it failed.
    """
    for name in ("versions", "site", ".cache", ".git"):
        shutil.rmtree(project / name, ignore_errors=True)
    git(project, "init", "-q", "-b", "main")
    write_batch(project, payloads, "2026-10-01.v1")
    write_batch(project, payloads, "2026-10-02.v1")
    module = [sys.executable, "-m"]
    command = [sys.executable, "-c", "from gazette.cli import main; main()"]
    checked = run([*command, "check", "--format", "json"], project)
    refused = set(re.findall(r"docs/policies/(p\d+)\.md", checked.stdout))
    strict = run([*module, "mkdocs", "build", "--strict"], project)
    built = run([*module, "mkdocs", "build"], project)
    return refused, strict.returncode != 0, built.stderr if built.returncode else ""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@dataclass
class Visitor:
    """Opens pages in a browser, touches everything on them, and notes what they do."""

    page: Page
    seen: Seen
    address: str = ""

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("dialog", lambda dialog: dialog.dismiss())
        self.page.on("request", lambda request: self._asked(request.url))

    def visit(self, address: str) -> None:
        """Open a page that is served on this machine."""
        self.address = address
        self.seen.pages += 1
        try:
            self.page.goto(address, wait_until="load")
            self.page.evaluate(TOUCH)
            self.page.evaluate("new Promise(done => setTimeout(done, 10))")
        except Error as error:  # a payload took the page away
            self.seen.ran.add(f"{address} {str(error).splitlines()[0]}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "log":
            self.seen.ran.add(f"{self.address} {message.text}")

    def _asked(self, url: str) -> None:
        home = self.address[: self.address.index("/", 8) + 1]
        if url.startswith(("http:", "https:", "ftp:", "ws:")) and not url.startswith(home):
            self.seen.loaded.add(f"{self.address} {url}")


@contextmanager
def visitor(seen: Seen) -> Iterator[Visitor]:
    """A browser in which whatever a payload calls says so, and no other host is reached."""
    nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, nowhere])
        context = browser.new_context(service_workers="block")
        context.add_init_script(WATCH)
        context.set_default_timeout(10_000)
        yield Visitor(context.new_page(), seen)
        browser.close()


def addresses(site: Path) -> Iterator[str]:
    """Yield the pages of a built site, below its address."""
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site).as_posix()
        if "/since/" not in path and "/sections/" not in path:
            yield path


def baseline(payloads: Sequence[tuple[str, str]], folder: Path) -> Seen:
    """Open each payload as Python-Markdown alone renders it."""
    for name, payload in payloads:
        html = markdown.markdown(payload, extensions=list(DEFAULT_EXTENSIONS))
        page = f"<!doctype html><html><body><article>{html}</article></body></html>"
        (folder / f"{name}.html").write_text(page, "utf-8", errors="replace")
    seen = Seen()
    with served(folder) as address, visitor(seen) as reader:
        for name, _ in payloads:
            reader.visit(f"{address}{name}.html")
    return seen


def names(notes: set[str]) -> set[str]:
    """Return the policies that notes on pages are about."""
    return {match[0] for note in notes for match in re.finditer(r"\bp\d{4}\b", note)}


def main() -> int:
    """Run all payloads; 0 when nothing ran, nothing was loaded and all that would is refused."""
    parser = argparse.ArgumentParser(description=__doc__, prog="bench.payloads")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=400, help="payloads of each list")
    parser.add_argument("--only", type=int, help="so many payloads in all")
    options = parser.parse_args()
    listed = read_lists(options.folder, options.most)
    own = [*hostile.texts(), *hostile.values()]
    texts = [*listed, *own][:: max(1, len(listed + own) // (options.only or len(listed + own)))]
    payloads = [(f"p{number:04}", text) for number, text in enumerate(texts)]
    print(f"{len(listed)} payloads of lists, {len(own)} own; {len(payloads)} run")
    seen, refused, stopped, failed = Seen(), set[str](), 0, 0
    with tempfile.TemporaryDirectory() as temporary, visitor(seen) as reader:
        project = copy_project(Path(temporary) / "project")
        batches = [payloads[start : start + BATCH] for start in range(0, len(payloads), BATCH)]
        for batch in batches:
            beyond = {name for name, payload in batch if excesses(payload)}  # no build goes on
            readable = [(name, payload) for name, payload in batch if name not in beyond]
            refused_here, strict, printed = build_batch(project, readable)
            refused |= refused_here | beyond
            stopped += strict
            failed += bool(printed)
            print(printed[-2000:], end="", flush=True)
            with served(project / "site") as address:
                for path in [] if printed else addresses(project / "site"):
                    reader.visit(address + path)
            print(f"{len(seen.ran)} ran, {len(seen.loaded)} loaded, {seen.pages} pages", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        without = baseline(payloads, Path(temporary))
    return _report(payloads, without, seen, refused, (len(batches), stopped, failed))


def _report(
    payloads: Sequence[tuple[str, str]],
    without: Seen,
    seen: Seen,
    refused: set[str],
    builds: tuple[int, int, int],
) -> int:
    dangerous = names(without.ran) | names(without.loaded)
    passed = sorted(dangerous - refused)
    texts = dict(payloads)
    for note in sorted(seen.ran | seen.loaded)[:40]:
        print(note, *(repr(texts[name]) for name in names({note})))
    for name in passed:
        print("check lets pass", repr(texts[name]))
    print(f"Of {len(payloads)} payloads, as Markdown alone renders them:")
    print(f"  {len(names(without.ran))} run, {len(names(without.loaded))} load from elsewhere")
    print(f"On {seen.pages} pages of the site:")
    print(f"  {len(seen.ran)} run, {len(seen.loaded)} load from elsewhere")
    print(
        f"check refuses {len(dangerous & refused)} of {len(dangerous)}, and {len(refused)} in all"
    )
    print("{} builds, {} refused when strict, {} failed otherwise".format(*builds))
    return int(bool(seen.ran or seen.loaded or passed or builds[2]))


if __name__ == "__main__":
    sys.exit(main())
