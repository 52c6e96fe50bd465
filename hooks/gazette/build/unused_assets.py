"""Files of the theme that no reader's browser ever asks for: they are not published.

Source maps serve developers of the theme; the languages of the search serve a search that has them.
Together they weigh more than the policies of a small company.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from gazette.build.search_index import INDEX

MAPS = "assets/**/*.map"
LANGUAGES = "assets/javascripts/lunr"
ENGLISH_ONLY = b'{"config":{"lang":["en"],'
"""How the index of a search begins that has no other language."""


def remove_unused_assets(rendered: Path, docs: Path) -> None:
    """Take the files that nobody asks for out of what the host rendered, but none of `docs`."""
    for path in sorted(rendered.glob(MAPS)):
        if not (docs / path.relative_to(rendered)).exists():
            path.unlink()
    if not (docs / LANGUAGES).exists() and _is_english_only(rendered / INDEX):
        shutil.rmtree(rendered / LANGUAGES, ignore_errors=True)


def _is_english_only(index: Path) -> bool:
    if not index.is_file():
        return False
    with index.open("rb") as file:
        return file.read(len(ENGLISH_ONLY)) == ENGLISH_ONLY
