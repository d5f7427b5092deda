"""From an image file's bytes to upright RGB of one size, and to what a manifest says of it."""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from practical_dl.images.pictures.cut_jpegs import completed, is_cut_jpeg
from practical_dl.images.pictures.formats import FORMATS, open_picture
from practical_dl.images.pictures.levels import (
    Levels,
    Span,
    deep_pixels,
    eight_bits,
    has_deep_colour,
    is_deep,
    require_bright,
    span_of,
)

Result = TypeVar("Result")
Pixels = NDArray[np.uint8]
Size = tuple[int, int]

MAX_PIXELS = 100_000_000
MAX_JPEG_PIXELS = 1_000_000_000
MAX_PROGRESSIVE_PIXELS = 200_000_000
"""A large JPEG is decoded small, of a progressive one all coefficients are held meanwhile."""
MAX_FRAMES = 100
"""As many frames or pages are searched for one with content."""
DRAFT_FACTOR = 2
"""A large JPEG is decoded at 1/2, 1/4 or 1/8 of its size, but never below this many times the
wanted size (Pillow's `reducing_gap`); the resampling does the rest."""

CUT = "lack their last bytes; what is lost of them is small, and taken as it follows from the rest"
FRAMES = "hold several frames or pages, of which the first is taken"
BLANK_FRAMES = "begin with a frame or page of one colour; the first with content is taken"

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The operation that makes an image upright, by its EXIF orientation; 1 is upright."""

SIDEWAYS = (5, 6, 7, 8)


@dataclass(frozen=True)
class Examined:
    """What decoding a file in full has shown: its upright (height, width) in pixels, of more than
    8 bits its values, and what else is worth telling."""

    size: Size
    span: Span | None = None
    notes: tuple[str, ...] = ()


class _TooLarge(Exception):
    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


def decode(data: bytes, size: Size, levels: Levels | None = None) -> Pixels:
    """Decode an image file's bytes to (height, width, 3) uint8 RGB of `size` (height, width).

    The image is resized to `size` as in the lessons, whatever its shape. EXIF orientation is
    applied; transparency is laid over white; more than 8 bits become 8 by `levels` (see there);
    of several frames the first that is not of one colour is taken; colour profiles are ignored.
    Resampling is Pillow's bilinear filter, whose support grows with the reduction (antialiasing).

    Raises:
        ValueError: says why the bytes are not a usable image.
    """

    def read(data: bytes) -> Pixels:
        image, _ = _open(data)
        orientation = _orientation(image)
        stored_size = size if orientation in SIDEWAYS else size[::-1]
        small = _resize(image, stored_size, levels)
        return np.array(small.transpose(UPRIGHT[orientation]) if orientation > 1 else small)

    return _read_completed(read, data)[0]


def examine_image(data: bytes) -> Examined:
    """Decode an image file's bytes in full, a huge JPEG small.

    Raises:
        ValueError: says why the bytes are not a usable image.
    """
    examined, is_cut = _read_completed(_examine, data)
    notes = (*examined.notes, CUT) if is_cut else examined.notes
    return Examined(examined.size, examined.span, notes)


def _examine(data: bytes) -> Examined:
    image, notes = _open(data)
    size = image.size
    if _limit_factor(image) > 1:
        image.draft(image.mode, _reduced(image.size, _limit_factor(image)))
    image.load()
    sideways = _orientation(image) in SIDEWAYS
    span = span_of(deep_pixels(image)) if is_deep(image) else None
    return Examined(size if sideways else size[::-1], span, notes)


def _read_completed(read: Callable[[bytes], Result], data: bytes) -> tuple[Result, bool]:
    """What `read` makes of the bytes, or of a JPEG that lacks its last bytes and is completed."""
    with _decoding_errors():
        try:
            return read(data), False
        except OSError as error:
            if not is_cut_jpeg(data, error):
                raise
        return read(completed(data, _limit_factor(open_picture(data)))), True


def _open(data: bytes) -> tuple[Image.Image, tuple[str, ...]]:
    """The image, decoded unless it is a JPEG, at its first frame with content; and notes."""
    image = open_picture(data)
    is_jpeg = image.format in ("JPEG", "MPO")
    if image.width * image.height > _most_pixels(image):
        raise _TooLarge(_most_pixels(image))
    if is_jpeg:
        return image, ()
    deep_colour = has_deep_colour(image)
    image.load()
    if deep_colour:
        require_bright(image)
    if not getattr(image, "is_animated", False):
        return image, ()
    return image, (BLANK_FRAMES if _seek_content(image) else FRAMES,)


def _most_pixels(image: Image.Image) -> int:
    if image.format not in ("JPEG", "MPO"):
        return MAX_PIXELS
    return MAX_PROGRESSIVE_PIXELS if image.info.get("progressive") else MAX_JPEG_PIXELS


def _seek_content(image: Image.Image) -> int:
    """Move to the first frame that is not of one colour, and return its number; 0 if all are."""
    for number in range(MAX_FRAMES):
        try:
            image.seek(number)
        except EOFError:
            break
        if image.width * image.height > MAX_PIXELS:
            raise _TooLarge(MAX_PIXELS)
        values = deep_pixels(image) if is_deep(image) else np.asarray(_as_rgb(image, None))
        if (values != values[:1, :1]).any():
            return number
    image.seek(0)
    return 0


@contextmanager
def _decoding_errors() -> Iterator[None]:
    """Turn whatever Pillow raises on damaged bytes into a ValueError that says what is wrong.

    That can be almost any exception: OSError, SyntaxError, struct.error, AssertionError.
    """
    try:
        yield
    except (_TooLarge, Image.DecompressionBombError) as error:
        limit = error.limit if isinstance(error, _TooLarge) else MAX_PIXELS
        raise ValueError(f"more than {limit // 1_000_000} megapixels; reduce it") from None
    except UnidentifiedImageError as error:
        reason = str(error) if "pip install" in str(error) else ", ".join(FORMATS)
        raise ValueError(f"not an image ({reason}); replace or remove it") from None
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


def _limit_factor(image: Image.Image) -> int:
    """By how much a JPEG is to be reduced while it is decoded, to have MAX_PIXELS at most."""
    pixels = image.width * image.height
    return next((factor for factor in (1, 2, 4) if pixels <= MAX_PIXELS * factor**2), 8)


def _reduced(size: Size, factor: int) -> Size:
    return max(size[0] // factor, 1), max(size[1] // factor, 1)


def _resize(image: Image.Image, size: Size, levels: Levels | None) -> Image.Image:
    """Resize an image, of a JPEG an undecoded one, to RGB of `size`, here (width, height)."""
    wanted = (DRAFT_FACTOR * size[0], DRAFT_FACTOR * size[1])
    factor = _limit_factor(image)
    if factor > 1:
        limit = _reduced(image.size, factor)
        wanted = (min(wanted[0], limit[0]), min(wanted[1], limit[1]))
    drafted = image.draft(image.mode, wanted)
    box = None if drafted is None else drafted[1]
    return _as_rgb(image, levels).resize(size, Image.Resampling.BILINEAR, box)


def _as_rgb(image: Image.Image, levels: Levels | None) -> Image.Image:
    if is_deep(image):
        return eight_bits(image, levels).convert("RGB")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")
