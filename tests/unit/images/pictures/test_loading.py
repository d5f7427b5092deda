"""Reading the pictures of a manifest: in order, in blocks, and only if they are what it says."""

import hashlib
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from PIL import Image

from practical_dl.images.pictures.loading import map_ahead, read_images
from practical_dl.job.errors import UserError


def encode(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


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
    with pytest.raises(UserError, match=r"100\.png: changed since the manifest was made; run"):
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


def test_read_images_follows_the_levels_of_the_manifest(tmp_path: Path) -> None:
    """A 16-bit picture of 1,024, once of 12 bits and once of 16, and one of 8 bits."""
    deep = encode(Image.fromarray(np.full((2, 2), 1024, np.uint16)))
    (tmp_path / "a.png").write_bytes(deep)
    (tmp_path / "b.png").write_bytes(deep)
    (tmp_path / "c.png").write_bytes(encode(Image.new("L", (2, 2), 200)))
    nan = float("nan")
    rows = rows_of(tmp_path).assign(low=[0.0, 0.0, nan], high=[4096.0, 8192.0, nan])
    ((_, pictures),) = read_images(tmp_path, rows, (2, 2), 1)
    assert pictures[:, 0, 0, 0].tolist() == [64, 32, 200]
