"""JSON with no letter more than it takes, as records, stored texts and pages have it."""

from __future__ import annotations

import json

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Returns a value as JSON; letters of any script stand as they are."""
