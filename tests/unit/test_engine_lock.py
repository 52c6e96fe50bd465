"""The engine of a project, pinned: by the digest of the wheel, with the libraries in it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from gazette.authoring.engine_lock import COMMENT, lock_engine
from gazette.authoring.new_project import STARTER
from gazette.errors import SetupError


def wheel(folder: Path, name: str = "gazette-help-center", **others: str) -> Path:
    path = folder / "engine.whl"
    files = {
        "gazette-0.3.0.dist-info/METADATA": f"Name: {name}\nVersion: 0.3.0\n",
        "gazette/requirements.txt": "click==8.3.0 --hash=sha256:00\n",
    }
    with ZipFile(path, "w") as archive:
        for member, content in (files | others).items():
            archive.writestr(member, content)
    return path


def test_the_engine_is_pinned_by_its_digest_and_its_libraries_come_along(tmp_path: Path) -> None:
    path = wheel(tmp_path)
    assert lock_engine(tmp_path, path) == "0.3.0"
    digest = sha256(path.read_bytes()).hexdigest()
    pin = (tmp_path / "requirements-engine.txt").read_text("utf-8")
    assert pin.endswith(f"\ngazette-help-center==0.3.0 \\\n    --hash=sha256:{digest}\n")
    libraries = (tmp_path / "requirements.txt").read_text("utf-8")
    assert libraries == "click==8.3.0 --hash=sha256:00\n"


def test_a_new_project_says_the_same_of_its_engine() -> None:
    assert (STARTER / "requirements-engine.txt.jinja").read_text("utf-8").startswith(COMMENT)


def test_other_files_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    no_archive = tmp_path / "text.whl"
    no_archive.write_text("text")
    for path in (no_archive, wheel(tmp_path, name="other")):
        with pytest.raises(SetupError, match="is no wheel of gazette-help-center"):
            lock_engine(tmp_path, path)
    assert not (tmp_path / "requirements.txt").exists()
