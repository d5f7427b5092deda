"""Bad input, one case a line: the file, what is wrong, and the words that the user must see.

Each is given to the function that reads such a file in the workflow. It must refuse it as a
UserError, which a job prints as its one `error:` line; anything else would be a traceback.
"""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import yaml
from PIL import Image

from practical_dl import configuration
from practical_dl.artefacts import load_model, read_json
from practical_dl.characters.sources import read_text
from practical_dl.errors import UserError
from practical_dl.images.best_amounts import read_best_amounts
from practical_dl.images.loading import decode
from practical_dl.images.manifest import read_manifest
from practical_dl.images.runs import read_runs
from practical_dl.images.sample_store import read_sample_pictures
from practical_dl.images.sources import folder, statefarm
from practical_dl.images.splits import read_split
from practical_dl.images.submission import read_submission
from practical_dl.movies.sources import read_release
from practical_dl.predictions import read_class_predictions, read_value_predictions
from practical_dl.reviews.corpus import read_word_index
from practical_dl.reviews.glove import read_glove
from practical_dl.reviews.sources import read_reviews
from tests.faults.conftest import Tally

ROOT = Path(__file__).parents[2]

Content = str | bytes
Case = tuple[str, Content, str]

RATINGS = "userId,movieId,rating,timestamp\n1,1,4.0,9\n1,2,3.5,9\n2,1,1.0,9\n"
MOVIES = "movieId,title,genres\n1,One (1999),Drama\n2,Two (2000),War\n"
MANIFEST = "image_id,path,split,label,group,width,height,sha256\n"
ROW = f"a.jpg,train/a.jpg,train,c0,p1,8,6,{'0' * 64}\n"
PREDICTIONS = "id,group,true,a,b\n1,g,a,0.75,0.25\n2,g,b,0.5,0.5\n"
SUBMISSION = "img,c0,c1\n1.jpg,0.5,0.5\n2.jpg,0.5,0.5\n"

