"""The legal context: one file that names the exact bytes of the terms in force, if asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from gazette.model import Status, digest_of
from gazette.problems import Code
from gazette.site.legal_context import legal_context
from gazette.site.overview import site_files
from gazette.site.project_problems import project_problems
from published import SETTINGS, fragments_of, policy, published, text, version

ASKED = replace(SETTINGS, legal_context="terms")
TERMS = policy(
    version("2026-01-05.v1"),
    version("2026-02-01.v1", "Now.\n", Status.IN_FORCE),
    version("2026-03-01.v1", "Later.\n", Status.UPCOMING, effective=date(2026, 4, 1)),
)


def test_the_file_names_the_bytes_in_force_and_their_digest() -> None:
    (file,) = legal_context(ASKED, [policy(version("2026-01-05.v1"), slug="privacy"), TERMS])
    assert file.address == ".well-known/legal-context.json"
    record = json.loads(text(file))
    assert record == {
        "terms": "https://help.example.com/policies/terms/versions/2026-02-01.v1/2026-02-01.v1.md",
        "termsFormat": "markdown",
        "atrHash": f"0x{TERMS.versions[1].sha256}",
    }
    assert record["terms"].removeprefix(SETTINGS.site_url) in published(TERMS)


def test_there_is_no_file_unless_a_setting_asks_for_it_and_a_text_is_in_force() -> None:
    assert [*legal_context(SETTINGS, [TERMS])] == []
    assert [*legal_context(ASKED, [policy(version("2026-01-05.v1"))])] == []
    plain = {file.address for file in site_files(SETTINGS, [TERMS], fragments_of)}
    asked = {file.address for file in site_files(ASKED, [TERMS], fragments_of)}
    assert asked - plain == {".well-known/legal-context.json"}


TEXTS = {"docs/policies/terms.md": digest_of(b"")}


@pytest.mark.parametrize(
    ("name", "site_url", "messages"),
    [
        ("", "", []),
        ("terms", "https://help.example.com/", []),
        ("terms", "https://help.example.com", []),
        ("trems", "https://help.example.com/", ["names the policy trems"]),
        ("terms", "http://help.example.com/", ["over https alone"]),
        ("terms", "https://example.com/help/", ["at the root of a domain"]),
        ("trems", "", ["names the policy trems", "at the root of a domain"]),
    ],
)
def test_what_nobody_would_find_is_a_finding(name: str, site_url: str, messages: list[str]) -> None:
    settings = replace(SETTINGS, legal_context=name, site_url=site_url)
    problems = [
        problem for problem in project_problems(settings, TEXTS) if problem.code is Code.SETTING
    ]
    assert len(problems) == len(messages)
    for problem, message in zip(problems, messages, strict=True):
        assert message in problem.message
