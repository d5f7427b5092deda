import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from practical_dl.app.characters import Characters
from practical_dl.app.examples import spelled
from practical_dl.app.limits import checked_text, names_foreign_file
from practical_dl.app.models import Models
from practical_dl.app.photos import directions, overlaid
from practical_dl.app.reviews import shaded_words
from practical_dl.job.errors import UserError

UPLOADS = f"{tempfile.gettempdir()}/gradio"


@pytest.mark.parametrize(
    ("content", "foreign"),
    [
        ({"data": ["a path", 5, None]}, False),
        ({"data": [{"path": f"{UPLOADS}/ab/photo.png"}]}, False),
        ({"data": [{"path": f"{UPLOADS}/a.png", "url": "http://127.0.0.1/file=a.png"}]}, False),
        ({"data": [{"path": f"{UPLOADS}/../secret"}]}, True),
        ({"data": [[[{"deep": {"path": "/etc/passwd"}}]]]}, True),
        ({"data": [{"path": [f"{UPLOADS}/a.png", "/etc/passwd"]}]}, True),
        ({"data": [{"url": "https://example.org/a.png"}]}, True),
    ],
)
def test_what_names_a_file_of_the_machine_is_found(content: Any, foreign: bool) -> None:
    assert names_foreign_file(content) == foreign


def test_a_text_that_is_too_long_is_refused() -> None:
    assert checked_text("a" * 20_000)
    with pytest.raises(UserError, match="more than 20,000 characters"):
        checked_text("a" * 20_001)


def test_words_are_shaded_by_their_share_and_escaped() -> None:
    shown = shaded_words(["<b>", "good", "bad", "good"], ["good", "bad", "good"], [4.0, -1.0, 0.0])
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown
    assert re.findall(r"rgba\(([\d,]+),([\d.]+)\)", shown) == [
        ("34,139,34", "0.6"),
        ("200,40,40", "0.3"),
        ("200,40,40", "0.0"),
    ]
    assert shown.count("unknown to the model") == 1


def test_marks_stand_close_to_the_word_before_them() -> None:
    assert spelled(["not", "bad", ",", "was", "it", "?"]) == "not bad, was it?"


def test_features_become_unit_vectors_of_their_channels() -> None:
    features = np.zeros((2, 2, 2, 2), np.float16)
    features[0, ..., 0], features[0, ..., 1] = 3, 4
    assert directions(features) == pytest.approx(np.array([[0.6, 0.8], [0, 0]]))


def test_a_map_reddens_what_it_points_at() -> None:
    picture = np.full((4, 6, 3), 100, np.uint8)
    shown = overlaid(picture, np.zeros((2, 2), np.float32))
    assert (shown == picture).all()
    shown = overlaid(picture, np.ones((2, 2), np.float32))
    assert shown.shape == (4, 6, 3)
    assert shown[0, 0].tolist() == [208, 30, 30]


def test_the_set_that_is_asked_for_is_shown_where_a_pipeline_has_it(tmp_path: Path) -> None:
    for name in ("images/pets", "images/demo", "reviews/imdb"):
        (tmp_path / name).mkdir(parents=True)
    assert Models(tmp_path, "pets").chosen("images") == "pets"
    assert Models(tmp_path, "pets").chosen("reviews") == "imdb"
    assert Models(tmp_path).chosen("images") == "demo"
    assert Models(tmp_path).chosen("movies") == "demo"


def test_a_model_that_is_missing_says_which_command_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=r"snakemake results/characters/demo/lstm/model\.keras"):
        Characters(Path("results"), "demo")
