"""Decoding: every kind of image becomes upright RGB of one size, or one line that says why not."""

import io
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from practical_dl.images.pictures import decoding, formats
from practical_dl.images.pictures.decoding import decode, examine_image
from practical_dl.images.pictures.formats import has_heif
from practical_dl.images.pictures.levels import Levels

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def orientation_exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def encode(image: Image.Image, kind: str = "PNG", orientation: int = 1) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=orientation_exif(orientation))
    return buffer.getvalue()


def from_array(pixels: object, dtype: type = np.uint8) -> Image.Image:
    return Image.fromarray(np.array(pixels, dtype))


def test_rgb_stays_what_it_is_at_its_own_size() -> None:
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    decoded = decode(encode(from_array(pixels)), (2, 3))
    assert decoded.dtype == np.uint8
    assert (decoded == pixels).all()


def test_an_image_is_resized_to_height_and_width_whatever_its_shape() -> None:
    """Of the triangle round column 10, 20 wide to each side, 15 / 17.5 lies on the red half."""
    left_half_red = Image.new("RGB", (40, 10), BLUE)
    left_half_red.paste(RED, (0, 0, 20, 10))
    decoded = decode(encode(left_half_red), (4, 2))
    assert decoded.shape == (4, 2, 3)
    assert np.abs(decoded[:, 0].astype(int) - (219, 0, 36)).max() <= 1
    assert np.abs(decoded[:, 1].astype(int) - (36, 0, 219)).max() <= 1


def test_shrinking_averages_instead_of_picking_pixels() -> None:
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = 255
    inner = decode(encode(from_array(stripes)), (8, 8))[:, 1:-1]
    assert np.abs(inner.astype(int) - 127).max() <= 2


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (from_array([[0, 100, 255]]), [(0, 0, 0), (100, 100, 100), WHITE]),
        (from_array([[0, 0x64FF, 0xFFFF]], np.uint16), [(0, 0, 0), (100, 100, 100), WHITE]),
        (Image.new("1", (3, 1), 1), [WHITE] * 3),
        (Image.new("LA", (3, 1), (0, 0)), [WHITE] * 3),
        (Image.new("RGBA", (3, 1), (*RED, 255)), [RED] * 3),
        (Image.new("RGBA", (3, 1), (*RED, 0)), [WHITE] * 3),
        (Image.new("RGB", (3, 1), GREEN).convert("P"), [GREEN] * 3),
    ],
)
def test_every_mode_becomes_rgb(image: Image.Image, expected: list[tuple[int, ...]]) -> None:
    assert decode(encode(image), (1, 3)).tolist() == [[list(colour) for colour in expected]]


def test_a_palette_with_a_transparent_colour_lies_on_white() -> None:
    image = Image.new("P", (2, 1), 0)
    image.putpalette([*RED, *BLUE])
    image.putpixel((1, 0), 1)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", transparency=0)
    assert decode(buffer.getvalue(), (1, 2)).tolist() == [[list(WHITE), list(BLUE)]]


