"""A library or setting that reads archived texts otherwise stops a build until someone agrees."""

from __future__ import annotations

import re
from pathlib import Path

from commands import GAZETTE, build, git, run, tree
from gazette.text.canonical import READING

PAGE = "site/policies/terms-of-service/versions/2025-11-03.v1/index.html"
LISTS = "versions/*/READINGS"


def lists(project: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in sorted(project.glob(LISTS))}


def test_another_reading_stops_a_build_until_it_is_accepted(center: Path) -> None:
    recorded = lists(center)
    assert build(center).returncode == 0
    assert lists(center) == recorded
    site = tree(center / "site")

    config = center / "mkdocs.yml"
    config.write_text(config.read_text().replace("  - abbr\n", "  - abbr\n  - nl2br\n"))
    stopped = build(center)
    assert stopped.returncode == 1
    assert (
        "versions/terms-of-service/2025-11-03.v1.md: Readers would get this archived text "
        "otherwise than it was recorded on 2026-11-25: “Opening”; “1. Acceptance of These Terms”;"
    ) in stopped.stderr
    assert 'gazette accept terms-of-service 2025-11-03.v1 --by "YOUR NAME"' in stopped.stderr
    assert (tree(center / "site"), lists(center)) == (site, recorded)

    for slug in recorded:
        accepted = run([*GAZETTE, "accept", slug, "--by", "Anna <Example>"], center)
        assert accepted.returncode == 0, accepted.stderr
    assert build(center).returncode == 0
    sentence = (
        "<time datetime=2026-11-23>23 November 2026</time> this text is shown otherwise than "
        "before; Anna &lt;Example&gt; accepted that."
    )
    assert sentence in (center / PAGE).read_text()


def test_what_was_archived_without_a_record_gets_one(project: Path) -> None:
    recorded = lists(project)
    git(project, "rm", "-q", *(f"versions/{slug}/READINGS" for slug in recorded))
    result = build(project)
    assert result.returncode == 0
    assert "Recorded in versions/terms-of-service/READINGS how 4 versions are read" in result.stderr
    stated, new = rb'"recorded":"[\d-]+","rules":\d+', f'"recorded":"2026-11-23","rules":{READING}'
    assert lists(project) == {
        slug: re.sub(stated, new.encode(), data) for slug, data in recorded.items()
    }
