"""Bad input, one case a line: the file, what is wrong, and the words that the user must see.

Each is given to the function that reads such a file in the workflow. It must refuse it as a
UserError, which a job prints as its one `error:` line; anything else would be a traceback.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import yaml

from practical_dl.files.artefacts import read_json
from practical_dl.files.model_files import load_model
from practical_dl.files.predictions import read_class_predictions, read_value_predictions
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.images.sample.trainings import read_runs
from practical_dl.images.submission.submission import read_submission
from practical_dl.movies.ratings.sources import read_release
from practical_dl.reviews.corpus.files import read_word_index
from practical_dl.reviews.vectors.glove import read_glove
from practical_dl.settings import configuration
from practical_dl.small.characters.sources import read_text
from tests.faults.conftest import Tally
from tests.faults.refusals import Content, check, refusal, written

ROOT = Path(__file__).parents[2]

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
    ("a pair twice", RATINGS + "1,1,4.0,9\n", "movie 1 again"),
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
    ("empty", "", "is empty"),
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
    ("empty", "", "is empty"),
    ("rows that do not sum to one", PREDICTIONS.replace("0.75", "0.95"), "sum to one"),
    ("not a number", PREDICTIONS.replace("0.75", "nan"), "infinite or missing"),
    ("infinite", PREDICTIONS.replace("0.75", "inf"), "infinite or missing"),
    ("a word", PREDICTIONS.replace("0.75", "much"), "not a number"),
    ("an id twice", PREDICTIONS.replace("\n2,", "\n1,"), "duplicate id"),
    ("a short row", PREDICTIONS.replace(",0.5,0.5", ",0.5"), "line 3 has 4 values"),
    ("a column twice", "id,group,true,group,true\n", "duplicate column group"),
]
SUBMISSION_CASES: list[Case] = [
    ("empty", "", "is empty"),
    ("no rows", "img,c0,c1\n", "and rows"),
    ("one column", "img\n1.jpg\n", "columns of numbers"),
    ("an image twice", SUBMISSION.replace("2.jpg", "1.jpg"), "stands twice"),
    ("a word", SUBMISSION.replace("0.5,0.5\n2", "half,0.5\n2"), "column c0"),
]
JSON_CASES: list[Case] = [
    ("empty", "", "not a readable JSON"),
    ("cut", '{"version": 1, "root":', "not a readable JSON"),
    ("a list", "[1]", "expected keys and values, as a JSON object"),
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
RUNS = "setting,seed,id,group,true,a,b\nx,0,1,g,c,0.5,0.5\n"
INDEX_CASES: list[Case] = [
    ("empty", "", "index.json"),
    ("a list", "[]", "index.json"),
    ("a word for a number", '{"the": "one"}', "index.json"),
    ("cut", '{"the":', "index.json"),
]
AMOUNTS_CASES: list[Case] = [
    ("empty", "", "best.yaml"),
    ("cut", "amounts: [", "best.yaml"),
    ("a word for a number", "amounts: {rotation: much}", "best.yaml"),
    ("code", "!!python/object/apply:os.system ['true']", "best.yaml"),
]
HDF5_CASES: list[Case] = [
    ("empty", b"", "damaged or not an HDF5"),
    ("cut", b"\x89HDF\r\n\x1a\n" + bytes(50), "damaged or not an HDF5"),
    ("a text", b"not HDF5 at all", "damaged or not an HDF5"),
]


def release_with(path: Path) -> Any:
    """The release that one bad file stands in, beside a good one."""
    for name, content in (("ratings.csv", RATINGS), ("movies.csv", MOVIES)):
        if path.name != name:
            written(path.with_name(name), content)
    return read_release(path.parent)


Reader = Callable[[Path], Any]
READERS: list[tuple[str, Reader, list[Case]]] = [
    ("ratings.csv", release_with, RATING_CASES),
    ("movies.csv", release_with, MOVIE_CASES),
    ("manifest.csv", read_manifest, MANIFEST_CASES),
    ("predictions.csv", read_class_predictions, PREDICTION_CASES),
    ("stars.csv", read_value_predictions, [("classes", PREDICTIONS, "expected one prediction")]),
    ("runs.csv", read_runs, [("an unknown class", RUNS, "unknown class")]),
    ("sample_submission.csv", read_submission, SUBMISSION_CASES),
    ("source.json", lambda path: read_json(path, ["root"]), JSON_CASES),
    ("glove.txt", lambda path: read_glove(path, ["the", "a"]), GLOVE_CASES),
    ("abc.txt", lambda path: read_text(path, 100), TEXT_CASES),
    ("index.json", read_word_index, INDEX_CASES),
    ("best.yaml", read_best_amounts, AMOUNTS_CASES),
    ("images.h5", read_sample_pictures, HDF5_CASES),
]


def test_ratings_with_mark_and_carriage_returns_are_read(tmp_path: Path) -> None:
    written(tmp_path / "ratings.csv", b"\xef\xbb\xbf" + RATINGS.replace("\n", "\r\n").encode())
    written(tmp_path / "movies.csv", MOVIES.replace("One (1999)", '"One, or ""1"" (1999)"'))
    release = read_release(tmp_path)
    assert release.ratings["rating"].tolist() == [4.0, 3.5, 1.0]
    assert release.movies["title"][0] == 'One, or "1" (1999)'


@pytest.mark.parametrize(
    ("name", "read", "content", "words"),
    [
        pytest.param(name, read, *case[1:], id=f"{name}: {case[0]}")
        for name, read, table in READERS
        for case in table
    ],
)
def test_files(
    tmp_path: Path, name: str, read: Reader, content: Content, words: str, tally: Tally
) -> None:
    path = written(tmp_path / name, content)
    message = refusal(lambda: read(path)).replace(str(tmp_path), "")  # it names the case
    check(message, words, tally)


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


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}"])
def test_a_model_that_is_none(tmp_path: Path, content: bytes, tally: Tally) -> None:
    pytest.importorskip("keras")
    path = written(tmp_path / "model.keras", content)
    check(refusal(lambda: load_model(path)), "not a Keras model", tally)


def test_a_model_that_carries_code_is_not_run(tmp_path: Path, tally: Tally) -> None:
    keras = pytest.importorskip("keras")
    path, mark = tmp_path / "model.keras", tmp_path / "ran"
    name = str(mark)
    layer = keras.layers.Lambda(lambda x: (__import__("pathlib").Path(name).touch(), x)[1])
    keras.Sequential([keras.Input((1,)), layer]).save(path)
    mark.unlink()  # building the model has run it
    check(refusal(lambda: load_model(path)), "not a Keras model that is safe", tally)
    assert not mark.exists()
    keras.models.load_model(path, safe_mode=False)
    assert mark.exists(), "the model carries code that runs where it is let"


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


def test_there_are_sixty_cases_at_least_and_none_stands_twice() -> None:
    contents = [(name, case[1]) for name, _, table in READERS for case in table]
    assert len(set(contents)) == len(contents) >= 60
