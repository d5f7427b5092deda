"""The page of mistakes: the surest ones, their words shaded and escaped."""

import numpy as np
import pandas as pd

from practical_dl.reviews.corpus.about import FILMS, About
from practical_dl.reviews.models.linear import LinearModel, Sum
from practical_dl.reviews.models.runs import Runs
from practical_dl.reviews.pages.mistakes import confident_mistakes, mistakes_page
from practical_dl.scoring.by_class import of_both


def test_mistakes_are_the_surest_and_their_words_are_shaded() -> None:
    labels = np.array([0, 0, 1, 1])
    positive = np.array([0.99, 0.6, 0.2, 0.9])
    ids = np.array(["test/neg/0_1", "test/neg/1_2", "test/pos/2_8", "test/pos/3_9"], object)
    runs = Runs(ids, ids, labels, ("seed_1",), of_both(positive[:, None]))
    reviews = pd.DataFrame({"review_id": ids, "stars": ["1", "2", "8", "9"]})
    tokens = np.array([1, 2, 1, 2, 2, 1], np.int32), np.array([0, 2, 3, 5, 6])
    model = LinearModel(
        3, [np.array([1, 2])], (Sum(np.ones(2, np.float32), np.array([2, -1], np.float32), 0.0),)
    )
    found = confident_mistakes(runs, reviews, tokens, model, 1)
    assert [mistake.review_id for mistake in found] == ["test/neg/0_1", "test/pos/2_8"]
    page = mistakes_page("demo", FILMS, "the model's title", found, ["<good>", "bad"], runs)
    page = page.replace("&nbsp;", " ")
    assert "Of 4 test reviews 3 are called wrong. Among the 2 that the model was" in page
    assert "at least 90 % sure of: 1 (50.0 %)." in page
    assert "The model: the model&#x27;s title." in page
    assert "Negative reviews that were called positive" in page
    assert "&lt;good&gt;</span>" in page
    assert "rgba(0, 114, 178, 0.85)" in page
    assert "called positive with a probability of 99.0 %" in page
    assert "called negative with a probability of 80.0 %" in page
    mine = About(("ham", "spam"), ("ham", "spam"), "", "text")
    unstarred = confident_mistakes(runs, reviews.assign(stars=""), tokens, model, 1)
    page = mistakes_page("mine", mine, "title", unstarred, ["<good>", "bad"], runs)
    assert (
        "Blue words spoke for a &#x27;spam&#x27; review, orange ones for a &#x27;ham&#x27; one"
        in page
    )
    assert "<h2>&#x27;ham&#x27; reviews that were called &#x27;spam&#x27;</h2>" in page
    assert "test/neg/0_1: &#x27;ham&#x27;, called &#x27;spam&#x27; with" in page
    assert "stars" not in page


def test_of_three_classes_words_speak_for_the_one_given_or_the_own() -> None:
    classes = ("art", "news", "sport")
    ids = np.array(["a", "b", "c"], object)
    said = np.array([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]])
    runs = Runs(ids, ids, np.array([2, 1, 2]), ("seed_1",), said[:, None], classes)
    reviews = pd.DataFrame({"review_id": ids, "stars": ""})
    tokens = np.array([1, 2, 1, 2, 2, 1], np.int32), np.array([0, 2, 4, 6])
    weights = np.ones(2, np.float32)
    sums = [Sum(weights, np.array(pair, np.float32), 0.0) for pair in ((0, 1), (1, 0), (0, 3))]
    model = LinearModel(3, [np.array([1, 2])], tuple(sums))
    found = confident_mistakes(runs, reviews, tokens, model, 5)
    assert [(one.review_id, one.label, one.called) for one in found] == [("a", 2, 1), ("b", 1, 0)]
    root = np.sqrt(2)
    np.testing.assert_allclose(found[0].contributions, [1 / root, -3 / root], rtol=1e-6)
    about = About(classes, classes, "", "text")
    page = mistakes_page("mine", about, "title", found, ["goal", "vote"], runs)
    assert "Blue words spoke for the class that the review was given, orange ones for" in page
    assert "a: &#x27;sport&#x27;, called &#x27;news&#x27; with a probability of" in page
