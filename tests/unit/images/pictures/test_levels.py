"""Pictures of more than 8 bits: which values become 0 and 255, worked out by hand."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from practical_dl.images.pictures.decoding import decode, examine_image
from practical_dl.images.pictures.levels import (
    Levels,
    Span,
    fitting_levels,
    levels_of,
    span_of,
    union,
)


def encoded(pixels: object, dtype: str, kind: str = "TIFF") -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.array(pixels, dtype)).save(buffer, kind)
    return buffer.getvalue()


def colour_png(pixels: object) -> bytes:
    """A PNG of 16 bits for each colour (height, width, 3 or 4), which Pillow cannot write."""
    values = np.array(pixels, ">u2")
    height, width, channels = values.shape

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 16, {3: 2, 4: 6}[channels], 0, 0, 0)
    lines = b"".join(b"\0" + line.tobytes() for line in values)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def grey_tiff(pixels: object, dtype: str, sample_format: int, photometric: int = 1) -> bytes:
    """A TIFF of one channel and one strip, for what Pillow reads but does not write."""
    values = np.array(pixels, dtype)
    height, width = values.shape
    bits = 8 * values.dtype.itemsize
    tags = [(256, width), (257, height), (258, bits), (259, 1), (262, photometric), (273, 200)]
    tags += [(277, 1), (278, height), (279, values.nbytes), (339, sample_format)]
    entries = b"".join(struct.pack("<HHIHH", tag, 3, 1, value, 0) for tag, value in tags)
    start = b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4)
    return start.ljust(200, b"\0") + values.tobytes()


def grey(data: bytes, levels: Levels | None = None) -> list[int]:
    """The decoded pixels of a picture of one row, all of whose channels are alike."""
    height, width = examine_image(data).size
    decoded = decode(data, (height, width), levels)
    assert (decoded == decoded[:, :, :1]).all()
    return [int(value) for value in decoded[0, :, 0]]


@pytest.mark.parametrize(
    ("span", "levels"),
    [
        (Span(0, 4095), Levels(0, 4096)),
        (Span(17, 2048), Levels(0, 4096)),
        (Span(0, 239), Levels(0, 256)),
        (Span(0, 65535), Levels(0, 65536)),
        (Span(0, 0), Levels(0, 1)),
        (Span(-1024, 3071), Levels(-1024, 4096)),
        (Span(-1000, -10), Levels(-1024, 0)),
        (Span(0.0, 1.0), Levels(0, 1)),
        (Span(0.1, 0.7), Levels(0, 1)),
        (Span(-1.0, 1.0), Levels(-1, 1)),
        (Span(0.0, 0.0003), Levels(0, 2.0**-11)),
        (Span(0.0, 254.9), Levels(0, 256)),
        (Span(0.0, 1.5), Levels(0, 2)),
        (Span(0, 4_000_000_000), Levels(0, 2.0**32)),
    ],
)
def test_levels_are_the_powers_of_two_around_a_span(span: Span, levels: Levels) -> None:
    assert levels_of(span) == levels


def test_a_union_holds_all_spans() -> None:
    assert union([Span(0, 4000), Span(-5, 20)]) == Span(-5, 4000)
    assert union([]) is None


@pytest.mark.parametrize(
    ("span", "levels"),
    [
        (Span(0, 4095), Levels(0, 4096)),
        (Span(0, 600), Levels(0, 4096)),  # 10 bits of 12: a darker picture
        (Span(0, 511), Levels(0, 512)),  # an eighth: it would be nearly black
        (Span(0, 5000), Levels(0, 8192)),  # more than the others hold
        (Span(-3, 4000), Levels(-4, 4096)),
    ],
)
def test_a_picture_takes_the_levels_of_all_where_they_suit_it(span: Span, levels: Levels) -> None:
    assert fitting_levels(span, Levels(0, 4096)) == levels


@given(st.floats(-1e6, 1e6, allow_subnormal=False), st.floats(-1e6, 1e6, allow_subnormal=False))
def test_levels_once_chosen_are_chosen_again(first: float, second: float) -> None:
    """So that the manifest may name the levels of each picture, and `predict` those of all."""
    span = Span(min(first, second), max(first, second))
    for shared in (None, Levels(0, 4096), Levels(-1024, 65536)):
        chosen = fitting_levels(span, shared)
        assert fitting_levels(span, chosen) == chosen
        assert chosen.low <= span.least
        assert chosen.high >= span.greatest


@pytest.mark.parametrize(("kind", "dtype"), [("PNG", "u2"), ("TIFF", "u2"), ("TIFF", ">u2")])
def test_all_16_bits_keep_their_upper_8(kind: str, dtype: str) -> None:
    values = [0, 255, 256, 0x64FF, 0x8000, 65535]
    assert grey(encoded([values], dtype, kind)) == [value >> 8 for value in values]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (encoded([[0, 120, 239]], "u2", "PNG"), [0, 120, 239]),
        (encoded([[0, 1024, 4095]], "u2", "PNG"), [0, 64, 255]),
        (encoded([[0, 1024, 4095]], "i4"), [0, 64, 255]),
        (encoded([[-1024, 0, 4095]], "i4"), [0, 51, 255]),
        (encoded([[0, 0.25, 0.5, 1]], "f4"), [0, 64, 128, 255]),
        (encoded([[0, 100, 255]], "f4"), [0, 100, 255]),
        (encoded([[-1, 0, 1]], "f4"), [0, 128, 255]),
        (encoded([[0.5, np.nan, np.inf, -np.inf, 1]], "f4"), [128, 0, 255, 0, 255]),
        (grey_tiff([[-1024, 0, 3071]], "<i2", 2), [0, 51, 204]),
        (grey_tiff([[0, 2**31, 2**32 - 1]], "<u4", 1), [0, 128, 255]),
        (grey_tiff([[0, 1024, 4095]], "<u2", 1, photometric=0), [255, 191, 0]),
        (b"P5 3 1 65535\n" + np.array([0, 1024, 4095], ">u2").tobytes(), [0, 64, 255]),
        (b"P5 3 1 4095\n" + np.array([0, 1024, 4095], ">u2").tobytes(), [0, 64, 255]),
        (b"Pf\n3 1\n-1.0\n" + np.array([0, 0.5, 1], "<f4").tobytes(), [0, 128, 255]),
    ],
)
def test_a_picture_of_more_than_8_bits_fills_0_to_255(data: bytes, expected: list[int]) -> None:
    assert grey(data) == expected


def test_the_levels_of_the_set_keep_a_dark_picture_dark() -> None:
    dark = encoded([[0, 512, 1023]], "u2", "PNG")
    assert grey(dark) == [0, 128, 255]
    assert grey(dark, Levels(0, 4096)) == [0, 32, 63]


def test_many_rows_are_scaled_as_few() -> None:
    values = np.arange(200 * 3).reshape(200, 3)
    decoded = decode(encoded(values, "u2", "PNG"), (200, 3))
    assert (decoded[:, :, 0] == values // 4).all()


def test_a_picture_of_nothing_but_nan_is_broken() -> None:
    with pytest.raises(ValueError, match="not one of its values is a number"):
        examine_image(encoded([[np.nan, np.nan]], "f4"))


def test_a_span_knows_no_infinity() -> None:
    assert span_of(np.array([np.nan, -np.inf, 2.0, 5.0])) == Span(2, 5)


def test_colours_of_16_bits_keep_their_upper_8() -> None:
    pixels = [[[65535, 256, 0], [0x64FF, 4096, 300]]]
    assert decode(colour_png(pixels), (1, 2)).tolist() == [[[255, 1, 0], [100, 16, 1]]]


@pytest.mark.parametrize("read", [examine_image, lambda data: decode(data, (1, 2))])
@pytest.mark.parametrize("opaque", [[], [65535]])
def test_colours_of_12_bits_in_16_are_refused_instead_of_black(
    read: Callable[[bytes], object], opaque: list[int]
) -> None:
    pixels = [[[4095, 2000, 0, *opaque], [0, 4095, 300, *opaque]]]
    with pytest.raises(ValueError, match=r"upper 4 or more unused, .* convert it to 8 bits"):
        read(colour_png(pixels))


def test_8_bits_have_no_span() -> None:
    assert examine_image(encoded([[0, 9]], "u1")).span is None
