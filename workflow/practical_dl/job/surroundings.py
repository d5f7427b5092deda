"""What surrounds a run and must not change its numbers or pictures.

Libraries read the user's home and environment. `shut_out` sets and removes what would change a
result; the package calls it when it is imported, before any library is, so that it holds for jobs
and commands alike. Matplotlib's file is shut out once it is imported, by `report.lettering`.

Left alone: numbers of threads (jobs set their own), and what makes a library run on a faulty
processor (OPENBLAS_CORETYPE, NPY_DISABLE_CPU_FEATURES, TF_ENABLE_ONEDNN_OPTS).
"""

import os
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path

from practical_dl.job.errors import UserError

SET = {"KERAS_BACKEND": "tensorflow", "MPLBACKEND": "agg", "TF_CPP_MIN_LOG_LEVEL": "2"}
REMOVED = (
    "KERAS_MAX_EPOCHS",
    "KERAS_MAX_STEPS_PER_EPOCH",
    "KERAS_NNX_ENABLED",
    "TF_ENABLE_AUTO_MIXED_PRECISION",
    "TF_XLA_FLAGS",
    "XLA_FLAGS",
    "DNNL_DEFAULT_FPMATH_MODE",
    "ONEDNN_DEFAULT_FPMATH_MODE",
    "PANDAS_COPY_ON_WRITE",
    "PANDAS_FUTURE_INFER_STRING",
    "SCIPY_ARRAY_API",
    "SKLEARN_ASSUME_FINITE",
    "SKLEARN_PAIRWISE_DIST_CHUNK_SIZE",
    "SKLEARN_WORKING_MEMORY",
)
KERAS_FOLDER = "practical-dl"
"""Below Keras' folder in the user's home: Keras reads no keras.json but its own default there."""


def shut_out(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set and remove the variables of `environment` that would change a result."""
    for name in REMOVED:
        environment.pop(name, None)
    environment.update(SET)
    # Path.expanduser raises where a container's user has no home.
    home = environment.get("KERAS_HOME") or os.path.expanduser("~/.keras")  # noqa: PTH111
    keras_home = Path(home)
    if keras_home.name != KERAS_FOLDER:
        environment["KERAS_HOME"] = str(keras_home / KERAS_FOLDER)


def share_downloads() -> None:
    """Let Keras find the weights that it has downloaded for others, and keep ours there."""
    own = Path(os.environ["KERAS_HOME"])
    with suppress(OSError):
        (own.parent / "models").mkdir(parents=True, exist_ok=True)
        own.mkdir(exist_ok=True)
        if not (own / "models").exists():
            (own / "models").symlink_to(Path("../models"))


def require_own_package(clone: Path) -> None:
    """Stop where the workflow of one clone would run the package of another.

    Args:
        clone: folder of the Snakefile that is run; where it holds no package (a workflow that uses
            this one as a module), nothing is required.

    Raises:
        UserError: the package that is imported is not the clone's.
    """
    own, imported = clone / "workflow/practical_dl", Path(__file__).parents[1]
    if own.is_dir() and not own.samefile(imported):
        raise UserError(
            f"this workflow would run the package in {imported}, not its own in {own}; "
            f"use the .venv of this folder (make run sets it up), or set PYTHONPATH={own.parent}"
        )
