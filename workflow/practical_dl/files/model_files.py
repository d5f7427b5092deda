"""Keras models as files: equal models give equal bytes, and no code in a file is run."""

import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from practical_dl.files.artefacts import atomic_path, require_file
from practical_dl.job.errors import UserError

if TYPE_CHECKING:
    import keras


def save_model(path: str | Path, model: "keras.Model") -> None:
    """Write a model as one `.keras` file, equal models as equal bytes.

    Keras writes dates into it, and memory addresses as the names of shared objects.
    """
    with atomic_path(path) as temporary:
        model.save(temporary)
        with zipfile.ZipFile(temporary) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        metadata = json.loads(members["metadata.json"])
        del metadata["date_saved"]
        members["metadata.json"] = json.dumps(metadata).encode()
        members["config.json"] = _number_shared_objects(members["config.json"])
        with zipfile.ZipFile(temporary, "w") as archive:
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name), content)


def _number_shared_objects(config: bytes) -> bytes:
    numbers: dict[bytes, int] = {}

    def number(match: re.Match[bytes]) -> bytes:
        return b'"shared_object_id": %d' % numbers.setdefault(match[1], len(numbers))

    return re.sub(rb'"shared_object_id": (\d+)', number, config)


def save_weights(path: str | Path, model: "keras.Model") -> None:
    """Write the weights of a model as one `.weights.h5` file."""
    with atomic_path(path) as temporary:
        model.save_weights(temporary)


def load_model(path: str | Path) -> "keras.Model":
    """Load a `.keras` file in Keras' safe mode, which runs no code that the file carries.

    Raises:
        UserError: the file is absent, damaged, no Keras model, or one that is not safe to load.
    """
    import keras

    require_file(path)
    if not zipfile.is_zipfile(path):
        raise UserError(f"{path}: damaged or not a Keras model; delete it and run again")
    try:
        return keras.models.load_model(path, compile=False, safe_mode=True)
    except (ValueError, OSError, KeyError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise UserError(f"{path}: not a Keras model that is safe to load ({reason})") from error
