"""The map of words: like words near each other, and labels that do not cover each other."""

import numpy as np

from practical_dl.reviews.pages.word_map import SHOWN, map_figure, place_words, word_map


def test_like_words_lie_near_each_other_on_the_map() -> None:
    rng = np.random.default_rng(0)
    centres = rng.normal(0, 1, (3, 8))
    vectors = (np.repeat(centres, 12, axis=0) + rng.normal(0, 0.05, (36, 8))).astype(np.float32)
    places = place_words(vectors, 1)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    same = np.equal.outer(np.arange(36) // 12, np.arange(36) // 12)
    assert apart[same].mean() < 0.3 * apart[~same].mean()
    figure = map_figure([f"w{place}" for place in range(36)], places, "map")
    assert [text.get_text() for text in figure.axes[0].texts] == [f"w{n}" for n in range(36)]


def test_words_at_one_place_of_the_map_do_not_cover_each_other() -> None:
    places = np.array([[0, 0], [0, 0], [5, 5]], np.float32)
    figure = map_figure(["show", "shows", "far"], places, "map")
    first, second, _ = (text.get_window_extent() for text in figure.axes[0].texts)
    assert not first.overlaps(second)


def test_the_map_shows_the_most_frequent_words_that_are_words() -> None:
    vectors = np.random.default_rng(0).normal(0, 1, (13, 4)).astype(np.float32)
    figure = word_map([*(f"w{n}" for n in range(11)), ""], vectors, "text", 1)
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.texts] == [f"w{n}" for n in range(11)]
    title = axes.get_title(loc="left")
    assert title == "The 11 most frequent words by vectors made from the reviews alone"
    assert SHOWN == 350


def test_a_map_of_few_words_needs_no_neighbours() -> None:
    vectors = np.array([[0, 0, 0], [1, 2, 3], [4, 5, 6]], np.float32)
    figure = word_map(["a", "b"], vectors, "text", 1)
    assert [text.get_text() for text in figure.axes[0].texts] == ["a", "b"]
    assert place_words(vectors, 1).tolist() == [[0, 0], [1, 2], [4, 5]]
