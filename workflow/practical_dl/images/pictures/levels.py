"""Pictures of more than 8 bits a pixel: which of their values become 0 and 255.

One rule: from 0 (or, with negative values, the negative power of two below the least) to the power
of two above the greatest value of the labelled pictures together; 12-bit values in 16 bits are so
read as 0 to 4,095, and all 16 bits keep their upper 8. A picture whose values lie outside that, or
that uses an eighth of it or less and would be nearly black, takes the same of its own values.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, TiffImagePlugin

WHITE_IS_ZERO = 0
DARK_SHARE = 1 / 8
DARKEST_COLOUR = 16
STRIP_ROWS = 64


@dataclass(frozen=True)
class Span:
    """The least and the greatest value of one or more pictures."""

    least: float
    greatest: float


@dataclass(frozen=True)
class Levels:
    """Values from `low` on become 0, those just below `high` become 255."""

    low: float
    high: float

    def __str__(self) -> str:
        last = self.high - 1 if self.high > 1 else self.high
        return f"{self.low:,g} to {last:,.10g}"


def is_deep(image: Image.Image) -> bool:
    """Whether a picture is of one channel with more than 8 bits: I;16, I or F."""
    return image.mode.startswith(("I", "F"))


def deep_pixels(image: Image.Image) -> NDArray[np.generic]:
    """The values of such a picture (height, width); Pillow shows 32 bits without sign as signed."""
    pixels = np.asarray(image)
    is_unsigned = _tag(image, TiffImagePlugin.SAMPLEFORMAT, ()) in ((), (1,))
    return pixels.view(np.uint32) if image.mode == "I" and is_unsigned else pixels


def span_of(pixels: NDArray[np.generic]) -> Span:
    """The least and greatest of `pixels` that are numbers.

    Raises:
        ValueError: none of them is.
    """
    numbers = pixels[np.isfinite(pixels)] if pixels.dtype.kind == "f" else pixels
    if not numbers.size:
        raise ValueError("not one of its values is a number")
    return Span(float(numbers.min()), float(numbers.max()))


def union(spans: Iterable[Span]) -> Span | None:
    """The least and greatest value of all, None of none."""
    known = list(spans)
    if not known:
        return None
    return Span(min(span.least for span in known), max(span.greatest for span in known))


def levels_of(span: Span) -> Levels:
    """The levels that hold a span, as the rule above has them."""
    low = -_power_from(-span.least) if span.least < 0 else 0.0
    high = _power_above(span.greatest) if span.greatest > 0 else 0.0
    return Levels(low, high if high > low else low + 1)


def fitting_levels(span: Span, shared: Levels | None) -> Levels:
    """The levels of a picture: the `shared` ones, or its own where these do not suit it."""
    own = levels_of(span)
    if shared is None:
        return own
    is_inside = shared.low <= own.low and own.high <= shared.high
    is_dark = own.high - own.low <= DARK_SHARE * (shared.high - shared.low)
    return shared if is_inside and not is_dark else own


def eight_bits(image: Image.Image, shared: Levels | None) -> Image.Image:
    """A picture of more than 8 bits as one of 8, of mode L; what is no number becomes 0."""
    pixels = deep_pixels(image)
    levels = fitting_levels(span_of(pixels), shared)
    small = np.empty(pixels.shape, np.uint8)
    for start in range(0, len(pixels), STRIP_ROWS):
        strip = pixels[start : start + STRIP_ROWS].astype(np.float64)
        scaled = (strip - levels.low) * (256 / (levels.high - levels.low))
        small[start : start + STRIP_ROWS] = np.nan_to_num(scaled, nan=0).clip(0, 255)
    return Image.fromarray(255 - small if _is_inverted(image) else small)


def has_deep_colour(image: ImageFile.ImageFile) -> bool:
    """Whether an image, not loaded yet, has 16 bits for each colour, of which Pillow keeps 8."""
    return not is_deep(image) and any(";16" in str(tile.args) for tile in image.tile)


def require_bright(image: Image.Image) -> None:
    """Refuse a picture of 16 bits for each colour that has nothing in the upper 8.

    Raises:
        ValueError: it would be nearly black.
    """
    colours = image.convert("RGB").getextrema()
    if max(int(greatest) for _, greatest in colours) < DARKEST_COLOUR:  # type: ignore[misc]
        raise ValueError(
            "16 bits for each colour with the upper 4 or more unused, which would be black; "
            "convert it to 8 bits for each colour"
        )


def _power_above(value: float) -> float:
    return 2.0 ** int(value).bit_length() if value > 1 else _power_from(value)


def _power_from(value: float) -> float:
    return 2.0 ** math.ceil(math.log2(value))


def _is_inverted(image: Image.Image) -> bool:
    return _tag(image, TiffImagePlugin.PHOTOMETRIC_INTERPRETATION, None) == WHITE_IS_ZERO


def _tag(image: Image.Image, number: int, otherwise: object) -> object:
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return otherwise
    return image.tag_v2.get(number, otherwise)
