"""Latent semantic analysis: directions from texts alone, and what they say of reviews."""

import numpy as np
import pytest
import scipy.sparse as sp

from practical_dl.errors import UserError
from practical_dl.reviews.latent import (
    choose_strength,
    inverse_frequencies,
    learn_space,
    probabilities,
)
from practical_dl.reviews.tokens import encode

WORDS = ["fine", "great", "dull", "poor", "cat", "dog"]
BASE = len(WORDS) + 1
FINE = ["fine great", "great fine cat", "fine great dog"] * 3
DULL = ["dull poor", "poor dull cat", "dull poor dog"] * 3


def test_a_run_in_every_review_weighs_nothing() -> None:
    rows = sp.csr_matrix(np.array([[1, 1], [1, 0]], np.float32))
    assert inverse_frequencies(rows).tolist() == pytest.approx([0, np.log(2)])


def test_words_of_the_same_texts_lie_in_one_direction() -> None:
    space = learn_space(encode(FINE + DULL, WORDS), 1, 1, BASE, 2, 1)
    fine, great, dull, cat, none = space.points(encode(["fine", "great", "dull", "cat", ""], WORDS))
    assert fine @ great == pytest.approx(1, abs=1e-5)
    assert abs(fine @ dull) < 0.3
    assert abs(fine @ cat) < 0.9
    assert not none.any()


def test_unlabelled_texts_carry_a_label_to_words_that_no_labelled_review_has() -> None:
    labelled, asked = encode(["fine", "dull"], WORDS), encode(["great", "poor"], WORDS)
    labels = np.array([1, 0])
    space = learn_space(encode(FINE + DULL, WORDS), 1, 1, BASE, 2, 1)
    fitted = choose_strength(
        space.points(labelled), labels, space.points(asked), labels, [0.01, 10.0]
    )
    assert fitted.strength == 10.0
    great, poor = probabilities(space.points(labelled), labels, space.points(asked), 10.0)
    assert great > 0.8
    assert poor < 0.2
    assert fitted.positive.tolist() == pytest.approx([great, poor], abs=1e-4)


def test_more_directions_than_runs_are_refused_in_one_line() -> None:
    with pytest.raises(UserError, match=r"18 reviews with 6 runs .* lower latent.dimensions"):
        learn_space(encode(FINE + DULL, WORDS), 1, 1, BASE, 6, 1)
