"""Parsers under fire: whatever bytes a file holds, it is read or refused in one line.

Every example is a valid file of its kind that was spoiled: bytes changed, cut, doubled, put in.
PRACTICAL_DL_FUZZ says how many examples each parser gets.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.pictures.decoding import decode
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.submission.submission import read_submission
from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.sources import read_release
from practical_dl.reviews.corpus.sources import read_reviews
from practical_dl.reviews.vectors.glove import read_glove
from practical_dl.settings import configuration
from practical_dl.small.characters.sources import read_text
from tests.faults.conftest import Tally
from tests.faults.test_bad_inputs import (
    MANIFEST,
    MOVIES,
    PREDICTIONS,
    RATINGS,
    ROOT,
    ROW,
    SUBMISSION,
)
from tests.faults.test_bad_sources import ODD_PICTURES, REVIEWS, picture, review_archive

EXAMPLES = int(os.environ.get("PRACTICAL_DL_FUZZ", "300"))
MORSELS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n", b",", b'"', b"::", b"\t", b"nan", b"inf",
    b"-1", b"1e999", b"9" * 40, b"../", b"!!python/name:os.system", b"{", b"[" * 50,
    b"\xf0\x9f\x8e\xac",
)  # fmt: skip


def spoiled(content: bytes, rng: random.Random) -> bytes:
    """`content` after one to four changes: a byte, a cut, a morsel put in, a part doubled."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(changed) + 1)
        match rng.randrange(5):
            case 0 if place < len(changed):
                changed[place] = rng.randrange(256)
            case 1:
                del changed[place : place + rng.randint(1, 8)]
            case 2:
                changed[place:place] = rng.choice(MORSELS)
            case 3:
                end = place + rng.randint(1, 40)
                changed[place:place] = changed[place:end]
            case _:
                del changed[place:]
    return bytes(changed)


def fuzz(content: bytes, path: Path, read: Callable[[], Any], seed: int, tally: Tally) -> None:
    rng = random.Random(seed)
    for _ in range(EXAMPLES):
        given = spoiled(content, rng)
        path.write_bytes(given)
        try:
            read()
        except UserError as error:
            if str(path.parent) not in str(error):
                pytest.fail(f"{error} names no file; of {given!r}")
        except Exception as error:
            pytest.fail(f"{type(error).__name__}: {error}; of {given!r}")
    tally("fuzz executions", EXAMPLES)


def test_ratings_csv(tmp_path: Path, tally: Tally) -> None:
    (tmp_path / "movies.csv").write_text(MOVIES)
    path = tmp_path / "ratings.csv"
    fuzz(RATINGS.encode(), path, lambda: read_release(tmp_path), 0, tally)


def test_movies_csv(tmp_path: Path, tally: Tally) -> None:
    (tmp_path / "ratings.csv").write_text(RATINGS)
    path = tmp_path / "movies.csv"
    fuzz(MOVIES.encode(), path, lambda: read_release(tmp_path), 1, tally)


def test_ratings_dat(tmp_path: Path, tally: Tally) -> None:
    (tmp_path / "movies.dat").write_text("1::One (1999)::Drama\n2::Two (2000)::War\n")
    rows = b"1::1::4::9\n1::2::3::9\n2::1::1::9\n"
    fuzz(rows, tmp_path / "ratings.dat", lambda: read_release(tmp_path), 2, tally)


def test_ratings_tab(tmp_path: Path, tally: Tally) -> None:
    genres = "|".join(["0"] * 19)
    item = "".join(f"{n}|Film {n} (1999)|01-Jan-1999||http://x|{genres}\n" for n in (1, 2))
    (tmp_path / "u.item").write_text(item)
    rows = b"1\t1\t4\t9\n1\t2\t3\t9\n2\t1\t1\t9\n"
    fuzz(rows, tmp_path / "u.data", lambda: read_release(tmp_path), 3, tally)


def test_manifest(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "manifest.csv"
    rows = MANIFEST + ROW + ROW.replace("a.jpg", "b.jpg").replace("c0", "c1")
    fuzz(rows.encode(), path, lambda: read_manifest(path), 4, tally)


def test_driver_list(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "driver_imgs_list.csv"
    rows = b"subject,classname,img\np1,c0,a.jpg\np2,c1,b.jpg\n"
    fuzz(rows, path, lambda: read_csv(path, ["subject", "classname", "img"]), 5, tally)


def test_predictions(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "predictions.csv"
    fuzz(PREDICTIONS.encode(), path, lambda: read_class_predictions(path), 6, tally)


def test_sample_submission(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "sample_submission.csv"
    fuzz(SUBMISSION.encode(), path, lambda: read_submission(path), 7, tally)


def test_json(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "source.json"
    fuzz(b'{"version": 1, "root": "data"}', path, lambda: read_json(path, ["root"]), 8, tally)


def test_best_amounts(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "best.yaml"
    text = b"rule: x\nstrength: 0.5\namounts: {rotation: 8, width_shift: 0.1}\nevidence: {}\n"
    fuzz(text, path, lambda: read_best_amounts(path), 9, tally)


def test_glove(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "glove.txt"
    text = b"the 0.1 -0.2\nof 0.3 0.4\n. . 0.5 0.6\n"
    fuzz(text, path, lambda: read_glove(path, ["the", "of"], 2), 10, tally)


def test_text(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "text.txt"
    fuzz("Ein Gedicht, größer als nichts.\n".encode(), path, lambda: read_text(path, 5), 11, tally)


def test_reviews(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "aclImdb.tar"
    whole = review_archive(path, REVIEWS).read_bytes()
    fuzz(whole, path, lambda: read_reviews(path), 12, tally)


@pytest.mark.parametrize("name", [*ODD_PICTURES, "photo"])
def test_pictures(name: str, tally: Tally) -> None:
    content = ODD_PICTURES.get(name) or picture("RGB", (32, 24), format="JPEG")
    rng = random.Random(13)
    for _ in range(EXAMPLES):
        given = spoiled(content, rng)
        try:
            assert decode(given, (6, 8)).shape == (6, 8, 3)
        except ValueError as error:
            if "\n" in str(error):
                pytest.fail(f"more than a line: {error}; of {given!r}")
    tally("fuzz executions", EXAMPLES)


def test_config(tally: Tally) -> None:
    """A config that Snakemake's YAML reader accepts is completed or refused."""
    whole = (ROOT / "config/config.yaml").read_bytes()
    rng = random.Random(14)
    count = max(20, EXAMPLES // 10)
    for _ in range(count):
        given = spoiled(whole, rng)
        try:
            config = yaml.safe_load(given)
        except (yaml.YAMLError, ValueError, UnicodeDecodeError):
            continue
        try:
            configuration.complete(config if isinstance(config, dict) else {})
        except UserError:
            continue
        except Exception as error:
            pytest.fail(f"{type(error).__name__}: {error}; of {given!r}")
    tally("fuzz executions", count)