RATING_CASES: list[Case] = [
    ("empty", "", "empty"),
    ("header alone", RATINGS.splitlines()[0] + "\n", "no ratings"),
    ("other columns", RATINGS.replace("rating,", "stars,"), "columns are"),
    ("a word for a number", RATINGS.replace("3.5", "three"), "three"),
    ("a rating of 999", RATINGS.replace("3.5", "999"), "999"),
    ("a negative rating", RATINGS.replace("3.5", "-3.5"), "-3.5"),
    ("not a number", RATINGS.replace("3.5", "nan"), "nan"),
    ("infinite", RATINGS.replace("3.5", "inf"), "inf"),
    ("between two steps", RATINGS.replace("3.5", "3.7"), "3.7"),
    ("an empty field", RATINGS.replace("3.5", ""), "ratings.csv:3"),
    ("a negative user", RATINGS.replace("2,1,1.0", "-2,1,1.0"), "-2"),
    ("an id beyond 64 bits", RATINGS.replace("2,1,1.0", f"{2**70},1,1.0"), str(2**70)),
    ("a pair twice", RATINGS + "1,1,4.0,9\n", "twice"),
    ("an unknown movie", RATINGS + "2,77,4.0,9\n", "77"),
    ("a short row", RATINGS + "2,2,4.0\n", "ratings.csv:5"),
    ("a long row", RATINGS + "2,2,4.0,9,9\n", "ratings.csv:5"),
    ("cut in the midst", RATINGS[:-5], "ratings.csv"),
    ("an open quote", RATINGS + '"2,2,4.0,9\n', "ratings.csv"),
    ("ten megabytes on a line", RATINGS + "9" * 10_000_000, "ratings.csv"),
    ("bytes that are no text", b"\xff\xfe\x00" * 100, "columns are"),
    ("a NUL byte", RATINGS.replace("3.5", "3\x005"), "ratings.csv"),
]
MOVIE_CASES: list[Case] = [
    ("empty", "", "empty"),
    ("no such movie line", MOVIES + "3\n", "not a movie"),
    ("an id that is a word", MOVIES + "x,Three,War\n", "not a movie"),
    ("a movie twice", MOVIES + "1,One again,War\n", "twice"),
    ("other columns", MOVIES.replace("title", "name"), "columns are"),
]
MANIFEST_CASES: list[Case] = [
    ("empty", "", "not a readable CSV"),
    ("no rows", MANIFEST, "holds no image"),
    ("a column less", MANIFEST.replace(",sha256", ""), "columns are"),
    ("not UTF-8", (MANIFEST + ROW).encode() + b"\xff", "not a readable CSV"),
    ("an image twice", MANIFEST + ROW + ROW, "stands twice"),
    (
        "a path that leaves the source",
        MANIFEST + ROW.replace("train/a", "../a"),
        "stay in the source",
    ),
    ("an absolute path", MANIFEST + ROW.replace("train/a", "/etc/a"), "stay in the source"),
    ("an unknown split", MANIFEST + ROW.replace(",train,", ",valid,"), "train or test"),
    ("a width of zero", MANIFEST + ROW.replace(",8,", ",0,"), "1 or more"),
    ("a width that is a word", MANIFEST + ROW.replace(",8,", ",wide,"), "column width"),
    ("a width beyond 64 bits", MANIFEST + ROW.replace(",8,", f",{2**70},"), "column width"),
    ("a sum that is none", MANIFEST + ROW.replace("0" * 64, "abc"), "64 hexadecimal"),
]
PREDICTION_CASES: list[Case] = [
    ("empty", "", "not a readable CSV"),
    ("rows that do not sum to one", PREDICTIONS.replace("0.75", "0.95"), "sum to one"),
    ("not a number", PREDICTIONS.replace("0.75", "nan"), "infinite or missing"),
    ("infinite", PREDICTIONS.replace("0.75", "inf"), "infinite or missing"),
    ("a word", PREDICTIONS.replace("0.75", "much"), "not a number"),
    ("an id twice", PREDICTIONS.replace("\n2,", "\n1,"), "stands there twice"),
    ("a short row", PREDICTIONS.replace(",0.5,0.5", ",0.5"), "line 3 has 4 values"),
]
SUBMISSION_CASES: list[Case] = [
    ("empty", "", "not a readable CSV"),
    ("no rows", "img,c0,c1\n", "and rows"),
    ("one column", "img\n1.jpg\n", "columns of numbers"),
    ("an image twice", SUBMISSION.replace("2.jpg", "1.jpg"), "stands twice"),
    ("a word", SUBMISSION.replace("0.5,0.5\n2", "half,0.5\n2"), "column c0"),
]
JSON_CASES: list[Case] = [
    ("empty", "", "not a readable JSON"),
    ("cut", '{"version": 1, "root":', "not a readable JSON"),
    ("a list", "[1]", "expected a JSON object"),
    ("another version", '{"version": 2, "root": "x"}', "contract version 2"),
    ("a key less", '{"version": 1}', "lacks root"),
    ("not UTF-8", b"\xff\xfe", "not a readable JSON"),
    ("nested without end", "[" * 100_000, "not a readable JSON"),
]
GLOVE_CASES: list[Case] = [
    ("empty", "", "does not begin"),
    ("no numbers", "the\n", "does not begin"),
    ("a short line", "the 0.1 0.2\na 0.1\n", "line 2"),
    ("a long line", "the 0.1 0.2\na 0.1 0.2 0.3\n", "line 2"),
    ("a word for a number", "the 0.1 0.2\na 0.1 x\n", "line 2"),
    ("infinite", "the 0.1 0.2\na 0.1 inf\n", "line 2"),
    ("a line without end", "the 0.1 0.2\n" + "a" * 70_000, "65,536"),
    ("a NUL byte", "the 0.1 0.2\na\x00 0.1 0.2\n", "line 2"),
]
TEXT_CASES: list[Case] = [
    ("empty", "", "holds no text"),
    ("not UTF-8", b"abc\xff", "not UTF-8 at byte 3"),
    ("binary", b"abc\x00", "binary"),
    ("too short", "abc", "abc.txt|characters"),
]


