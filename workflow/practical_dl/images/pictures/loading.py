"""From image files to arrays: decoded upright to RGB, squashed to one size, read in blocks."""

import hashlib
import io
import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from practical_dl.files.artefacts import read_json
from practical_dl.job.errors import UserError

Item = TypeVar("Item")
Result = TypeVar("Result")
Pixels = NDArray[np.uint8]
Size = tuple[int, int]

FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "GIF")
MAX_PIXELS = 100_000_000
BLOCK_ROWS = 64
DRAFT_FACTOR = 2
"""A large JPEG is decoded at 1/2, 1/4 or 1/8 of its size, but never below this many times the
wanted size (Pillow's `reducing_gap`); the resampling does the rest."""

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes an image upright, by its EXIF orientation; 1 is upright."""

SIDEWAYS = (5, 6, 7, 8)


def source_root(path: str | Path) -> Path:
    """The folder of an unpacked source, from its source.json."""
    return Path(read_json(path, ["root"])["root"])


def decode(data: bytes, size: Size) -> Pixels:
    """Decode an image file's bytes to (height, width, 3) uint8 RGB of `size` (height, width).

    The image is squashed to `size` as in the lessons, without keeping its shape. EXIF
    orientation is applied; transparency is laid over white; 16-bit grey keeps its upper 8 bits;
    colour profiles are ignored. Resampling is Pillow's bilinear filter, whose support grows
    with the reduction (antialiasing).

    Raises:
        ValueError: says why the bytes are not a usable image.
    """
    with _decoding_errors():
        image = _open(data)
        orientation = _orientation(image)
        stored_size = size if orientation in SIDEWAYS else size[::-1]
        small = _resize(image, stored_size)
        return np.array(small.transpose(UPRIGHT[orientation]) if orientation > 1 else small)


def measure_image(data: bytes) -> Size:
    """Decode an image file's bytes in full; return the upright image's (height, width) in pixels.

    Raises:
        ValueError: says why the bytes are not a usable image.
    """
    with _decoding_errors():
        image = _open(data)
        image.load()
        sideways = _orientation(image) in SIDEWAYS
    return image.size if sideways else image.size[::-1]


def read_images(
    root: Path, rows: pd.DataFrame, size: Size, threads: int, block_rows: int = BLOCK_ROWS
) -> Iterator[tuple[pd.DataFrame, Pixels]]:
    """Read the images of the manifest `rows` in order, in blocks of `block_rows`.

    Yields each block's rows and its images, (rows, height, width, 3) uint8. At most twice
    `threads` blocks are in memory beside the one that was yielded.

    Raises:
        UserError: a file is gone, or no longer the one that the manifest describes.
    """
    blocks = (rows.iloc[start : start + block_rows] for start in range(0, len(rows), block_rows))
    yield from map_ahead(partial(_read_block, root, size), blocks, threads)


def map_ahead(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int
) -> Iterator[Result]:
    """Yield `function(item)` in the order of `items`, worked out by `threads` threads.

    At most twice `threads` results wait for the consumer.
    """
    pending: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for item in items:
            pending.append(pool.submit(function, item))
            if len(pending) == 2 * threads:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def _read_block(root: Path, size: Size, block: pd.DataFrame) -> tuple[pd.DataFrame, Pixels]:
    images = np.empty((len(block), *size, 3), np.uint8)
    for index, (path, sha256) in enumerate(zip(block["path"], block["sha256"], strict=True)):
        images[index] = _read_image(root / path, sha256, size)
    return block, images


def _read_image(path: Path, sha256: str, size: Size) -> Pixels:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{path}: in the manifest but gone; unpack the images again") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UserError(
            f"{path}: changed since the manifest was made; "
            "unpack the images again, or delete manifest.csv and run again"
        )
    try:
        return decode(data, size)
    except ValueError as error:
        raise UserError(f"{path}: {error}") from error


def _open(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    return image


@contextmanager
def _decoding_errors() -> Iterator[None]:
    """Turn whatever Pillow raises on damaged bytes into a ValueError that says what is wrong.

    That can be almost any exception: OSError, SyntaxError, struct.error, AssertionError.
    """
    try:
        yield
    except Image.DecompressionBombError:
        raise ValueError(f"more than {MAX_PIXELS // 1_000_000} megapixels; reduce it") from None
    except UnidentifiedImageError:
        raise ValueError(f"not an image ({', '.join(FORMATS)}); replace or remove it") from None
    except MemoryError:
        raise
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise ValueError(f"damaged image ({reason}); replace or remove it") from error


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 (upright) where it is absent or cannot be read."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except (SyntaxError, struct.error):
        return 1
    return orientation if orientation in UPRIGHT else 1


def _resize(image: Image.Image, size: Size) -> Image.Image:
    """Resize an undecoded image to RGB of `size`, here (width, height)."""
    wanted = (DRAFT_FACTOR * size[0], DRAFT_FACTOR * size[1])
    drafted = image.draft(image.mode, wanted)
    box = None if drafted is None else drafted[1]
    return _as_rgb(image).resize(size, Image.Resampling.BILINEAR, box)


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        upper = (np.asarray(image) >> 8).astype(np.uint8)
        return Image.fromarray(upper).convert("RGB")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")
