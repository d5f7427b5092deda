"""Measuring: every image decoded once, its size and hash in the manifest, faults all named."""

import io
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.images.pictures.levels import Levels
from practical_dl.images.pictures.manifest import (
    COLUMNS,
    read_manifest,
    shared_levels,
    write_manifest,
)
from practical_dl.images.pictures.measuring import (
    DROPPED_COLUMNS,
    measure,
    require_all_usable,
    require_classes_left,
)
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
    manifest, bad = measure(listed, source, threads, a_log())
    assert bad.empty
    assert manifest[["image_id", "width", "height"]].to_numpy().tolist() == [
        ["1.jpg", 40, 30],
        ["2.webp", 16, 16],
        ["3.png", 3, 5],
        ["4.bmp", 7, 2],
    ]
    assert list(manifest["sha256"]) == [sha256_of_file(source / path) for path in manifest["path"]]
    write_manifest(source / "manifest.csv", manifest)
    pd.testing.assert_frame_equal(read_manifest(source / "manifest.csv"), manifest)


def refusal(root: Path) -> tuple[str, str]:
    """In what words unusable images are refused, and the job's log."""
    log_file = io.StringIO()
    log = Log("measure", log_file, io.StringIO())
    listed = folder(root, ".", None, None, None)
    _, bad = measure(listed, root, 2, log)
    with pytest.raises(UserError) as caught:
        require_all_usable(bad, len(listed), root, log)
    return str(caught.value).replace(str(root), "ROOT"), log_file.getvalue()


def test_all_unusable_images_are_named_at_once(source: Path) -> None:
    (source / "x/3.png").write_text("a renamed text")
    (source / "y/2.webp").write_bytes(b"RIFF")
    (source / "y/4.bmp").unlink()
    (source / "y/4.bmp").symlink_to("nowhere")
    formats = "JPEG, PNG, BMP, WEBP, GIF, TIFF, AVIF, JPEG2000, PPM"
    message, _ = refusal(source)
    assert message == (
        "ROOT: 3 of 4 images are unusable; mend them, or set `on_bad_pictures: drop` to do without "
        f"them: y/2.webp: not an image ({formats}); replace or remove it; "
        f"x/3.png: not an image ({formats}); replace or remove it; "
        "y/4.bmp: No such file or directory"
    )


def test_of_many_unusable_images_ten_are_named_and_all_are_in_the_log(source: Path) -> None:
    for number in range(12):
        (source / f"x/bad{number:02}.png").write_bytes(b"")
    message, log = refusal(source)
    assert message.startswith("ROOT: 12 of 16 images are unusable")
    assert message.endswith("; and 2 more, which the job's log names")
    assert [f"bad{number:02}.png" in message for number in range(12)] == [True] * 10 + [False] * 2
    assert all(f"x/bad{number:02}.png: not an image" in log for number in range(12))


def test_an_unusable_image_can_be_done_without(source: Path) -> None:
    Image.new("RGB", (3, 5)).save(source / "x/5.png")
    (source / "x/3.png").write_bytes(b"")
    terminal = io.StringIO()
    log = Log("measure", io.StringIO(), terminal)
    listed = folder(source, ".", None, None, None)
    manifest, bad = measure(listed, source, 1, log)
    require_classes_left(listed, manifest, bad, source, log)
    assert list(manifest["image_id"]) == ["1.jpg", "2.webp", "4.bmp", "5.png"]
    assert list(manifest["sha256"]) == [sha256_of_file(source / path) for path in manifest["path"]]
    assert list(bad.columns) == DROPPED_COLUMNS
    assert bad["path"].tolist() == ["x/3.png"]
    assert bad["reason"][0].startswith("not an image")
    assert terminal.getvalue() == "measure: 1 of 5 images are unusable and dropped\n"


@pytest.mark.parametrize("names", [["3.png"], ["1.jpg", "3.png"]])
def test_a_class_of_which_too_few_are_left_is_refused(source: Path, names: list[str]) -> None:
    for name in names:
        (source / "x" / name).write_bytes(b"")
    listed = folder(source, ".", None, None, None)
    manifest, bad = measure(listed, source, 1, a_log())
    with pytest.raises(UserError, match=r"unusable images, .* class x has fewer than two \(1 such"):
        require_classes_left(listed, manifest, bad, source, a_log())