def refusal(read: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as caught:
        read()
    message = str(caught.value)
    assert "\n" not in message.strip()
    assert len(message) < 1000, "a message fits on a screen"
    return message


def written(path: Path, content: Content) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cases(table: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("content", "words"), [pytest.param(*case[1:], id=case[0]) for case in table]
    )


def check(message: str, words: str, tally: Tally) -> None:
    assert any(word in message for word in words.split("|")), message
    tally("bad inputs told in one line", 1)


@cases(RATING_CASES)
def test_ratings(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    written(tmp_path / "ratings.csv", content)
    written(tmp_path / "movies.csv", MOVIES)
    check(refusal(lambda: read_release(tmp_path)), words, tally)


@cases(MOVIE_CASES)
def test_movies(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    written(tmp_path / "ratings.csv", RATINGS)
    written(tmp_path / "movies.csv", content)
    check(refusal(lambda: read_release(tmp_path)), words, tally)


def test_ratings_with_mark_and_carriage_returns_are_read(tmp_path: Path) -> None:
    written(tmp_path / "ratings.csv", b"\xef\xbb\xbf" + RATINGS.replace("\n", "\r\n").encode())
    written(tmp_path / "movies.csv", MOVIES.replace("One (1999)", '"One, or ""1"" (1999)"'))
    release = read_release(tmp_path)
    assert release.ratings["rating"].tolist() == [4.0, 3.5, 1.0]
    assert release.movies["title"][0] == 'One, or "1" (1999)'


@cases(MANIFEST_CASES)
def test_manifest(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    path = written(tmp_path / "manifest.csv", content)
    check(refusal(lambda: read_manifest(path)), words, tally)


@cases(PREDICTION_CASES)
def test_predictions(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    path = written(tmp_path / "predictions.csv", content)
    check(refusal(lambda: read_class_predictions(path)), words, tally)


def test_predictions_of_classes_are_no_ratings(tmp_path: Path, tally: Tally) -> None:
    path = written(tmp_path / "predictions.csv", PREDICTIONS)
    check(refusal(lambda: read_value_predictions(path)), "expected one prediction", tally)


def test_runs_of_an_unknown_class(tmp_path: Path, tally: Tally) -> None:
    text = "setting,seed,id,group,true,a,b\nx,0,1,g,c,0.5,0.5\n"
    path = written(tmp_path / "runs.csv", text)
    check(refusal(lambda: read_runs(path)), "unknown class", tally)


@cases(SUBMISSION_CASES)
def test_sample_submission(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    path = written(tmp_path / "sample_submission.csv", content)
    check(refusal(lambda: read_submission(path)), words, tally)


@cases(JSON_CASES)
def test_json(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    path = written(tmp_path / "source.json", content)
    check(refusal(lambda: read_json(path, ["root"])), words, tally)


@cases(GLOVE_CASES)
def test_glove(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    path = written(tmp_path / "glove.txt", content)
    check(refusal(lambda: read_glove(path, ["the", "a"])), words, tally)


@cases(TEXT_CASES)
def test_text(tmp_path: Path, content: Content, words: str, tally: Tally) -> None:
    path = written(tmp_path / "abc.txt", content)
    check(refusal(lambda: read_text(path, 100)), words, tally)


@pytest.mark.parametrize("content", ["", "[]", '{"the": "one"}', '{"the":'])
def test_word_index(tmp_path: Path, content: str, tally: Tally) -> None:
    path = written(tmp_path / "index.json", content)
    check(refusal(lambda: read_word_index(path)), "index.json", tally)


def picture(mode: str, size: tuple[int, int], **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, options.pop("format", "PNG"), **options)
    return buffer.getvalue()


PICTURES = {
    "a text with a picture's name": (b"hello, I am no picture", "not an image"),
    "empty": (b"", "not an image"),
    "cut": (picture("RGB", (64, 64), format="JPEG")[:300], "damaged image"),
    "larger than a hundred megapixels": (picture("1", (20_000, 20_000)), "megapixels"),
    "a format that is not read": (picture("RGB", (8, 8), format="TIFF"), "not an image"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(name: str, tally: Tally) -> None:
    """The readers of files put the path before what this says."""
    content, words = PICTURES[name]
    with pytest.raises(ValueError, match=words):
        decode(content, (8, 8))
    tally("bad inputs told in one line", 1)


ODD_PICTURES = {
    "one pixel": picture("RGB", (1, 1)),
    "grey": picture("L", (9, 7)),
    "16 bits": picture("I;16", (9, 7)),
    "palette": picture("P", (9, 7)),
    "transparent": picture("RGBA", (9, 7)),
    "CMYK": picture("CMYK", (9, 7), format="JPEG"),
    "moving": picture(
        "RGB", (9, 7), format="GIF", save_all=True, append_images=[Image.new("RGB", (9, 7), "red")]
    ),
}


@pytest.mark.parametrize("name", ODD_PICTURES)
def test_odd_pictures_are_read(name: str) -> None:
    pixels = decode(ODD_PICTURES[name], (6, 8))
    assert pixels.shape == (6, 8, 3)
    assert pixels.dtype == np.uint8


def photos(root: Path) -> Path:
    for label in ("c0", "c1"):
        for number in range(2):
            written(root / f"train/{label}/{label}{number}.png", ODD_PICTURES["grey"])
    written(root / "test/t.png", ODD_PICTURES["grey"])
    names = [f"p{n},{c},{c}{n}.png" for c in ("c0", "c1") for n in range(2)]
    written(root / "driver_imgs_list.csv", "\n".join(["subject,classname,img", *names, ""]))
    return root


def no_train(root: Path) -> None:
    (root / "train").rename(root / "trian")


def one_class(root: Path) -> None:
    for path in (root / "train/c1").iterdir():
        path.unlink()
    (root / "train/c1").rmdir()


def stray_driver(root: Path) -> None:
    path = root / "driver_imgs_list.csv"
    path.write_text(path.read_text() + "p9,c0,gone.png\n")


def unlisted(root: Path) -> None:
    written(root / "train/c0/new.png", ODD_PICTURES["grey"])


def two_drivers(root: Path) -> None:
    path = root / "driver_imgs_list.csv"
    path.write_text(path.read_text() + "p9,c0,c00.png\n")


def wrong_class(root: Path) -> None:
    path = root / "driver_imgs_list.csv"
    path.write_text(path.read_text().replace("p0,c0,", "p0,c1,"))


def empty_list(root: Path) -> None:
    (root / "driver_imgs_list.csv").write_text("subject,classname,img\n")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (no_train, "holds neither imgs/train nor train"),
        (one_class, "one class only"),
        (stray_driver, "gone.png"),
        (unlisted, "new.png"),
        (two_drivers, "twice"),
        (wrong_class, "c1"),
        (empty_list, "not one driver"),
    ],
)
def test_driver_photos(
    tmp_path: Path, spoil: Callable[[Path], None], words: str, tally: Tally
) -> None:
    root = photos(tmp_path)
    assert len(statefarm(root, root / "driver_imgs_list.csv")) == 5
    spoil(root)
    check(refusal(lambda: statefarm(root, root / "driver_imgs_list.csv")), words, tally)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("(", "not a regular expression"), ("c0", "lacks the named group"), ("(?P<label>x)", "c00")],
)
def test_label_patterns(tmp_path: Path, pattern: str, words: str, tally: Tally) -> None:
    root = photos(tmp_path)
    check(refusal(lambda: folder(root, "train", None, pattern, None)), words, tally)


def hdf5(path: Path, version: int | None, **arrays: Any) -> Path:
    with h5py.File(path, "w") as file:
        if version is not None:
            file.attrs["version"] = version
        for name, values in arrays.items():
            file[name] = values
    return path


@pytest.mark.parametrize(
    ("version", "arrays", "words"),
    [
        (2, {}, "contract version 2"),
        (None, {}, "contract version None"),
        (1, {"images": np.zeros((1, 2, 2, 3), np.uint8)}, "lacks image_id"),
    ],
)
def test_sample_store(
    tmp_path: Path, version: int | None, arrays: dict[str, Any], words: str, tally: Tally
) -> None:
    path = hdf5(tmp_path / "images.h5", version, **arrays)
    check(refusal(lambda: read_sample_pictures(path)), words, tally)


@pytest.mark.parametrize("content", [b"", b"\x89HDF\r\n\x1a\n" + bytes(50), b"not HDF5 at all"])
def test_damaged_hdf5(tmp_path: Path, content: bytes, tally: Tally) -> None:
    path = written(tmp_path / "images.h5", content)
    check(refusal(lambda: read_sample_pictures(path)), "damaged or not an HDF5", tally)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}"])
def test_a_model_that_is_none(tmp_path: Path, content: bytes, tally: Tally) -> None:
    pytest.importorskip("keras")
    path = written(tmp_path / "model.keras", content)
    check(refusal(lambda: load_model(path)), "not a Keras model", tally)


def test_a_model_that_carries_code_is_not_run(tmp_path: Path, tally: Tally) -> None:
    keras = pytest.importorskip("keras")
    path, mark = tmp_path / "model.keras", tmp_path / "ran"
    layer = keras.layers.Lambda(lambda x: x)
    keras.Sequential([keras.Input((1,)), layer]).save(path)
    check(refusal(lambda: load_model(path)), "not a Keras model that is safe", tally)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "best.yaml"),
        ("amounts: [", "best.yaml"),
        ("amounts: {rotation: much}", "best.yaml"),
        ("!!python/object/apply:os.system ['true']", "best.yaml"),
    ],
)
def test_best_amounts(tmp_path: Path, content: str, words: str, tally: Tally) -> None:
    path = written(tmp_path / "best.yaml", content)
    check(refusal(lambda: read_best_amounts(path)), words, tally)


def review_archive(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


REVIEWS = {
    f"aclImdb/{part}/{label}/{number}_{stars}.txt": b"a film"
    for part in ("train", "test")
    for label, stars in (("neg", 1), ("pos", 9))
    for number in (0,)
} | {
    f"aclImdb/{part}/urls_{label}.txt": b"http://www.imdb.com/title/tt0000001/usercomments\n"
    for part in ("train", "test")
    for label in ("neg", "pos")
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"aclImdb/train/pos/0_9.txt": b"\xff"}, "not UTF-8"),
        ({"aclImdb/train/pos/0_9.txt": b"  "}, "empty review"),
        ({"aclImdb/train/pos/nine.txt": b"x"}, "ID_STARS"),
        ({"aclImdb/train/urls_pos.txt": b"nothing\n"}, "no film's address"),
        ({"aclImdb/train/urls_pos.txt": b""}, "urls_pos"),
        ({"aclImdb/test/pos/0_9.txt": None, "aclImdb/test/urls_pos.txt": None}, "test/pos"),
    ],
)
def test_reviews(tmp_path: Path, change: dict[str, bytes | None], words: str, tally: Tally) -> None:
    members = {name: text for name, text in (REVIEWS | change).items() if text is not None}
    path = review_archive(tmp_path / "aclImdb.tar", members)
    check(refusal(lambda: read_reviews(path)), words, tally)


