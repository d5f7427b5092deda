"""A user's own settings of the libraries change neither a prediction nor a picture."""

import json
import os
import subprocess
import sys
from pathlib import Path

from practical_dl.job.surroundings import REMOVED

TARGET = """
import io
import numpy as np
from practical_dl.job.runtime import Log, configure_tensorflow, limit_threads
limit_threads(1)
configure_tensorflow(seed=0)
import tensorflow as tf
from practical_dl.images.networks.scratch import conv1
from practical_dl.report.plotting import learning_curve_figure, write_figure
from practical_dl.training.fit import fit
pictures = np.random.default_rng(0).random((32, 24, 32, 3)).astype("float32")
targets = np.eye(2, dtype="float32")[np.arange(32) % 2]
model = conv1((24, 32, 3), 2)
train = tf.data.Dataset.from_tensor_slices((pictures, targets)).batch(8)
log = Log("", io.StringIO(), io.StringIO())
history = fit(model, train, [[2, 0.01]], "categorical_crossentropy", log)
np.save("predictions.npy", model.predict(pictures, verbose=0))
write_figure("curve.png", learning_curve_figure(history, "cross-entropy"))
"""
FILES = ("predictions.npy", "curve.png")


def hostile(home: Path) -> dict[str, str]:
    """An environment in which every setting that was found is another than the usual one."""
    keras = {
        "floatx": "float16", "epsilon": 0.01, "backend": "torch",
        "image_data_format": "channels_first", "nnx_enabled": True,
    }  # fmt: skip
    for folder, name, text in (
        (".keras", "keras.json", json.dumps(keras)),
        (".config/matplotlib", "matplotlibrc", "font.size: 30\naxes.facecolor: red\n"),
    ):
        (home / folder).mkdir(parents=True)
        (home / folder / name).write_text(text)
    return {
        **dict.fromkeys(REMOVED, "1"),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XLA_FLAGS": "--xla_cpu_enable_fast_math=true",
        "TF_XLA_FLAGS": "--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit",
        "DNNL_DEFAULT_FPMATH_MODE": "BF16",
        "ONEDNN_DEFAULT_FPMATH_MODE": "BF16",
        "KERAS_BACKEND": "jax",
        "MPLBACKEND": "nonsense",
        "OMP_NUM_THREADS": "3",
        "LC_ALL": "tr_TR.UTF-8",
        "TZ": "Asia/Tokyo",
        "PYTHONOPTIMIZE": "2",
    }


def made(folder: Path, extra: dict[str, str]) -> dict[str, bytes]:
    """What the target writes in `folder` under these variables."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", TARGET],
        cwd=folder,
        env={**os.environ, **extra},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {name: (folder / name).read_bytes() for name in FILES}


def test_the_settings_of_a_users_home_and_environment_change_no_byte(tmp_path: Path) -> None:
    usual = made(tmp_path / "usual", {})
    assert made(tmp_path / "other", hostile(tmp_path / "home")) == usual
