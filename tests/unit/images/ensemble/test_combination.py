"""Parts of a chain that was tuned once are chains that were tuned without the later steps."""

from dataclasses import replace

import numpy as np
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.ensemble.combination import balance_note, combine
from practical_dl.images.ensemble.members import Ensemble, labels_by_fold, parts_by_fold
from practical_dl.images.ensemble.tuning import Choices

STEPS = ["neighbours", "weights", "balance", "temperature", "clip"]
CHOICES = Choices([1, 2], [0.5], weights=True, balance=True, temperature=True, floors=(0.0, 0.01))


def predictions(seed: int) -> ClassPredictions:
    """Twelve rows of three groups and three classes."""
    rng = np.random.default_rng(seed)
    ids, groups = (np.array(list(text), dtype=object) for text in ("abcdefghijkl", "ppppqqqqrrrr"))
    true = np.array(list("xyzx") * 3, dtype=object)
    return ClassPredictions(ids, groups, true, ("x", "y", "z"), rng.dirichlet(np.ones(3), 12))


@pytest.mark.parametrize("number", range(6))
def test_leaving_out_the_last_steps_tunes_no_other(number: int) -> None:
    members, tests = [predictions(1), predictions(2)], [predictions(3), predictions(4)]
    fold = np.repeat([0, 1, 2], 4)
    near = np.array([[4 * (row // 4) + (row + step) % 4 for step in (1, 2)] for row in range(12)])
    parts, labels = parts_by_fold(members, fold, near), labels_by_fold(members[0], fold)
    ensemble = Ensemble(members[0], fold, parts, labels, near)
    of_whole = combine(ensemble, tests, CHOICES).predicted(STEPS[:number])
    alone = combine(ensemble, tests, CHOICES.only(STEPS[:number])).predicted(STEPS)
    for one, other in zip(of_whole, alone, strict=True):
        np.testing.assert_allclose(one, other)
        assert one.sum(axis=1) == pytest.approx(1)


def test_balance_warns_where_the_test_is_unlike_every_fold() -> None:
    """Classes are a half, a quarter, a quarter; the folds are predicted so, the test is not."""
    rows = np.tile([0.5, 0.25, 0.25], (12, 1))
    member = replace(predictions(1), probabilities=rows)
    strange = replace(member, probabilities=np.tile([0.1, 0.7, 0.2], (12, 1)))
    fold, near = np.repeat([0, 1, 2], 4), np.arange(12)[:, None]
    parts, labels = parts_by_fold([member], fold, near), labels_by_fold(member, fold)
    ensemble = Ensemble(member, fold, parts, labels, near)
    like, unlike = (combine(ensemble, [test], CHOICES) for test in (member, strange))
    assert "off by at most 0.0 %" in str(balance_note(like, STEPS))
    assert str(balance_note(unlike, STEPS)).startswith("warning: balance takes the test")
    assert balance_note(unlike, ["neighbours"]) is None