def test_cmyk_jpeg_becomes_rgb() -> None:
    green = Image.new("CMYK", (16, 16), (255, 0, 255, 0))
    assert np.abs(decode(encode(green, "JPEG"), (16, 16)).astype(int) - GREEN).max() <= 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize(
    ("orientation", "upright"),
    enumerate(["RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB", "RGBW"], start=1),
)
def test_exif_orientation_is_applied(kind: str, orientation: int, upright: str) -> None:
    """The file's quarters are red, green, blue, white; `upright` lists those of the scene."""
    colours = {"R": RED, "G": GREEN, "B": BLUE, "W": WHITE}
    stored = Image.new("RGB", (64, 32))
    for index, name in enumerate("RGBW"):
        left, top = 32 * (index % 2), 16 * (index // 2)
        stored.paste(colours[name], (left, top, left + 32, top + 16))
    data = encode(stored, kind, orientation)
    quarters = decode(data, (40, 20))[[8, 8, 32, 32], [4, 16, 4, 16]].astype(int)
    assert np.abs(quarters - [colours[name] for name in upright]).max() < 30
    assert examine_image(data).size == ((64, 32) if 5 <= orientation <= 8 else (32, 64))


def test_a_reduced_jpeg_looks_like_the_full_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The side is no multiple of the reduction, so the reduced image has a part of a pixel more."""
    ramp = np.add.outer(np.arange(509), np.arange(509)) // 4
    waves = 40 * np.sin(np.arange(509) / 9)[:, None, None] * np.ones(3)
    photo = encode(from_array(np.clip(ramp[:, :, None] + waves, 0, 255)), "JPEG")
    reduced = decode(photo, (60, 60)).astype(int)
    monkeypatch.setattr(decoding, "DRAFT_FACTOR", 1000)
    full = decode(photo, (60, 60)).astype(int)
    assert 0 < np.abs(reduced - full).mean() < 0.5


def test_an_image_with_damaged_exif_is_taken_as_upright() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (6, 4), RED).save(buffer, "PNG", exif=b"Exif\0\0nonsense")
    assert examine_image(buffer.getvalue()).size == (4, 6)


@pytest.mark.parametrize("read", [examine_image, lambda data: decode(data, (4, 4))])
def test_unusable_bytes_are_described(read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(read)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3))
    photo = encode(from_array(noise), "JPEG")
    with pytest.raises(ValueError, match=r"^damaged image \(.*truncated"):
        read(photo[: len(photo) // 2])
    with pytest.raises(ValueError, match=r"^not an image \(JPEG, PNG, BMP, WEBP, GIF, TIFF, AVIF"):
        read(b"a text that was renamed to .jpg")
    monkeypatch.setattr(decoding, "MAX_PIXELS", 64 * 64 - 1)
    with pytest.raises(ValueError, match=r"megapixels; reduce it$"):
        read(encode(from_array(noise)))


def test_a_decompression_bomb_is_not_decoded() -> None:
    header = bytearray(encode(Image.new("RGB", (1, 1)), "BMP"))
    header[18:26] = np.array([60_000, 60_000], "<i4").tobytes()
    with pytest.raises(ValueError, match=r"^more than 100 megapixels; reduce it$"):
        examine_image(bytes(header))


PHOTOS = [
    encode(Image.effect_noise((20, 16), 90).convert("RGB"), kind, 6)
    for kind in ("JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF", "AVIF", "JPEG2000", "PPM")
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(PHOTOS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6),
    st.floats(0.3, 1),
)
def test_damaged_bytes_give_pixels_or_a_value_error(
    photo: bytes, changes: list[tuple[float, int]], kept: float
) -> None:
    damaged = bytearray(photo)
    for place, value in changes:
        damaged[int(place * (len(damaged) - 1))] = value
    try:
        outcome = str(decode(bytes(damaged[: int(kept * len(damaged))]), (5, 7)).shape)
    except ValueError as error:
        outcome = str(error)
    assert outcome.endswith(("(5, 7, 3)", "replace or remove it", "reduce it"))


def test_real_photos_decode_at_their_size_and_smaller(tmp_path: Path) -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    shutil.unpack_archive(Path(os.environ["PRACTICAL_DL_DATA"]) / "dogscats/train.tar", tmp_path)
    for path in sorted((tmp_path / "train").glob("cat.?.jpg")):
        data = path.read_bytes()
        size = examine_image(data).size
        full = decode(data, size)
        assert (full == np.asarray(Image.open(path))).all()
        small = decode(data, (32, 32))
        assert np.abs(small.mean((0, 1)) - full.mean((0, 1))).max() < 1


def frames(kind: str, *images: Image.Image) -> bytes:
    buffer = io.BytesIO()
    images[0].save(buffer, kind, save_all=True, append_images=images[1:], lossless=True)
    return buffer.getvalue()


def half(colour: tuple[int, int, int]) -> Image.Image:
    """Black with a right half of a colour, 64 by 64."""
    image = Image.new("RGB", (64, 64))
    image.paste(colour, (32, 0, 64, 64))
    return image


BLACK = Image.new("RGB", (64, 64))


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF", "AVIF"])
def test_of_several_frames_the_first_with_content_is_taken(kind: str) -> None:
    red, blue = half(RED), half(BLUE)
    data = frames(kind, BLACK, Image.new("RGB", (64, 64), WHITE), red, blue)
    shown = decode(data, (64, 64))[:, [10, 54]].astype(int)
    assert np.abs(shown - [(0, 0, 0), RED]).max() <= 6
    assert examine_image(data).notes == (decoding.BLANK_FRAMES,)
    first = frames(kind, blue, red)
    assert np.abs(decode(first, (64, 64))[:, 54].astype(int) - BLUE).max() <= 6
    assert examine_image(first).notes == (decoding.FRAMES,)


def test_frames_that_are_all_blank_give_the_first() -> None:
    data = frames("GIF", Image.new("RGB", (8, 8), RED), Image.new("RGB", (8, 8), BLUE))
    assert (decode(data, (8, 8)) == RED).all()


def test_a_single_blank_picture_is_what_it_is() -> None:
    assert (decode(encode(Image.new("RGB", (8, 8), RED)), (8, 8)) == RED).all()
    assert examine_image(encode(BLACK)).notes == ()


def test_the_size_is_that_of_the_page_that_is_taken() -> None:
    page = Image.new("L", (20, 30))
    page.paste(200, (0, 0, 20, 15))
    data = frames("TIFF", Image.new("L", (10, 10)), page)
    assert examine_image(data).size == (30, 20)
    assert decode(data, (30, 20))[[5, 25], 5, 0].tolist() == [200, 0]


def test_a_deep_page_with_content_is_found() -> None:
    empty = Image.fromarray(np.zeros((4, 4), np.uint16))
    full = Image.fromarray(np.array([[0, 4095]] * 4, np.uint16))
    data = frames("TIFF", empty, full)
    assert decode(data, (4, 2))[0, :, 0].tolist() == [0, 255]


@pytest.mark.parametrize("kind", ["JPEG2000", "PPM", "TIFF", "AVIF", "WEBP", "GIF", "BMP"])
def test_every_format_gives_the_same_picture(kind: str) -> None:
    buffer = io.BytesIO()
    half(RED).save(buffer, kind)
    shown = decode(buffer.getvalue(), (64, 64))[:, [10, 54]].astype(int)
    assert np.abs(shown - [(0, 0, 0), RED]).max() <= 10


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_above_the_limit_is_decoded_small(
    monkeypatch: pytest.MonkeyPatch, progressive: bool
) -> None:
    """480,000 pixels where 100,000 are allowed: at most a quarter, at least as many as wanted."""
    photo = Image.new("RGB", (800, 600), BLUE)
    photo.paste(RED, (0, 0, 400, 600))
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", exif=orientation_exif(6), progressive=progressive)
    data = buffer.getvalue()
    decoded_sizes = []
    real = decoding._as_rgb

    def watched(image: Image.Image, levels: Levels | None) -> Image.Image:
        rgb = real(image, levels)
        decoded_sizes.append(rgb.size)
        return rgb

    full = decode(data, (800, 600))
    monkeypatch.setattr(decoding, "MAX_PIXELS", 100_000)
    monkeypatch.setattr(decoding, "_as_rgb", watched)
    assert examine_image(data).size == (800, 600)
    assert np.abs(decode(data, (80, 60)).astype(int)[[20, 60], 30] - [RED, BLUE]).max() < 4
    large = decode(data, (800, 600))
    assert np.abs(large.astype(int) - full).mean() < 2
    assert decoded_sizes == [(200, 150), (200, 150)]


def test_a_jpeg_of_108_megapixels_is_read_and_a_png_is_not() -> None:
    image = Image.new("L", (12_000, 9_000), 70)
    image.paste(200, (0, 0, 6000, 9000))
    assert examine_image(encode(image, "JPEG")).size == (9_000, 12_000)
    assert decode(encode(image, "JPEG"), (9, 12))[4, [2, 9], 0].tolist() == [200, 70]
    with pytest.raises(ValueError, match=r"^more than 100 megapixels; reduce it$"):
        examine_image(encode(image, "PNG"))


@pytest.mark.parametrize(("progressive", "limit"), [(False, "1000"), (True, "200")])
def test_a_jpeg_has_limits_too(progressive: bool, limit: str) -> None:
    buffer = io.BytesIO()
    Image.new("L", (64, 64)).save(buffer, "JPEG", progressive=progressive)
    header = bytearray(buffer.getvalue())
    start = header.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    header[start : start + 4] = np.array([40_000, 40_000], ">u2").tobytes()
    with pytest.raises(ValueError, match=f"^more than {limit} megapixels; reduce it$"):
        decode(bytes(header), (8, 8))


def test_heic_is_read_where_its_package_is() -> None:
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    assert has_heif()
    shown = decode(encode(half(RED), "HEIF"), (64, 64))[:, [10, 54]].astype(int)
    assert np.abs(shown - [(0, 0, 0), RED]).max() <= 10


def test_heic_under_another_name_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "has_heif", lambda: False)
    with pytest.raises(ValueError, match=r"^not an image \(HEIC, .*pip install pillow-heif\)"):
        decode(b"\0\0\0\x1cftypheic" + bytes(20), (8, 8))
