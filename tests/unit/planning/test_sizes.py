"""How large data sets are, before and after they are read."""

import tarfile
import zipfile
from pathlib import Path

import pytest

from practical_dl.planning.sizes import Size, Sizes, counted_size, source_size

LOG = "results/logs/characters/own/fit_characters.log"


def rows(path: Path, pipeline: str) -> int:
    size = source_size(path, pipeline)
    assert size
    return size.rows


def test_published_sizes_stand_in_for_data_that_are_not_there_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    absent = {"path": None}
    sources = {
        "a": {"movielens": {"download": "ml-1m", **absent}},
        "b": {"demo": {"users": 30, "movies": 40, "ratings": 1200}},
    }
    movies = {name: {"source": source} for name, source in sources.items()}
    config = {"data_root": None, "movies": movies}
    sizes = Sizes(config)
    assert sizes.of_job("fit", "results/logs/movies/a/fit.log") == 1_000_209
    assert sizes.of_job("fit", "results/logs/movies/b/fit.log") == 1200
    assert sizes.of_job("fit", "results/logs/movies/other/fit.log") is None
    assert sizes.of_job("fit", "results/logs/join_comparisons.log") is None


def test_the_length_of_a_text_is_looked_up(tmp_path: Path) -> None:
    text = tmp_path / "own.txt"
    text.write_text("abcd\n" * 1000)
    characters = {"own": {"source": {"text": {"path": str(text)}}}}
    config = {"data_root": None, "characters": characters}
    assert Sizes(config).of_job("fit_characters", LOG) == 5000


def test_rows_of_a_table_are_told_by_its_beginning(tmp_path: Path) -> None:
    table = tmp_path / "ratings.csv"
    table.write_text("user,item,rating\n" + "1,2,3.5\n" * 400_000)
    assert rows(table, "movies") == pytest.approx(400_001, rel=0.01)
    release = tmp_path / "ml"
    release.mkdir()
    (release / "README").write_text("one\n")
    (release / "u.data").write_text("1\t2\t3\t4\n" * 500)
    assert rows(release, "movies") == 500


def test_pictures_and_reviews_are_counted_in_folders_and_archives(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    for name in ("cat/1.jpg", "cat/2.PNG", "dog/1.jpeg", "notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    assert rows(folder, "images") == 3
    with zipfile.ZipFile(tmp_path / "pets.zip", "w") as archive:
        for file in sorted(folder.rglob("*.*")):
            archive.write(file, file.relative_to(folder))
    assert rows(tmp_path / "pets.zip", "images") == 3
    with tarfile.open(tmp_path / "pets.tar.gz", "w:gz") as packed:
        packed.add(folder, "pets")
    assert rows(tmp_path / "pets.tar.gz", "images") == 3
    assert rows(tmp_path / "pets.tar.gz", "reviews") == 4
    (tmp_path / "empty").mkdir()
    assert source_size(tmp_path / "empty", "images") is None


def test_large_pictures_count_as_several_where_files_are_decoded(tmp_path: Path) -> None:
    """A file of 3 MB has about 12 megapixels."""
    (tmp_path / "photo.jpg").write_bytes(bytes(3_000_000))
    size = source_size(tmp_path, "images")
    assert size == Size(1, 12.0)
    assert Size(100, 12.0).for_rule("make_manifest") == 100 * (1 + 13 * 12)
    assert Size(100, 12.0).for_rule("extract_features") == 280
    assert Size(100, 12.0).for_rule("fit_head") == 100


def test_what_a_run_has_read_is_counted(tmp_path: Path) -> None:
    manifest = tmp_path / "results/images/tiny/manifest.csv"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("image_id,width,height\na,2000,1000\nb,4000,1000\n")
    assert counted_size(tmp_path, "images", "tiny") == Size(2, 3.0)
    reviews = tmp_path / "results/reviews/tiny/reviews.csv"
    reviews.parent.mkdir(parents=True)
    reviews.write_text("id,text\n1,good\n")
    assert counted_size(tmp_path, "reviews", "tiny") == Size(1)
    manifest.write_text("image_id,width,height\na,wide,1000\n")
    assert counted_size(tmp_path, "images", "tiny") is None
    assert counted_size(tmp_path, "movies", "tiny") is None
    assert counted_size(tmp_path, "characters", "tiny") is None
