"""What editors know of the front matter, derived from the model: schema, fields and snippets."""

from __future__ import annotations

import json
from typing import Any

from gazette.model import DAY_PATTERN, VERSION_PATTERN, Change
from gazette.text.frontmatter import json_schema

TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
CHANGES = [change.value for change in Change]
SCHEMA_LINE = "# yaml-language-server: \\$schema=../../.vscode/policy.schema.json"


def schema() -> str:
    """Return `hooks/gazette/policy.schema.json`."""
    return as_file(json_schema())


def fields() -> str:
    """Return `.vscode/frontmatter.json`: how the extension Front Matter shows each key."""
    folder = {
        "title": "Policies",
        "path": "[[workspace]]/docs/policies",
        "contentTypes": ["policy"],
    }
    required = json_schema()["required"]
    keys = json_schema()["properties"].items()
    return as_file(
        {
            "frontMatter.content.pageFolders": [folder],
            "frontMatter.content.autoUpdateDate": False,
            "frontMatter.taxonomy.contentTypes": [
                {
                    "name": "policy",
                    "fields": [field(key, about, key in required) for key, about in keys],
                }
            ],
        }
    )


def snippets() -> str:
    """Return `.vscode/policy.code-snippets`: a whole front matter, and a line for each key."""
    lines = [
        *("---", SCHEMA_LINE, "title: ${1:Title}", f"version: {TODAY}.v1", f"updated: {TODAY}"),
        "description: ${2:What the policy is about, in one line.}",
        *("category: ${3:Category}", "---", "", "$0"),
    ]
    keys = json_schema()["properties"].items()
    return as_file(
        {"Policy": snippet("policy", "The front matter of a new policy.", lines)}
        | {
            key: snippet(key, about["description"], f"{key}: {value(key, about)}")
            for key, about in keys
        }
    )


def field(key: str, about: dict[str, Any], required: bool) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string"}
    if "$ref" in about:
        kind = {"type": "choice", "choices": CHANGES}
    elif about.get("type") == "array":
        kind = {"type": "list"}
    elif about.get("type") == "object":
        kind = {"type": "json"}
    elif {"type": "integer", "minimum": 0} in about.get("anyOf", []):
        kind = {"type": "number"}
    title = key.replace("_", " ").capitalize()
    described = {"title": title, "name": key, **kind, "description": about["description"]}
    return described | ({"required": True} if required else {})


def value(key: str, about: dict[str, Any]) -> str:
    """Return what a snippet writes behind a key."""
    if "$ref" in about:
        return f"${{1|{','.join(CHANGES)}|}}"
    if about.get("pattern") == VERSION_PATTERN:
        return f"{TODAY}.v${{1:1}}"
    if about.get("pattern") == DAY_PATTERN:
        return TODAY if key in json_schema()["required"] else f"${{1:{TODAY}}}"
    return {"array": "[$1]", "object": '{"$1": "$2"}'}.get(about.get("type", ""), "$0")


def snippet(prefix: str, description: str, body: str | list[str]) -> dict[str, Any]:
    return {"prefix": prefix, "scope": "markdown", "description": description, "body": body}


def as_file(content: object) -> str:
    return json.dumps(content, indent=2) + "\n"
