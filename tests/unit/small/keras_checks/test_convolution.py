"""Every number of the convolution by hand equals Keras', and the check notices if one does not."""

import pytest

pytest.importorskip("keras")

from practical_dl.small.convolution.network import VARIANTS, Variant, by_hand
from practical_dl.small.keras_checks.convolution import check_all, check_variant

FILTERS = [[[1, 1, 1], [0, 0, 0], [-1, -1, -1]], [[1, 0, -1], [1, 0, -1], [1, 0, -1]]]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_every_number_is_keras_s(variant: Variant) -> None:
    lesson = by_hand(FILTERS, 7)
    layers, weights = lesson.layers[variant], lesson.weights[variant]
    check = check_variant(lesson.picture, weights, variant, layers)
    assert check["layer"].tolist() == list(layers)[1:]
    assert check["numbers"].sum() == sum(layers[name].size for name in list(layers)[1:])
    assert check["largest_difference"].max() < 1e-12
    layers["conv2"][3, 3, 1] += 1e-6
    with pytest.raises(ArithmeticError, match="conv2 differs from Keras"):
        check_variant(lesson.picture, weights, variant, layers)


def test_all_variants_are_checked() -> None:
    check = check_all(by_hand(FILTERS, 7))
    assert list(dict.fromkeys(check["variant"])) == [variant.name for variant in VARIANTS]
