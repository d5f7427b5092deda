"""The network by hand: shapes and counts."""

import numpy as np
import pytest

from practical_dl.small.convolution.digit import draw_seven
from practical_dl.small.convolution.network import (
    VARIANTS,
    Variant,
    activations,
    parameter_table,
    weights_of_variants,
)

FILTERS = [[[1, 1, 1], [0, 0, 0], [-1, -1, -1]], [[1, 0, -1], [1, 0, -1], [1, 0, -1]]]
SHAPES = {
    "unpadded_pool": ["26 x 26 x 2", "24 x 24 x 2", "12 x 12 x 2", "1"],
    "unpadded_stride": ["26 x 26 x 2", "12 x 12 x 2", "1"],
    "padded_pool": ["28 x 28 x 2", "28 x 28 x 2", "14 x 14 x 2", "1"],
    "padded_stride": ["28 x 28 x 2", "14 x 14 x 2", "1"],
}


def test_the_seven_has_a_bar_and_a_slanting_stroke() -> None:
    seven = draw_seven()
    assert seven.shape == (28, 28)
    assert (seven.min(), seven.max()) == (0, 1)
    np.testing.assert_array_equal(seven, np.round(seven, 1))
    assert (seven[6, 8:20] == 1).all()
    tops = [seven[row].argmax() for row in range(9, 24)]
    assert (np.diff(tops) <= 0).all()
    assert not seven[:, :5].any()


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_shapes_and_counts(variant: Variant) -> None:
    """By hand: 2 * 9 and 2 * 18 in the filters, one dense weight a number that it reads."""
    seven = draw_seven()
    weights = weights_of_variants(FILTERS, 28, 42)[variant]
    layers = activations(seven, weights, variant)
    table = parameter_table(variant, weights, layers)
    assert table["shape"].tolist() == SHAPES[variant.name]
    counts = dict(zip(table["layer"], table["parameters"], strict=True))
    assert (counts["conv1"], counts["conv2"]) == (18, 36)
    assert counts["dense"] == (392 if variant.padded else 288)
    assert table["if_dense"].iloc[0] == 784 * layers["conv1"].size


def test_the_first_filter_answers_the_lower_edge_of_the_bar() -> None:
    """Rows 6, 7 and 8 under the bar's middle: 3 * 1 - 3 * 0 = 3."""
    variant = VARIANTS[0]
    weights = weights_of_variants(FILTERS, 28, 42)[variant]
    layers = activations(draw_seven(), weights, variant)
    assert layers["conv1"][6, 10, 0] == 3
    assert (layers["conv1"] >= 0).all()


def test_variants_share_their_filters() -> None:
    weights = list(weights_of_variants(FILTERS, 28, 42).values())
    assert all((other.second == weights[0].second).all() for other in weights)
