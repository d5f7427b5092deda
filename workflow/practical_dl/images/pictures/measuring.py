"""From a source's list of images to its manifest: every file decoded once and hashed."""

import hashlib
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import pandas as pd

from practical_dl.images.pictures.loading import BLOCK_ROWS, map_ahead, measure_image
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log


@dataclass(frozen=True)
class _Measured:
    width: int
    height: int
    sha256: str
    problem: str = ""


def measure(listed: pd.DataFrame, root: Path, threads: int, log: Log) -> pd.DataFrame:
    """Add width, height and sha256 to a source's list of images; sort it by image_id.

    Raises:
        UserError: a file is gone, damaged, not an image or too large; names the first and
            counts them all.
    """
    rows = listed.sort_values("image_id", ignore_index=True)
    paths = list(rows["path"])
    blocks = (paths[start : start + BLOCK_ROWS] for start in range(0, len(paths), BLOCK_ROWS))
    results = chain.from_iterable(map_ahead(partial(_measure_block, root), blocks, threads))
    measured = pd.DataFrame(list(log.track(results, len(paths), "images")))
    problems = measured["problem"][measured["problem"] != ""]
    if len(problems):
        raise UserError(f"{problems.iloc[0]} ({len(problems)} of {len(paths)} images unusable)")
    return pd.concat([rows, measured.drop(columns="problem")], axis=1)


def _measure_block(root: Path, paths: list[str]) -> list[_Measured]:
    return [_measure_file(root / path) for path in paths]


def _measure_file(path: Path) -> _Measured:
    try:
        data = path.read_bytes()
        height, width = measure_image(data)
    except OSError as error:
        return _Measured(0, 0, "", f"{path}: {error.strerror}")
    except ValueError as error:
        return _Measured(0, 0, "", f"{path}: {error}")
    return _Measured(width, height, hashlib.sha256(data).hexdigest())
