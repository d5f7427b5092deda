"""What a review set is called: written, read, found near a result, and in words."""

from pathlib import Path

import pytest

from practical_dl.files.artefacts import write_json
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.about import FILMS, About, about_near, read_about, write_about

OWN = About(("ham", "offer"), ("ham", "offer"), "sender", "message", ("read as: ...",))


def test_what_is_written_is_read_and_found_near_a_result(tmp_path: Path) -> None:
    write_about(tmp_path / "about.json", OWN)
    assert read_about(tmp_path / "about.json") == OWN
    assert about_near(tmp_path / "nb_svm/runs_test.csv") == OWN
    assert about_near(tmp_path / "split.csv") == OWN


def test_results_that_say_nothing_are_of_films(tmp_path: Path) -> None:
    assert about_near(tmp_path / "reviews/demo/nb_svm/model.h5") == FILMS


def test_own_classes_are_quoted_and_those_of_films_are_words() -> None:
    assert [FILMS.a(label) for label in (0, 1)] == ["a negative", "a positive"]
    assert [OWN.a(label) for label in (0, 1)] == ["a 'ham'", "an 'offer'"]
    assert (FILMS.units, OWN.units) == ("films", "groups")
    assert About(("0", "1"), ("0", "1"), "", "text").units == "reviews"


def test_one_class_is_none(tmp_path: Path) -> None:
    content = {"classes": ["a"], "shown": ["a"], "group": "", "text": "", "told": [], "scale": []}
    write_json(tmp_path / "about.json", content)
    with pytest.raises(UserError, match="no names of two classes"):
        read_about(tmp_path / "about.json")
