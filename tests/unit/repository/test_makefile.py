"""The Makefile's own mistakes; what it runs is tested where it stands."""

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_setting_up_never_empties_what_a_link_points_to(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "precious").touch()
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").symlink_to("shared")
    done = subprocess.run(
        ["make", ".venv/.installed"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: .venv is a link to shared")
    assert (shared / "precious").exists()
