"""Nothing that the host publishes takes an address of the record, and no policy loses its page."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from commands import GAZETTE, build, git, run, tree
from editing import edit

VERSIONS = "policies/privacy-policy/versions/2025-02-10.v1"
HOOK = "hooks:\n  - hooks/help_center.py\n"


def put(project: Path, path: str, content: str = "Something else.\n") -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(content)


def check(project: Path, *options: str) -> str:
    result = run([*GAZETTE, "check", *options], project)
    assert result.returncode == 1, result.stderr
    return result.stdout + result.stderr


def refused(project: Path) -> str:
    """Build, assert that nothing was published, and return what the build says."""
    result = build(project)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert not (project / "site").exists() or not any(tree(project / "site"))
    return result.stderr


def test_pages_and_files_of_docs_at_addresses_of_the_record(project: Path) -> None:
    forged = [
        f"docs/{VERSIONS}/index.md",
        f"docs/{VERSIONS}/2025-02-10.v1.json",
        "docs/policies/privacy-policy/changes/2025-09-01.v1/index.html",
        "docs/feed.xml",
        "docs/policies.json",
        "docs/assets/stylesheets/help-center.css",
    ]
    for path in forged:
        put(project, path)
    git(project, "add", "-A")
    git(project, "commit", "-qm", "Pages")

    for message in (refused(project), check(project), check(project, "--base", "HEAD~1")):
        assert [path for path in forged if path not in message] == []


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_no_setting_leaves_out_a_policy(project: Path, key: str) -> None:
    put(project, "mkdocs.yml", (project / "mkdocs.yml").read_text() + f"\n{key}: |\n  privacy-*\n")

    for message in (refused(project), check(project)):
        assert f"{key} leaves out policies: privacy-policy." in message


def test_a_policy_that_is_not_in_the_navigation_keeps_its_page(project: Path) -> None:
    settings = (project / "mkdocs.yml").read_text() + "\nnot_in_nav: |\n  policies/\n"
    put(project, "mkdocs.yml", settings)

    assert build(project).returncode == 0
    assert (project / "site/policies/privacy-policy/index.html").is_file()


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            "def on_files(files, config):\n"
            "    files.remove(files.get_file_from_path('policies/privacy-policy.md'))\n",
            "docs/policies/privacy-policy.md: The page of this policy would be missing",
        ),
        (
            "from mkdocs.structure.files import File\n"
            "def on_files(files, config):\n"
            f"    files.append(File.generated(config, '{VERSIONS}/index.md', content='Forged'))\n",
            f"docs/{VERSIONS}/index.md: It would be published at /{VERSIONS}/",
        ),
        (
            "from pathlib import Path\n"
            "def on_env(env, config, files):\n"
            f"    page = Path(config.site_dir, '{VERSIONS}/index.html')\n"
            "    page.parent.mkdir(parents=True)\n"
            "    page.write_text('Forged')\n",
            f"but the host fills them, too: /{VERSIONS}/.",
        ),
        (
            "from pathlib import Path\n"
            "def on_post_build(config):\n"
            "    Path(config.site_dir, 'policies/privacy-policy/index.html').unlink()\n",
            "but nothing would stand there: /policies/privacy-policy/.",
        ),
    ],
    ids=["leaves out a file", "adds a file", "writes a file", "deletes a page"],
)
def test_no_hook_takes_or_drops_an_address(project: Path, event: str, message: str) -> None:
    put(project, "hooks/other.py", event)
    edit(project, HOOK, "hooks:\n  - hooks/other.py\n  - hooks/help_center.py\n", "mkdocs.yml")

    assert message in refused(project)


def test_a_forged_cache_that_git_keeps_is_not_published(center: Path) -> None:
    for entry in (center / ".cache/gazette").glob("??/*"):
        data = entry.read_bytes().partition(b"\n")[2].replace(b"</p>", b" Forged</p>")
        entry.write_bytes(sha256(data).hexdigest().encode() + b"\n" + data)
    git(center, "add", "--force", ".cache")
    git(center, "commit", "-qm", "Innocent")
    clone = center.parent / "clone"
    git(center, "clone", "-q", ".", str(clone))

    assert "Git keeps .cache" in refused(clone)


def test_an_archived_file_that_was_altered_in_the_site_is_not_published(center: Path) -> None:
    file = center / "site" / VERSIONS / "2025-02-10.v1.md"
    state, data = file.stat(), file.read_bytes()
    file.write_bytes(data.replace(b"NanoIP", b"PinoNa"))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))

    result = build(center)
    assert result.returncode == 1
    assert f"These files are not what was archived: /{VERSIONS}/2025-02-10.v1.md." in result.stderr


def test_links_by_a_former_name_lead_on_and_stop_no_build(project: Path) -> None:
    text, record = "docs/policies/privacy-policy.md", "versions/privacy-policy/READINGS"
    (project / text).write_text((project / text).read_text() + "\nSee [ours](cookie-policy.md).\n")
    *archived, _ = (project / record).read_text().splitlines(keepends=True)
    (project / record).write_text("".join(archived))  # it is published with this sentence first
    git(project, "commit", "-qam", "Text", "--amend")
    git(project, "mv", "docs/policies/cookie-policy.md", "docs/policies/cookies.md")
    git(project, "commit", "-qm", "Rename")

    result = build(project)
    assert result.returncode == 0, result.stderr
    page = (project / "site/policies/privacy-policy/index.html").read_text()
    assert '<a href="../cookies/">ours</a>' in page