def deep_set(root: Path, **greatest: int) -> tuple[pd.DataFrame, str]:
    """The manifest of 16-bit pictures with these greatest values, and what was told."""
    for name, value in greatest.items():
        (root / name[0]).mkdir(exist_ok=True)
        Image.fromarray(np.array([[0, value]], np.uint16)).save(root / name[0] / f"{name}.png")
    terminal = io.StringIO()
    listed = folder(root, ".", None, None, None)
    manifest, _ = measure(listed, root, 1, Log("measure", io.StringIO(), terminal))
    write_manifest(root / "manifest.csv", manifest)
    pd.testing.assert_frame_equal(read_manifest(root / "manifest.csv"), manifest)
    return manifest, terminal.getvalue()


def test_pictures_of_12_bits_in_16_share_their_levels(tmp_path: Path) -> None:
    manifest, told = deep_set(tmp_path, a1=4095, a2=2000, b1=3000, b2=700)
    assert manifest[["low", "high"]].to_numpy().tolist() == [[0, 4096]] * 4
    assert told == "measure: 4 pictures of more than 8 bits: 0 to 4,095 becomes 0 to 255\n"
    assert shared_levels(manifest) == Levels(0, 4096)


def test_pictures_of_other_depths_take_levels_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    Image.new("L", (1, 1), 9).save(tmp_path / "a/a0.png")
    manifest, told = deep_set(tmp_path, a1=65535, a2=4095, b1=60000, b2=255)
    assert manifest["low"].isna().tolist() == [True, False, False, False, False]
    assert manifest["high"].tolist()[1:] == [65536, 4096, 65536, 256]
    assert "2 pictures of more than 8 bits: 0 to 65,535 becomes 0 to 255" in told
    assert "2 pictures of more than 8 bits use too little" in told
    assert shared_levels(manifest) == Levels(0, 65536)


def test_the_test_part_has_no_say_in_the_levels(tmp_path: Path) -> None:
    for name in ("train/a/1", "train/a/2", "train/b/3", "train/b/4", "test/5"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        value = 65535 if name == "test/5" else 1000
        Image.fromarray(np.array([[0, value]], np.uint16)).save(tmp_path / f"{name}.png")
    listed = folder(tmp_path, "train", "test", None, None)
    manifest, _ = measure(listed, tmp_path, 1, a_log())
    assert manifest["high"].tolist() == [1024, 1024, 1024, 1024, 65536]
    assert shared_levels(manifest) == Levels(0, 1024)


def test_pictures_of_8_bits_have_no_levels(source: Path) -> None:
    manifest, _ = measure(folder(source, ".", None, None, None), source, 1, a_log())
    assert list(manifest.columns) == COLUMNS
    assert shared_levels(manifest) is None


def test_what_was_read_in_one_of_several_ways_is_told(tmp_path: Path) -> None:
    for name in ("a/1", "a/2", "b/3", "b/4"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        frames = [Image.new("L", (4, 4), level) for level in (7, 8)]
        frames[0].putpixel((0, 0), 255)
        frames[0].save(tmp_path / f"{name}.tif", save_all=True, append_images=frames[1:])
    terminal = io.StringIO()
    listed = folder(tmp_path, ".", None, None, None)
    measure(listed, tmp_path, 1, Log("measure", io.StringIO(), terminal))
    assert terminal.getvalue() == (
        "measure: 4 pictures hold several frames or pages, of which the first is taken, "
        "such as a/1.tif\n"
    )


def test_measure_finds_a_truncated_real_photo(tmp_path: Path) -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    data = Path(os.environ["PRACTICAL_DL_DATA"]) / "statefarm/640x480"
    shutil.unpack_archive(data / "imgs.tar", tmp_path)
    listed = statefarm(tmp_path, data / "driver_imgs_list.csv")
    manifest, _ = measure(listed, tmp_path, 2, a_log())
    assert len(manifest) == 772
    assert set(manifest["width"]) == {640}
    assert set(manifest["height"]) == {480}
    last = tmp_path / manifest["path"].iloc[-1]
    last.write_bytes(last.read_bytes()[:-2000])
    _, bad = measure(listed, tmp_path, 2, a_log())
    with pytest.raises(UserError, match=r": 1 of 772 images are unusable.*truncated"):
        require_all_usable(bad, 772, tmp_path, a_log())
