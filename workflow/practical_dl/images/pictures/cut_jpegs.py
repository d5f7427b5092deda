"""JPEGs that lack their last bytes: how much is lost, and the bytes made whole.

libjpeg fills what is missing with flat blocks and says nothing, so that half a photo looks whole to
it. What is lost is found by decoding the bytes twice, with two different continuations: where the
two pictures agree, the file decides; the first place where they differ is where it ends.
"""

import numpy as np
from numpy.typing import NDArray

from practical_dl.images.pictures.formats import open_picture

MOST_LOST = 0.02
"""Share of a photo's pixels; more is a broken photo. None of a progressive one may be lost, because
it lies about all of it."""

_START, _END = b"\xff\xd8\xff", b"\xff\xd9"
_OTHER_CONTINUATION = b"\x2a" * 4096
_BLOCK = 16


def is_cut_jpeg(data: bytes, error: OSError) -> bool:
    """Whether `error`, met while decoding `data`, means that the end of a JPEG is missing."""
    return data.startswith(_START) and "truncated" in str(error)


def completed(data: bytes, factor: int) -> bytes:
    """The bytes of a cut JPEG with an end, if what is lost is small.

    `factor` is by how much it is to be reduced meanwhile, to save memory.

    Raises:
        ValueError: more is lost.
    """
    kept = data.rstrip(b"\xff")
    whole = kept + _END
    first, progressive = _pixels(whole, factor)
    second, _ = _pixels(kept + _OTHER_CONTINUATION + _END, factor)
    lost = lost_share((first != second).any(axis=2))
    if lost > (0 if progressive else MOST_LOST):
        raise ValueError(f"truncated: about {max(lost, 0.01):.0%} of it is missing")
    return whole


def lost_share(differs: NDArray[np.bool_]) -> float:
    """Share of a photo (height, width) from the first block where two continuations differ on.

    Blocks of a JPEG lie row by row, at most 16 pixels high; colours reach one pixel beyond theirs.
    """
    rows = np.flatnonzero(differs.any(axis=1))
    if not len(rows):
        return 0.0
    height, width = differs.shape
    top = min(rows[0] + 1, height - 1) // _BLOCK * _BLOCK
    left = np.flatnonzero(differs[top : top + _BLOCK].any(axis=0))[0]
    behind = (height - min(top + _BLOCK, height)) * width
    return float((behind + (min(top + _BLOCK, height) - top) * (width - left)) / differs.size)


def _pixels(data: bytes, factor: int) -> tuple[NDArray[np.uint8], bool]:
    image = open_picture(data)
    if factor > 1:
        image.draft(image.mode, (image.width // factor, image.height // factor))
    return np.asarray(image.convert("RGB")), bool(image.info.get("progressive"))
