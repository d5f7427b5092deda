"""Plain files: arrays as .npz, words as .json, and an example beside them that reads both."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from practical_dl.files.artefacts import write_bytes, write_text


def write_plain(
    into: Path, name: str, arrays: Mapping[str, Any], about: Mapping[str, Any], example: str
) -> list[Path]:
    """Write `name`.npz and `name`.json, and the example of that name, into a folder.

    Args:
        arrays: of numbers alone. example: a module beside this one.
    """
    into.mkdir(parents=True, exist_ok=True)
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **dict(arrays))
    files = [into / f"{name}.npz", into / f"{name}.json", into / f"{example}.py"]
    write_bytes(files[0], content.getvalue())
    write_text(files[1], json.dumps(about, ensure_ascii=False, indent=1) + "\n")
    write_text(files[2], Path(__file__).with_name(f"{example}.py").read_text(encoding="utf-8"))
    return files
