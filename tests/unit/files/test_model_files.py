"""Models as files: equal bytes for equal models, and one line for what is no model."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from practical_dl.files.model_files import load_model, save_model
from practical_dl.job.errors import UserError


def test_a_file_that_is_no_model_is_named_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    path.write_text("no model")
    with pytest.raises(UserError, match="damaged or not a Keras model; delete it"):
        load_model(path)


def test_a_model_comes_back_and_its_bytes_tell_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keras = pytest.importorskip("keras")

    def build() -> Any:
        keras.backend.clear_session()
        keras.utils.set_random_seed(0)
        shared = keras.layers.Dense(3, kernel_regularizer=keras.regularizers.L2(0.1))
        return keras.Sequential([keras.Input((3,), name="x"), shared, shared], name="net")

    model = build()
    save_model(tmp_path / "one.keras", model)
    monkeypatch.setattr("time.time", lambda: 1e9)
    save_model(tmp_path / "two.keras", build())
    assert (tmp_path / "one.keras").read_bytes() == (tmp_path / "two.keras").read_bytes()
    loaded = load_model(tmp_path / "two.keras")
    assert np.array_equal(loaded.get_weights()[0], model.get_weights()[0])
    assert b"date_saved" not in (tmp_path / "two.keras").read_bytes()
