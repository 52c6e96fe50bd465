"""Put the library that compares words in the browser into the theme: `make vendor`.

usage: vendor.py [ARCHIVE]

ARCHIVE is the package as `npm pack` downloads it; without it that command is asked. Nothing is
written unless the archive is the one whose digest stands here. A newer version: change VERSION and
DIGEST (`npm view diff dist.integrity`), then run this again.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "hooks/gazette/theme/assets/javascripts/vendor/jsdiff"
PACKAGE, VERSION, LICENCE = "diff", "9.0.0", "BSD-3-Clause"
DIGEST = "svtcdpS8CgJyqAjEQIXdb3OjhFVVYjzGAPO8WGCmRbrml64SPw/jJD4GoE98aR7r25A0XcgrK3F02yw9R/vhQw=="
INTEGRITY = f"sha512-{DIGEST}"
FILES = {
    "package/LICENSE": "LICENSE",
    "package/libesm/diff/array.js": "array.js",
    "package/libesm/diff/base.js": "base.js",
}
"""Its two modules that compare rows of words, a third of what its smallest build weighs."""


def main() -> None:
    """Write the files of the archive that is named, or that npm downloads."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(sys.argv[1]) if sys.argv[1:] else downloaded(Path(scratch))
        files = files_of(archive)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
    print(f"{FOLDER.relative_to(PROJECT)} holds {PACKAGE} {VERSION} ({LICENCE}).")


def downloaded(folder: Path) -> Path:
    """Return the archive that npm puts into `folder`."""
    command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"npm could not download the package ({error}). Install npm, or name an archive that "
            f"it packed elsewhere: {' '.join(command)}"
        ) from None
    return next(folder.glob("*.tgz"))


def files_of(archive: Path) -> Mapping[str, bytes]:
    """Return what is written into the folder, by name. Leaves with a sentence for a wrong archive.

    Beside the package's own files stands which ones they are, with a digest of each.
    """
    data = archive.read_bytes()
    if integrity_of(data) != INTEGRITY:
        raise SystemExit(
            f"{archive} is not {PACKAGE} {VERSION} as it was published: its digest is "
            f"{integrity_of(data)}. Nothing was written."
        )
    with tarfile.open(archive) as package:
        members = {name: package.extractfile(path) for path, name in FILES.items()}
        files = {name: member.read() for name, member in members.items() if member}
    return {**files, "VERSION": statement(files)}


def statement(files: Mapping[str, bytes]) -> bytes:
    """Return what says which version of the library these files are, and that they are whole."""
    digests = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    return f"{PACKAGE} {VERSION}\n{LICENCE}\n{INTEGRITY}\n{digests}".encode()


def integrity_of(data: bytes) -> str:
    """Return the digest as package managers write it."""
    return f"sha512-{base64.b64encode(hashlib.sha512(data).digest()).decode()}"


if __name__ == "__main__":
    main()
