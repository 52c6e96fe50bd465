"""The engine of a project, pinned: one version of it by its digest, with its libraries."""

from __future__ import annotations

from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from gazette.errors import SetupError
from gazette.files import write_together

DISTRIBUTION = "gazette-help-center"
ENGINE_FILE, LIBRARIES_FILE = "requirements-engine.txt", "requirements.txt"
COMMENT = "# The engine. `make lock` writes its digest here, `make upgrade` takes the newest.\n"


def lock_engine(project: Path, wheel: Path) -> str:
    """Pin in a project the engine that lies in `wheel`, with the libraries it was tested with.

    Returns its version. Raises SetupError when the file is no wheel of the engine.
    """
    refusal = SetupError(f"{wheel} is no wheel of {DISTRIBUTION}: download it with make lock.")
    try:
        with ZipFile(wheel) as archive:
            (metadata,) = (name for name in archive.namelist() if name.endswith("-info/METADATA"))
            facts = message_from_bytes(archive.read(metadata))
            libraries = archive.read("gazette/requirements.txt")
    except (BadZipFile, KeyError, ValueError):
        raise refusal from None
    if facts["Name"] != DISTRIBUTION:
        raise refusal
    digest = sha256(wheel.read_bytes()).hexdigest()
    pin = f"{COMMENT}{DISTRIBUTION}=={facts['Version']} \\\n    --hash=sha256:{digest}\n"
    write_together({project / ENGINE_FILE: pin.encode(), project / LIBRARIES_FILE: libraries})
    return str(facts["Version"])
