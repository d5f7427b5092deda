"""Reading reviews from aclImdb's layout."""

import io
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.sources import read_film_reviews, read_reviews

ADDRESS = "http://www.imdb.com/title/{film}/usercomments\n"
FILES: dict[str, bytes] = {
    "train/pos/0_9.txt": b"Good.",
    "train/pos/10_7.txt": b"Fine.",
    "train/pos/2_8.txt": "Très bien.".encode(),
    "train/neg/0_1.txt": b"Bad.",
    "test/pos/0_10.txt": b"Great.",
    "test/neg/0_2.txt": b"Poor.\r\n",
    "train/unsup/0_0.txt": b"Unlabelled.",
    "train/pos/.DS_Store": b"\xff",
    "README": b"\xff",
    "train/urls_pos.txt": "".join(ADDRESS.format(film=f"tt{n}") for n in range(11)).encode(),
    "train/urls_neg.txt": ADDRESS.format(film="tt0064354").encode(),
    "train/urls_unsup.txt": b"\xff",
    "test/urls_pos.txt": ADDRESS.format(film="tt0406816").encode(),
    "test/urls_neg.txt": ADDRESS.format(film="tt0406816").encode(),
}


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / "aclImdb" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_reads_every_labelled_review_in_order(tmp_path: Path) -> None:
    reviews = read_reviews(write_folder(tmp_path, FILES))
    expected = pd.DataFrame(
        [
            ("train/pos/0_9", "train", 1, 9, "tt0", "Good."),
            ("train/pos/2_8", "train", 1, 8, "tt2", "Très bien."),
            ("train/pos/10_7", "train", 1, 7, "tt10", "Fine."),
            ("train/neg/0_1", "train", 0, 1, "tt0064354", "Bad."),
            ("test/pos/0_10", "test", 1, 10, "tt0406816", "Great."),
            ("test/neg/0_2", "test", 0, 2, "tt0406816", "Poor.\r\n"),
        ],
        columns=["review_id", "split", "label", "stars", "film", "text"],
    )
    pd.testing.assert_frame_equal(reviews, expected)


def test_the_stars_can_be_the_classes(tmp_path: Path) -> None:
    found = read_film_reviews(write_folder(tmp_path, FILES), "stars")
    assert found.about.classes == ("1", "2", "7", "8", "9", "10")
    assert found.about.scale == (1, 2, 7, 8, 9, 10)
    assert found.about.adjective(0) == "1-star"
    assert found.reviews["label"].tolist() == [4, 3, 2, 0, 5, 1]
    assert found.reviews["film"].tolist()[-1] == "tt0406816"


def test_unlabelled_reviews_are_read_where_they_are_wanted(tmp_path: Path) -> None:
    more = {f"train/unsup/{number}_0.txt": f"Text {number}.".encode() for number in (10, 9)}
    folder = write_folder(tmp_path, {**FILES, **more})
    assert read_film_reviews(folder).unlabelled == []
    found = read_film_reviews(folder, "sentiment", True)
    assert found.unlabelled == ["Unlabelled.", "Text 9.", "Text 10."]
    assert len(found.reviews) == 6


def test_without_unlabelled_reviews_a_line_says_so(tmp_path: Path) -> None:
    files = {name: content for name, content in FILES.items() if "unsup" not in name}
    with pytest.raises(UserError, match="no reviews in train/unsup; set `unlabelled: false`"):
        read_film_reviews(write_folder(tmp_path, files), "sentiment", True)


def test_reads_the_folder_of_the_data_set_itself(tmp_path: Path) -> None:
    whole = read_reviews(write_folder(tmp_path, FILES))
    pd.testing.assert_frame_equal(read_reviews(tmp_path / "aclImdb"), whole)


def test_reads_an_archive_whose_film_lists_come_first(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "reviews.tar.xz", "w:xz") as archive:
        for name in reversed(FILES):
            member = tarfile.TarInfo(f"aclImdb/{name}")
            member.size = len(FILES[name])
            archive.addfile(member, io.BytesIO(FILES[name]))
    folder = write_folder(tmp_path / "folder", FILES)
    pd.testing.assert_frame_equal(read_reviews(tmp_path / "reviews.tar.xz"), read_reviews(folder))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("train/pos/0_9.txt", b"caf\xe9", "aclImdb/train/pos/0_9.txt: not UTF-8 at byte 3"),
        ("test/neg/0_2.txt", b" \n\t", "aclImdb/test/neg/0_2.txt: empty review"),
        ("train/neg/review.txt", b"Bad.", "aclImdb/train/neg/review.txt: a review's file"),
        ("train/neg/0_1_2.txt", b"Bad.", "aclImdb/train/neg/0_1_2.txt: a review's file"),
        ("train/urls_pos.txt", b"tt0\n", "train/urls_pos.txt: line 1 has no film's address"),
        (
            "train/urls_pos.txt",
            ADDRESS.format(film="tt0").encode() * 10,
            "train/urls_pos.txt has 10 lines, but the film of review 10 is on line 11",
        ),
        ("copy/train/pos/0_9.txt", b"Good.", "train/pos/0_9.txt is there twice"),
    ],
)
def test_says_which_file_is_wrong(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    source = write_folder(tmp_path, FILES | {name: content})
    with pytest.raises(UserError, match=message) as caught:
        read_reviews(source)
    assert str(caught.value).startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("test/neg/0_2.txt", "no reviews in test/neg"),
        ("train/neg/0_1.txt", "no reviews in train/neg"),
        ("test/urls_pos.txt", "test/urls_pos.txt is missing"),
    ],
)
def test_says_what_is_missing(tmp_path: Path, name: str, message: str) -> None:
    files = {file: content for file, content in FILES.items() if file != name}
    with pytest.raises(UserError, match=message):
        read_reviews(write_folder(tmp_path, files))


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no reviews in train/neg; expected the layout of aclImdb"):
        read_reviews(write_folder(tmp_path, {"pos/0_9.txt": b"Good."}))


@pytest.fixture(scope="module")
def imdb() -> pd.DataFrame:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    return read_reviews(Path(os.environ["PRACTICAL_DL_DATA"]) / "imdb" / "aclImdb_labelled.tar.xz")


def test_imdb_is_the_published_set(imdb: pd.DataFrame) -> None:
    assert imdb.groupby(["split", "label"]).size().to_dict() == {
        ("train", 0): 12500,
        ("train", 1): 12500,
        ("test", 0): 12500,
        ("test", 1): 12500,
    }
    first = imdb.iloc[0]
    assert (first["review_id"], first["stars"], first["film"]) == ("train/pos/0_9", 9, "tt0453418")
    assert first["text"].startswith("Bromwell High is a cartoon comedy.")
    assert imdb.groupby("film").size().max() <= 30
    assert imdb.groupby("label")["stars"].agg(["min", "max"]).to_numpy().tolist() == [
        [1, 4],
        [7, 10],
    ]
