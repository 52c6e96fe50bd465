"""What is installed elsewhere is whole: the archive of the source, and the wheel made from it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from commands import PROJECT, tree

TOP = ("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "MANIFEST.in", "README.md")
NEEDED = (*TOP, "pyproject.toml", "requirements-build.txt")
"""The files at the top of the project that belong to the source archive."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `dist/` as `make dist` fills it, from a copy of this project."""
    source = tmp_path_factory.mktemp("source")
    for name in NEEDED:
        shutil.copy(PROJECT / name, source)
    unwanted = shutil.ignore_patterns("*.egg-info")
    shutil.copytree(PROJECT / "hooks", source / "hooks", ignore=unwanted)
    command = [sys.executable, "-m", "build", "--no-isolation", str(source)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return source / "dist"


def hooks() -> dict[str, bytes]:
    """Every file below hooks/ that belongs to the project, not to this run of it."""
    return {
        path: data
        for path, data in tree(PROJECT / "hooks").items()
        if "__pycache__" not in path and ".egg-info/" not in path
    }


def test_the_wheel_holds_every_file_of_the_package_and_its_licence(dist: Path) -> None:
    (path,) = dist.glob("*.whl")
    with ZipFile(path) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist()}
    package = {name: data for name, data in files.items() if name.startswith("gazette/")}
    assert package == {name: data for name, data in hooks().items() if name.startswith("gazette/")}
    others = {name.partition("/")[2] for name in files.keys() - package.keys()}
    metadata = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "top_level.txt"}
    assert others == metadata | {"licenses/LICENSE"}


def test_the_source_archive_holds_all_that_a_wheel_is_made_from(dist: Path) -> None:
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(dist / "unpacked", filter="data")
    (unpacked,) = (dist / "unpacked").iterdir()
    expected = {f"hooks/{name}": data for name, data in hooks().items()}
    expected |= {name: (PROJECT / name).read_bytes() for name in NEEDED}
    files = {name: data for name, data in tree(unpacked).items() if ".egg-info/" not in name}
    assert files.keys() - expected.keys() == {"PKG-INFO", "setup.cfg"}
    assert {name: files.get(name) for name in expected} == expected
