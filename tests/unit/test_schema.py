"""What editors know of the front matter while it is typed says what the model says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import editor_files
from gazette.model import Metadata
from gazette.problems import Code, Problem
from gazette.text import frontmatter
from gazette.text.frontmatter import block_of, json_schema

PROJECT = Path(__file__).parents[2]
SCHEMA = PROJECT / "hooks/gazette/policy.schema.json"
SCHEMA_OF_PROJECTS = PROJECT / ".vscode/policy.schema.json"
"""The same file where a project has it that holds no engine."""
VSCODE = PROJECT / "hooks/gazette/starter/dot-vscode"
GUIDE = PROJECT / "hooks/guides/editors.md"
SCHEMA_LINE = re.compile(r"---\n# yaml-language-server: \$schema=(\S+)\n")

WELL = {"title": "Privacy Policy", "version": "2026-03-31.v1", "updated": "2026-03-31"}


def policies() -> list[Path]:
    """Every policy text of the project, in docs and in the archive."""
    return sorted([*PROJECT.glob("docs/policies/*.md"), *PROJECT.glob("versions/*/*.md")])


def as_json(text: str) -> Any:
    """The front matter of a policy as an editor sees it: every scalar is text."""
    return yaml.load(block_of(text) or "", Loader=yaml.BaseLoader)


def model_schema() -> dict[str, Any]:
    """What the schema says of each key."""
    properties: dict[str, Any] = json_schema()["properties"]
    return properties


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (SCHEMA, editor_files.schema),
        (SCHEMA_OF_PROJECTS, editor_files.schema),
        (VSCODE / "frontmatter.json", editor_files.fields),
        (VSCODE / "policy.code-snippets", editor_files.snippets),
    ],
)
def test_files_for_editors_are_those_of_the_model(path: Path, expected: Callable[[], str]) -> None:
    if os.environ.get("GAZETTE_GOLDEN") == "write":
        path.write_text(expected(), "utf-8")
    assert path.read_text("utf-8") == expected(), (
        "Write it anew: GAZETTE_GOLDEN=write .venv/bin/pytest tests/unit/test_schema.py "
        "tests/unit/test_new_project.py"
    )


def test_the_guide_for_editors_tells_of_every_key() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", GUIDE.read_text("utf-8"), re.M)
    meanings = {key: meaning for key, meaning in rows if key in Metadata.model_fields}
    required = {key for key, field in Metadata.model_fields.items() if field.is_required()}
    assert list(meanings) == list(Metadata.model_fields)
    assert not [key for key in required if meanings[key].startswith("optional")]


@pytest.mark.parametrize(
    "also",
    [
        {},
        {"effective": "2026-04-30"},
        {"change": "editorial", "summary": "Corrects a mistake."},
        {"description": "One line.", "category": "Privacy", "formerly": ["privacy"]},
        {"continues": {"New": "Old", "Both": ["First", "Second"], "Nothing": []}},
    ],
)
def test_schema_and_model_accept_the_same(also: dict[str, Any]) -> None:
    stated = WELL | also
    jsonschema.validate(stated, json_schema())
    Metadata.model_validate(stated)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"version": "2026-03-31"},
        {"version": "2026-03-31.v0"},
        {"updated": "31 March 2026"},
        {"effective": "soon"},
        {"change": "small"},
        {"summary": ""},
        {"formerly": "privacy"},
        {"formerly": ["Privacy Policy.md"]},
        {"continues": "Old"},
        {"continues": {"New": ""}},
        {"continues": {"New": [["Old"]]}},
        {"efective": "2026-04-30"},
    ],
)
def test_schema_and_model_refuse_the_same(wrong: dict[str, Any]) -> None:
    stated = WELL | wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stated, json_schema())
    with pytest.raises(ValueError, match="validation error"):
        Metadata.model_validate(stated)


@pytest.mark.parametrize("path", policies(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_policy_names_the_schema_and_keeps_to_it(path: Path) -> None:
    text = path.read_text("utf-8")
    named = SCHEMA_LINE.match(text)
    assert named, "The first line of the front matter names the schema."
    assert (path.parent / named[1]).resolve() in (SCHEMA, SCHEMA_OF_PROJECTS)
    jsonschema.validate(as_json(text), json_schema())
    assert frontmatter.read_metadata(path.name, text)[1] == []


def content_type_fields() -> dict[str, dict[str, Any]]:
    """The fields of a policy as the settings of the VS Code extension list them."""
    settings = json.loads((VSCODE / "frontmatter.json").read_text("utf-8"))
    (content_type,) = settings["frontMatter.taxonomy.contentTypes"]
    return {field["name"]: field for field in content_type["fields"]}


def test_vs_code_checks_the_keys_of_the_model() -> None:
    fields, properties = content_type_fields(), model_schema()
    assert list(fields) == list(properties)
    required = {name for name, field in fields.items() if field.get("required")}
    assert required == set(json_schema()["required"])
    assert fields["change"]["choices"] == json_schema()["$defs"]["Change"]["enum"]
    lists = {name for name, field in fields.items() if field["type"] == "list"}
    assert lists == {name for name, entry in properties.items() if entry.get("type") == "array"}


def test_vs_code_completes_the_keys_of_the_model() -> None:
    snippets = json.loads((VSCODE / "policy.code-snippets").read_text("utf-8"))
    keys = {name: entry for name, entry in snippets.items() if name != "Policy"}
    assert list(keys) == list(model_schema())
    for name, entry in keys.items():
        assert entry["description"] == model_schema()[name]["description"]
        assert entry["body"].startswith(f"{name}: ")
    choices = ",".join(json_schema()["$defs"]["Change"]["enum"])
    assert f"|{choices}|" in keys["change"]["body"]


def test_vs_code_looks_at_the_folder_of_the_policies() -> None:
    settings = json.loads((VSCODE / "frontmatter.json").read_text("utf-8"))
    (folder,) = settings["frontMatter.content.pageFolders"]
    assert folder["path"] == "[[workspace]]/docs/policies"
    assert folder["contentTypes"] == ["policy"]


@pytest.mark.parametrize("before", ["", "ERROR   -  ", "WARNING -  "])
def test_vs_code_reads_the_findings_of_the_preview(before: str) -> None:
    preview, *_ = json.loads((VSCODE / "tasks.json").read_text("utf-8"))["tasks"]
    pattern = preview["problemMatcher"]["pattern"]
    finding = Problem("docs/policies/a.md", 3, Code.UNKNOWN_KEY, "`titel` is new.", "Title?")
    matched = re.match(pattern["regexp"], before + str(finding))
    assert matched
    assert matched[pattern["file"]] == finding.path
    assert matched[pattern["line"]] == str(finding.line)
    assert matched[pattern["message"]] == "`titel` is new. Title?"
    assert matched[pattern["code"]] == finding.code.label
