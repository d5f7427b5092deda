"""A user's mistake ends in one `error: ...` line, a non-zero exit and no traceback."""

import csv
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import h5py
import numpy as np
import pytest
from PIL import Image
from tests.conftest import copy_workflow, snakemake_in

CONFIG = """
data_root: .
run: {images: [photos], movies: [stars], reviews: [], characters: []}
images:
  photos:
    source: {statefarm: {path: source/photos}}
    split: {valid_share: 0.5}
    backbones:
      net:
        {application: MobileNet, alpha: 0.25, layer: conv_pw_1_relu, weights: random,
         input_size: [32, 32], shards: 2}
    head: {backbone: net, schedule: [[1, 0.001]]}
movies:
  stars:
    source: {movielens: {path: source/ratings}}
"""
MANIFEST = "results/images/photos/manifest.csv"
STORE = "results/images/photos/features/net/labelled.h5"
HEAD = "results/images/photos/heads/net/grouped/model.keras"
RATINGS = "results/movies/stars/ratings.h5"


def make_sources(folder: Path) -> None:
    """Four drivers with one photo of each of two classes, one test photo; three ratings."""
    photos = folder / "source/photos"
    rng = np.random.default_rng(0)
    listed = []
    for driver in range(4):
        for label in ("c0", "c1"):
            name = f"img_{driver}{label[1]}.jpg"
            write_photo(photos / "imgs/train" / label / name, rng)
            listed.append([f"p{driver:03}", label, name])
    write_photo(photos / "imgs/test/img_9.jpg", rng)
    write_rows(photos / "driver_imgs_list.csv", [["subject", "classname", "img"], *listed])
    write_rows(photos / "sample_submission.csv", [["img", "c0", "c1"], ["img_9.jpg", "0.5", "0.5"]])
    ratings = folder / "source/ratings"
    ratings.mkdir()
    write_rows(
        ratings / "ratings.csv",
        [
            ["userId", "movieId", "rating", "timestamp"],
            [1, 1, 4.0, 9],
            [1, 2, 3.5, 9],
            [2, 1, 1, 9],
        ],
    )
    write_rows(
        ratings / "movies.csv",
        [["movieId", "title", "genres"], [1, "One (1999)", "Drama"], [2, "Two (2000)", "War"]],
    )


def write_photo(path: Path, rng: np.random.Generator) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(rng.integers(0, 256, (24, 32, 3), dtype=np.uint8)).save(path)


