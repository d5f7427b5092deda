"""Decoding: every kind of image becomes upright RGB of one size, or one line that says why not."""

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from practical_dl.images.pictures import loading
from practical_dl.images.pictures.loading import decode, map_ahead, measure_image, read_images
from practical_dl.job.errors import UserError

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def encode(image: Image.Image, kind: str = "PNG", orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif)
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


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
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
    assert measure_image(data) == ((64, 32) if 5 <= orientation <= 8 else (32, 64))


def test_a_reduced_jpeg_looks_like_the_full_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The side is no multiple of the reduction, so the reduced image has a part of a pixel more."""
    ramp = np.add.outer(np.arange(509), np.arange(509)) // 4
    waves = 40 * np.sin(np.arange(509) / 9)[:, None, None] * np.ones(3)
    photo = encode(from_array(np.clip(ramp[:, :, None] + waves, 0, 255)), "JPEG")
    reduced = decode(photo, (60, 60)).astype(int)
    monkeypatch.setattr(loading, "DRAFT_FACTOR", 1000)
    full = decode(photo, (60, 60)).astype(int)
    assert 0 < np.abs(reduced - full).mean() < 0.5


def test_an_image_with_damaged_exif_is_taken_as_upright() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (6, 4), RED).save(buffer, "PNG", exif=b"Exif\0\0nonsense")
    assert measure_image(buffer.getvalue()) == (4, 6)


@pytest.mark.parametrize("read", [measure_image, lambda data: decode(data, (4, 4))])
def test_unusable_bytes_are_described(read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(read)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3))
    photo = encode(from_array(noise), "JPEG")
    with pytest.raises(ValueError, match=r"^damaged image \(.*truncated"):
        read(photo[: len(photo) // 2])
    with pytest.raises(ValueError, match=r"^not an image \(JPEG, PNG, BMP, WEBP, GIF\)"):
        read(b"a text that was renamed to .jpg")
    monkeypatch.setattr(loading, "MAX_PIXELS", 64 * 64 - 1)
    with pytest.raises(ValueError, match=r"megapixels; reduce it$"):
        read(photo)


def test_a_decompression_bomb_is_not_decoded() -> None:
    header = bytearray(encode(Image.new("RGB", (1, 1)), "BMP"))
    header[18:26] = np.array([60_000, 60_000], "<i4").tobytes()
    with pytest.raises(ValueError, match=r"^more than 100 megapixels; reduce it$"):
        measure_image(bytes(header))


PHOTOS = [
    encode(Image.effect_noise((20, 16), 90).convert("RGB"), kind, 6)
    for kind in ("JPEG", "PNG", "BMP", "WEBP", "GIF")
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


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """150 plain 4x4 images, image n of the grey level n."""
    for level in range(150):
        (tmp_path / f"{level:03}.png").write_bytes(encode(Image.new("L", (4, 4), level)))
    return tmp_path


def rows_of(root: Path) -> pd.DataFrame:
    paths = sorted(root.glob("*.png"))
    return pd.DataFrame(
        {
            "path": [path.name for path in paths],
            "sha256": [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths],
        }
    )


@pytest.mark.parametrize("threads", [1, 3])
def test_read_images_gives_every_row_in_order(photos: Path, threads: int) -> None:
    rows = rows_of(photos)
    blocks = list(read_images(photos, rows, (2, 3), threads))
    assert [pixels.shape for _, pixels in blocks] == [(64, 2, 3, 3), (64, 2, 3, 3), (22, 2, 3, 3)]
    pd.testing.assert_frame_equal(pd.concat([block for block, _ in blocks]), rows)
    together: NDArray[np.uint8] = np.concatenate([pixels for _, pixels in blocks])
    assert (together == np.arange(150)[:, None, None, None]).all()


def test_read_images_refuses_a_file_that_changed(photos: Path) -> None:
    rows = rows_of(photos)
    (photos / "100.png").write_bytes((photos / "000.png").read_bytes())
    with pytest.raises(UserError, match=r"100\.png: changed since the manifest was made; unpack"):
        list(read_images(photos, rows, (2, 2), 2))


def test_read_images_refuses_a_file_that_vanished(photos: Path) -> None:
    rows = rows_of(photos)
    (photos / "100.png").unlink()
    with pytest.raises(UserError, match=r"100\.png: in the manifest but gone"):
        list(read_images(photos, rows, (2, 2), 2))


def test_read_images_names_a_file_that_cannot_be_decoded(photos: Path) -> None:
    (photos / "007.png").write_bytes(b"text")
    with pytest.raises(UserError, match=r"007\.png: not an image"):
        list(read_images(photos, rows_of(photos), (2, 2), 1))


def test_map_ahead_works_no_further_ahead_than_it_says() -> None:
    taken = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = map_ahead(lambda number: number * number, numbers(), 2)
    for expected in range(10):
        assert next(results) == expected**2
        assert len(taken) == expected + 4
    results.close()  # type: ignore[attr-defined]
    assert len(taken) == 13


def test_map_ahead_uses_as_many_threads_as_it_is_given() -> None:
    both_here = threading.Barrier(2, timeout=10)
    list(map_ahead(lambda _: both_here.wait(), range(6), 2))
    names = set(map_ahead(lambda _: threading.current_thread().name, range(20), 1))
    assert len(names) == 1


def test_map_ahead_stops_at_the_first_error() -> None:
    done = []

    def work(number: int) -> None:
        if number == 2:
            raise KeyError(number)
        done.append(number)

    with pytest.raises(KeyError):
        list(map_ahead(work, range(1000), 1))
    assert done == [0, 1, 3]


def test_real_photos_decode_at_their_size_and_smaller(tmp_path: Path) -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    with tarfile.open(Path(os.environ["PRACTICAL_DL_DATA"]) / "dogscats/train.tar") as archive:
        archive.extractall(tmp_path, filter="data")
    for path in sorted((tmp_path / "train").glob("cat.?.jpg")):
        data = path.read_bytes()
        size = measure_image(data)
        full = decode(data, size)
        assert (full == np.asarray(Image.open(path))).all()
        small = decode(data, (32, 32))
        assert np.abs(small.mean((0, 1)) - full.mean((0, 1))).max() < 1