def test_an_archive_cut_short(tmp_path: Path, tally: Tally) -> None:
    whole = review_archive(tmp_path / "aclImdb.tar", REVIEWS).read_bytes()
    path = written(tmp_path / "cut.tar.gz", gzip.compress(whole)[:200])
    check(refusal(lambda: read_reviews(path)), "cut.tar.gz", tally)


CONFIGS = {
    "an unknown key": ({"sede": 1}, "sede"),
    "a word for a number": ({"seed": "one"}, "seed"),
    "a data set that is not defined": ({"run": {"images": ["dmeo"]}}, "dmeo"),
    "a share above one": ({"images": {"demo": {"split": {"valid_share": 2}}}}, "valid_share"),
    "a negative count": ({"images": {"demo": {"folds": -1}}}, "folds"),
    "a backbone that is not there": ({"images": {"demo": {"head": {"backbone": "x"}}}}, "backbone"),
    "a schedule of words": ({"images": {"demo": {"head": {"schedule": "long"}}}}, "schedule"),
    "two sources": ({"images": {"demo": {"source": {"statefarm": {}}}}}, "source"),
    "no definition at all": ({"images": {"demo": None}}, "demo"),
    "infinite": ({"images": {"demo": {"head": {"dropout": float("inf")}}}}, "dropout"),
}


def laid_over(below: Any, above: Any) -> Any:
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {key: laid_over(below.get(key), value) for key, value in above.items()}


@pytest.mark.parametrize("name", CONFIGS)
def test_config(name: str, tally: Tally) -> None:
    change, words = CONFIGS[name]
    config = yaml.safe_load((ROOT / "config/config.yaml").read_text())
    check(refusal(lambda: configuration.complete(laid_over(config, change))), words, tally)


def test_the_split_of_another_manifest(tmp_path: Path, tally: Tally) -> None:
    manifest = read_manifest(written(tmp_path / "manifest.csv", MANIFEST + ROW))
    split = written(tmp_path / "grouped.csv", "image_id,role\nb.jpg,train\n")
    check(refusal(lambda: read_split(split, manifest)), "grouped.csv", tally)


def test_there_are_sixty_cases_at_least() -> None:
    tables = (
        RATING_CASES, MOVIE_CASES, MANIFEST_CASES, PREDICTION_CASES, SUBMISSION_CASES, JSON_CASES,
        GLOVE_CASES, TEXT_CASES,
    )  # fmt: skip
    assert sum(map(len, tables)) + len(PICTURES) + len(CONFIGS) >= 60
    assert json.dumps(sorted(CONFIGS))
