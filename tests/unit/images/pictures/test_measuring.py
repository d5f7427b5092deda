"""Measuring: every image decoded once, its size and hash in the manifest, faults counted."""

import io
import os
import tarfile
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.images.pictures.manifest import read_manifest, write_manifest
from practical_dl.images.pictures.measuring import measure
from practical_dl.images.pictures.sources import folder, statefarm
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log


def a_log() -> Log:
    return Log("measure", io.StringIO(), io.StringIO())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two classes of two images; sizes (width, height) differ."""
    sizes = {"x/3.png": (3, 5), "x/1.jpg": (40, 30), "y/4.bmp": (7, 2), "y/2.webp": (16, 16)}
    for path, size in sizes.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        Image.new("RGB", size).save(tmp_path / path)
    return tmp_path


@pytest.mark.parametrize("threads", [1, 2])
def test_measure_makes_a_manifest(source: Path, threads: int) -> None:
    listed = folder(source, ".", None, None, None)
    manifest = measure(listed, source, threads, a_log())
    assert manifest[["image_id", "width", "height"]].to_numpy().tolist() == [
        ["1.jpg", 40, 30],
        ["2.webp", 16, 16],
        ["3.png", 3, 5],
        ["4.bmp", 7, 2],
    ]
    assert list(manifest["sha256"]) == [sha256_of_file(source / path) for path in manifest["path"]]
    write_manifest(source / "manifest.csv", manifest)
    pd.testing.assert_frame_equal(read_manifest(source / "manifest.csv"), manifest)


def test_measure_names_the_first_unusable_image_and_counts_them(source: Path) -> None:
    listed = folder(source, ".", None, None, None)
    (source / "x/3.png").write_text("a renamed text")
    (source / "y/2.webp").write_bytes(b"RIFF")
    (source / "y/4.bmp").unlink()
    with pytest.raises(UserError) as caught:
        measure(listed, source, 2, a_log())
    assert str(caught.value) == (
        f"{source}/y/2.webp: not an image (JPEG, PNG, BMP, WEBP, GIF); replace or remove it "
        "(3 of 4 images unusable)"
    )


def test_measure_says_that_a_file_is_gone(source: Path) -> None:
    listed = folder(source, ".", None, None, None)
    (source / "x/1.jpg").unlink()
    with pytest.raises(UserError, match=r"1\.jpg: No such file or directory \(1 of 4"):
        measure(listed, source, 1, a_log())


def test_measure_finds_a_truncated_real_photo(tmp_path: Path) -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    data = Path(os.environ["PRACTICAL_DL_DATA"]) / "statefarm/640x480"
    with tarfile.open(data / "imgs.tar") as archive:
        archive.extractall(tmp_path, filter="data")
    listed = statefarm(tmp_path, data / "driver_imgs_list.csv")
    manifest = measure(listed, tmp_path, 2, a_log())
    assert len(manifest) == 772
    assert set(manifest["width"]) == {640}
    assert set(manifest["height"]) == {480}
    last = tmp_path / manifest["path"].iloc[-1]
    last.write_bytes(last.read_bytes()[:-2000])
    with pytest.raises(UserError, match=r"truncated.*\(1 of 772 images unusable\)$"):
        measure(listed, tmp_path, 2, a_log())
