from pathlib import Path

import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.surroundings import (
    KERAS_FOLDER,
    REMOVED,
    SET,
    require_own_package,
    share_downloads,
    shut_out,
)


def test_variables_that_change_results_are_set_or_removed() -> None:
    environment = {**dict.fromkeys(REMOVED, "1"), "KERAS_BACKEND": "jax", "KERAS_HOME": "/k"}
    shut_out(environment)
    expected = {**SET, "KERAS_HOME": f"/k/{KERAS_FOLDER}"}
    assert environment == expected
    shut_out(environment)
    assert environment == expected


def test_weights_that_keras_has_downloaded_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/vgg.h5").write_text("weights")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / KERAS_FOLDER))
    share_downloads()
    share_downloads()
    assert (tmp_path / KERAS_FOLDER / "models/vgg.h5").read_text() == "weights"


def test_a_workflow_runs_with_its_own_package_only(tmp_path: Path) -> None:
    clone = Path(__file__).parents[3]
    require_own_package(clone)
    require_own_package(tmp_path)
    (tmp_path / "workflow").symlink_to(clone / "workflow")
    require_own_package(tmp_path)
    other = tmp_path / "other"
    (other / "workflow/practical_dl").mkdir(parents=True)
    with pytest.raises(UserError, match=r"not its own in .*other/workflow/practical_dl"):
        require_own_package(other)
