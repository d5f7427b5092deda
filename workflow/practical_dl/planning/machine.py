"""Speed of this machine: a fixed piece of work, similar to the workflow's, is timed."""

import resource
import subprocess
import sys

WORK = """
import os
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_NUM_INTRAOP_THREADS="1", TF_NUM_INTEROP_THREADS="1")
import keras, numpy as np
keras.utils.set_random_seed(1)
x = np.random.default_rng(1).random((512, 32, 32, 3), np.float32)
layers = keras.layers
net = keras.Sequential([layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Conv2D(64, 3, activation="relu"), layers.GlobalAveragePooling2D(), layers.Dense(10)])
net.compile("adam", "mse")
net.fit(x, np.zeros((512, 10)), epochs=6, verbose=0)
a = np.random.default_rng(1).random((1200, 1200))
for _ in range(6):
    a = a @ a
    a /= np.abs(a).max()
sum(i * i for i in range(6_000_000))
"""


def measure() -> float:
    """Seconds of one core that the fixed work takes here, about 15.

    It is processor time, so that other work beside it counts little.
    """
    before = _child_seconds()
    subprocess.run([sys.executable, "-c", WORK], check=True, capture_output=True)
    return _child_seconds() - before


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
