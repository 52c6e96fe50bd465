"""The live preview: every edit shows, nothing is written, and it comes to rest."""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import BUILD, FIXED, git, run, tree

POLICY = "docs/policies/cookie-policy.md"
PATIENCE = 60.0


class Preview:
    """A running preview and the lines it prints."""

    def __init__(self, project: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            command,
            cwd=project,
            env={**os.environ, **FIXED, "PYTHONUNBUFFERED": "1"},
            stderr=subprocess.STDOUT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line)

    def wait_for(self, words: str) -> list[str]:
        """Return the lines up to the one that holds `words`."""
        seen: list[str] = []
        deadline = time.monotonic() + PATIENCE
        while not seen or words not in seen[-1]:
            left = deadline - time.monotonic()
            assert left > 0, "".join(seen)
            try:
                seen.append(self.lines.get(timeout=left))
            except queue.Empty:
                pytest.fail("".join(seen))
        return seen

    def is_at_rest(self, seconds: float) -> bool:
        """Whether nothing more is built for so long."""
        try:
            while "Building documentation" not in self.lines.get(timeout=seconds):
                pass
        except queue.Empty:
            return True
        return False

    def shows(self, address: str, words: str) -> bool:
        """Whether a page shows the words, now or after the builds that are still to come."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if words in self.page(address):
                    return True
            except urllib.error.HTTPError:
                pass
            time.sleep(0.2)
        return False

    def page(self, address: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{address}") as response:
            text: str = response.read().decode()
            return text


@pytest.fixture
def project(center: Path) -> Path:
    """The sample, with its texts rendered before: what is edited is rendered by the preview."""
    return center


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    running = Preview(project)
    running.wait_for("Serving on")
    yield running
    running.process.terminate()
    running.process.wait()


def save(project: Path, text: str) -> None:
    """Save the policy in one step: whoever looks meanwhile sees no half of it, nor two changes."""
    whole = project.with_name("whole.md")
    whole.write_text(text)
    whole.replace(project / POLICY)


def test_preview_shows_every_edit_and_writes_nothing(project: Path, preview: Preview) -> None:
    assert preview.is_at_rest(3)
    kept = tree(project / "versions")
    text = (project / POLICY).read_text().replace("2026-07-15", "2026-11-20")
    save(project, text + "\nA paragraph typed just now.\n")
    preview.wait_for("Reloading browsers")
    assert "A paragraph typed just now." in preview.page("policies/cookie-policy/")
    changes = preview.page("policies/cookie-policy/changes/2026-11-20.v1/")
    assert "A paragraph typed just now." in changes
    assert preview.is_at_rest(3)
    assert tree(project / "versions") == kept
    assert git(project, "status", "--porcelain").split() == ["M", POLICY]


def test_preview_shows_an_edited_template(project: Path, preview: Preview) -> None:
    template = project / "hooks/gazette/theme/pages/parts.html"
    template.write_text(template.read_text().replace("Need help?", "Any questions?"))
    preview.wait_for("Reloading browsers")
    assert "Any questions?" in preview.page("policies/cookie-policy/")


def test_preview_shows_an_edited_template_beside_texts_rendered_anew(
    project: Path, preview: Preview
) -> None:
    template = project / "hooks/gazette/theme/pages/parts.html"
    template.write_text(template.read_text().replace("Need help?", "Any questions?"))
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  - abbr\n", ""))
    assert preview.shows("policies/cookie-policy/versions/2026-07-15.v1/", "Any questions?")


def test_preview_says_when_code_has_changed(project: Path, preview: Preview) -> None:
    module = project / "hooks/gazette/site/feeds.py"
    module.write_text(module.read_text() + "\n# A change.\n")
    seen = "".join(preview.wait_for("Reloading browsers"))
    assert "restart the preview" in seen


def test_preview_notices_a_changed_version_file(project: Path, preview: Preview) -> None:
    kept = project / "versions/cookie-policy/2025-02-10.v1.md"
    kept.write_text(kept.read_text() + "Slipped in.\n")
    seen = "".join(preview.wait_for("versions/cookie-policy/2025-02-10.v1.md"))
    assert "Traceback" not in seen


def test_preview_warns_of_a_silent_edit(project: Path, preview: Preview) -> None:
    path = project / POLICY
    path.write_text(path.read_text() + "\nA quiet addition.\n")
    seen = "".join(preview.wait_for("Reloading browsers"))
    assert "[silent-edit]" in seen


def test_pages_of_a_preview_say_why_it_cannot_be_built(project: Path, preview: Preview) -> None:
    """Whoever writes looks at the browser: it would get no answer until all is right again."""
    page = "policies/cookie-policy/"
    edit(project / POLICY, "updated: 2026-07-15", "updated: 2026-07-1")
    preview.wait_for("Reloading browsers")
    fault = preview.page(page)
    assert f"{POLICY}:" in fault
    assert "Write updated: 2026-07-01." in fault
    assert preview.page("feed.xml").startswith("<?xml")
    settings = (project / "mkdocs.yml").read_text()
    (project / "mkdocs.yml").write_text(f"{settings}extra: [\n")
    seen = "".join(preview.wait_for("Reloading browsers"))
    assert "mkdocs.yml" in seen
    assert "Traceback" not in seen
    assert "mkdocs.yml" in preview.page(page)
    (project / "mkdocs.yml").write_text(settings)
    edit(project / POLICY, "updated: 2026-07-1", "updated: 2026-07-15")
    assert preview.shows(page, "gz-")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_preview_shows_an_edited_text_as_a_draft(project: Path, preview: Preview) -> None:
    page = "policies/cookie-policy/"
    assert "gz-banner--draft" not in preview.page(page)
    edit(project / POLICY, "6 months", "9 months")
    preview.wait_for("Reloading browsers")
    shown = preview.page(page)
    assert "This text is not what readers know as version 2026-07-15.v1" in shown
    assert "“6 months” becomes “9 months”" in shown
    assert 'href="draft/"' in shown
    redline = preview.page("policies/cookie-policy/draft/")
    assert "what the draft changes" in redline
    assert "href=../versions/2026-07-15.v1/#" in redline.replace('"', "")
    assert git(project, "status", "--porcelain").split() == ["M", POLICY]
    edit(project / POLICY, "9 months", "6 months")
    preview.wait_for("Reloading browsers")
    assert "gz-banner--draft" not in preview.page(page)


def test_preview_shows_a_version_that_is_not_published_yet(project: Path, preview: Preview) -> None:
    path = project / POLICY
    edit(path, "2026-07-15", "2026-11-20")
    edit(path, "updated: 2026-11-20", "updated: 2026-11-20\neffective: 2027-01-01")
    edit(path, "6 months", "9 months")
    sentence = "Version 2026-11-20.v1 is not published yet: readers know version 2026-07-15.v1."
    assert preview.shows("policies/cookie-policy/", sentence)
    assert preview.shows("policies/cookie-policy/draft/", sentence)
    (project / "docs/policies/refund-policy.md").write_text(
        "---\ntitle: Refunds\nversion: 2026-11-20.v1\nupdated: 2026-11-20\n---\n\nWe pay back.\n"
    )
    assert preview.shows(
        "policies/refund-policy/", "This policy is new: no reader has seen it yet."
    )


@pytest.mark.parametrize("options", [[], ["--strict"]])
def test_what_is_published_shows_no_draft(project: Path, options: list[str]) -> None:
    edit(project / POLICY, "2026-07-15", "2026-11-20")
    edit(project / POLICY, "6 months", "9 months")
    result = run([*BUILD, *options], project)
    assert result.returncode == 0, result.stderr
    site = tree(project / "site")
    assert not any("/draft/" in name for name in site)
    assert not any(b"gz-banner--draft" in data for name, data in site.items() if name.endswith("l"))