def write_rows(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workflow with sources, and features already extracted."""
    folder = copy_workflow(tmp_path_factory.mktemp("prepared"))
    (folder / "test.yaml").write_text(CONFIG)
    make_sources(folder)
    result = snakemake_in(folder, STORE, "--configfile", "test.yaml")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def workplace(prepared: Path, tmp_path: Path) -> Path:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def misspell_key(folder: Path) -> None:
    replace(folder / "test.yaml", "alpha", "alhpa")


def give_text_for_a_number(folder: Path) -> None:
    replace(folder / "test.yaml", "valid_share: 0.5", "valid_share: half")


def remove_photos(folder: Path) -> None:
    shutil.rmtree(folder / "source/photos")


def cut_a_photo(folder: Path) -> None:
    photo = folder / "source/photos/imgs/train/c1/img_11.jpg"
    photo.write_bytes(photo.read_bytes()[:300])


def remove_a_photo(folder: Path) -> None:
    (folder / "source/photos/imgs/train/c1/img_11.jpg").unlink()


def list_a_photo_twice(folder: Path) -> None:
    path = folder / "source/photos/driver_imgs_list.csv"
    path.write_text(path.read_text() + "p000,c0,img_00.jpg\n")


def empty_a_class(folder: Path) -> None:
    (folder / "source/photos/imgs/train/c2").mkdir()


def spoil_a_rating(folder: Path) -> None:
    replace(folder / "source/ratings/ratings.csv", "1,2,3.5,9", "1,2,three,9")


def add_the_stray_row(folder: Path) -> None:
    path = folder / "source/ratings/ratings.csv"
    path.write_text(path.read_text() + "999,999999,5.0,9\n")


def truncate_a_shard(folder: Path) -> None:
    shard = folder / "results/images/photos/features/net/labelled/shard_1.h5"
    shard.write_bytes(shard.read_bytes()[:2000])


def relabel_the_weights(folder: Path) -> None:
    for path in sorted((folder / "results/images/photos/features/net").rglob("labelled*")):
        if path.is_file():
            with h5py.File(path, "a") as file:
                file.attrs["weights_sha256"] = "f" * 64


MISTAKES: list[tuple[Callable[[Path], None], str, str]] = [
    (misspell_key, MANIFEST, "config: images.photos.backbones.net.alhpa: unknown key; did you"),
    (give_text_for_a_number, MANIFEST, "valid_share: 'half' is not allowed; its type must be"),
    (remove_photos, MANIFEST, "source/photos: no such file or folder; fix the source's `path`"),
    (cut_a_photo, MANIFEST, "imgs/train/c1/img_11.jpg: damaged image"),
    (remove_a_photo, MANIFEST, "driver_imgs_list.csv: img_11.jpg is listed but absent"),
    (list_a_photo_twice, MANIFEST, "driver_imgs_list.csv: img_00.jpg is listed twice"),
    (empty_a_class, MANIFEST, "imgs/train/c2: class with no images"),
    (spoil_a_rating, RATINGS, "ratings.csv:3: '1,2,three,9' is not"),
    (add_the_stray_row, RATINGS, "ratings.csv:5: user 999 and movie 999999 are an invented row"),
    (truncate_a_shard, HEAD, "labelled/shard_1.h5: damaged or not an HDF5 file"),
    (relabel_the_weights, HEAD, "labelled.h5: made with weights_sha256 ffffffffffff, asked for"),
]


@pytest.mark.parametrize(
    ("spoil", "target", "message"), MISTAKES, ids=[spoil.__name__ for spoil, _, _ in MISTAKES]
)
def test_a_mistake_is_one_line(
    workplace: Path, spoil: Callable[[Path], None], target: str, message: str
) -> None:
    spoil(workplace)
    force = ["--forcerun", "unpack_source", "make_manifest"] if target == MANIFEST else []
    result = snakemake_in(workplace, target, *force, "--configfile", "test.yaml")
    assert result.returncode != 0
    errors = re.findall("^error: .*", result.stderr, re.MULTILINE)
    assert len(errors) == 1, result.stderr
    assert message in errors[0]
    assert "Traceback" not in result.stderr
    logs = [path.read_text() for path in (workplace / "results/logs").rglob("*.log")]
    assert not any("Traceback" in log for log in logs)
    assert errors[0].startswith("error: config:") or any(errors[0] in log for log in logs)


def test_the_random_split_never_reaches_a_submission(workplace: Path) -> None:
    result = snakemake_in(
        workplace, "results/images/photos/submission.csv", "-n", "--configfile", "test.yaml"
    )
    assert result.returncode == 0, result.stderr
    jobs = re.findall(
        r"^Job \d+: (.+)\n.*updated by another job: (.+)", result.stdout, re.MULTILINE
    )
    read = {title: inputs.split(", ") for title, inputs in jobs}
    (submission,) = (read[title] for title in read if title.startswith("Write the submission"))
    assert "results/images/photos/heads/net/grouped/predictions.csv" in submission
    assert not any("/random/" in path for inputs in read.values() for path in inputs)
    readers = [title for title, inputs in read.items() if any("random.csv" in p for p in inputs)]
    assert readers == ["Train the head on net features of photos by both splits"]


def test_a_dry_run_warns_of_a_source_that_is_not_there(workplace: Path) -> None:
    remove_photos(workplace)
    result = snakemake_in(workplace, MANIFEST, "-n", "--configfile", "test.yaml")
    assert result.returncode == 0, result.stderr
    warning = "warning: images.photos.source.statefarm.path: source/photos is not there"
    assert result.stderr.splitlines().count(warning) == 1
