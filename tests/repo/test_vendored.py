"""The library that the theme brings along is the one that its script writes, licence and all."""

from __future__ import annotations

import importlib.util
import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from commands import PROJECT, run

SCRIPT = PROJECT / ".ci/vendor.py"


@pytest.fixture
def vendor() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("vendor", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("vendor", None)


def on_disk(vendor: ModuleType) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in vendor.FOLDER.iterdir()}


def archive(vendor: ModuleType, folder: Path) -> Path:
    """A package of the files in the theme, as npm packs them."""
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as package:
        for member, name in vendor.FILES.items():
            data = (vendor.FOLDER / name).read_bytes()
            info = tarfile.TarInfo(member)
            info.size = len(data)
            package.addfile(info, io.BytesIO(data))
    return path


def test_the_theme_holds_what_the_script_wrote(vendor: ModuleType) -> None:
    files = on_disk(vendor)
    stated = files.pop("VERSION")
    assert files.keys() == set(vendor.FILES.values())
    assert stated == vendor.statement(files)
    assert stated.decode().splitlines()[:3] == ["diff 9.0.0", "BSD-3-Clause", vendor.INTEGRITY]
    assert files["LICENSE"].startswith(b"BSD 3-Clause License")


def test_the_script_writes_the_files_of_the_archive_it_knows(
    vendor: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = archive(vendor, tmp_path)
    before = on_disk(vendor)
    before.pop("VERSION")
    monkeypatch.setattr(vendor, "INTEGRITY", vendor.integrity_of(package.read_bytes()))
    monkeypatch.setattr(vendor, "FOLDER", tmp_path / "theme")
    monkeypatch.setattr(vendor, "PROJECT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["vendor.py", str(package)])
    vendor.main()
    after = on_disk(vendor)
    assert after.pop("VERSION") == vendor.statement(before)
    assert after == before


def test_another_archive_is_refused(vendor: ModuleType, tmp_path: Path) -> None:
    before = on_disk(vendor)
    result = run([sys.executable, str(SCRIPT), str(archive(vendor, tmp_path))], PROJECT)
    assert result.returncode == 1
    assert "is not diff 9.0.0 as it was published" in result.stderr
    assert "Traceback" not in result.stderr
    assert on_disk(vendor) == before
