"""The readings of texts that are archived just now, by a release or an import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from gazette.model import Digest, Reading, decoded
from gazette.record.archive import Addition, KeptFile, kept_file
from gazette.record.archive_lists import Key
from gazette.record.published import untitled
from gazette.record.readings import read_readings
from gazette.settings import Settings
from gazette.text.frontmatter import body_of, read_archived_metadata
from gazette.text.links import folder_of_slug
from gazette.text.reader import Reader
from gazette.text.readings import reading_of


def new_readings(settings: Settings, files: Iterable[Addition], today: date) -> dict[Key, Reading]:
    """Return how the texts among `files` that have no reading yet are read, as of `today`."""
    texts: dict[Key, Addition] = {}
    attached: dict[Key, dict[str, Digest]] = {}
    for file in files:
        match kept_file(file.path):
            case KeptFile(slug, version, ""):
                texts[slug, version] = file
            case KeptFile(slug, version, path):
                attached.setdefault((slug, version), {})[path] = file.sha256
    known, _ = read_readings(settings.versions)
    texts = {key: text for key, text in texts.items() if key not in known}
    readers = {slug: Reader(settings.markdown) for slug, _ in texts}
    return {
        key: _reading(readers[key[0]], key, text, attached.get(key, {}), today)
        for key, text in texts.items()
    }


def _reading(
    reader: Reader, key: Key, file: Addition, attached: Mapping[str, Digest], today: date
) -> Reading:
    slug, version = key
    text = decoded(file.read())
    metadata = read_archived_metadata(text, version, untitled(slug))
    return reading_of(metadata, reader.read(body_of(text), attached, folder_of_slug(slug)), today)
