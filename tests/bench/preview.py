"""A preview with a browser's patience: how long until a saved edit shows."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.measure import CommandError, environment

EPOCH = re.compile(r"livereload\((\d+), \d+\);")
PATIENCE = 3600.0


class Preview:
    """A running `mkdocs serve`, at rest except while it is measured."""

    def __init__(self, site: Path) -> None:
        self.log = site.with_name(f"{site.name}.log")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        command = [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", self.address]
        with self.log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                command,
                cwd=site,
                env=environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.until(lambda: "Serving on" in self.log.read_text("utf-8"))
        self.signal(signal.SIGSTOP)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something; raises CommandError when the preview ends before."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.end()
                raise CommandError(f"The preview said:\n{self.log.read_text('utf-8')[-2000:]}")
            time.sleep(0.1)

    def end(self) -> None:
        """End all its processes."""
        with suppress(ProcessLookupError):
            self.signal(signal.SIGKILL)
        self.process.wait()

    def signal(self, number: int) -> None:
        """Send a signal to all its processes."""
        os.killpg(self.process.pid, number)

    def seconds_until_shown(self, page: str, edit: Callable[[], object], words: str) -> float:
        """Return how long after `edit` a browser that has `page` open shows `words` on it."""
        self.signal(signal.SIGCONT)
        text = self._get(page)
        start = time.perf_counter()
        edit()
        while words not in text:
            epoch = EPOCH.search(text)
            assert epoch, f"{page} does not reload itself."
            self._get(f"livereload/{epoch[1]}/1")
            text = self._get(page)
        taken = time.perf_counter() - start
        self.signal(signal.SIGSTOP)
        return taken

    def _get(self, page: str) -> str:
        with urllib.request.urlopen(f"http://{self.address}/{page}", timeout=PATIENCE) as response:
            text: str = response.read().decode()
            return text


@contextmanager
def previews(*sites: Path) -> Iterator[list[Preview]]:
    """Run a preview of each site; only the one that is measured runs, the others stand still."""
    running: list[Preview] = []
    try:
        running += (Preview(site) for site in sites)
        yield running
    finally:
        for preview in running:
            preview.end()
