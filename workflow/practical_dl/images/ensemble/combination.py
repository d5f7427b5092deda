"""The chain as it is handed in, and its predictions of folds that it was not tuned on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.ensemble.chain import Part, Tuned, apply_chain, limited
from practical_dl.images.ensemble.members import Ensemble, in_row_order, whole_part
from practical_dl.images.ensemble.tuning import Choices, tune, tuned_without_each
from practical_dl.report.wording import percent
from practical_dl.scoring.metrics import Values


@dataclass(frozen=True)
class Combination:
    """What was tuned: without each fold, for that fold, and on all of them, for the test.

    test: the test pictures as one part.
    """

    ensemble: Ensemble
    test: Part
    without: Mapping[int, Tuned]
    tuned: Tuned

    def predicted(self, steps: Collection[str]) -> tuple[Values, Values]:
        """Probabilities out of fold (n, classes), and of the test (m, classes), by these steps.

        Each step is tuned behind those before it, so leaving out the last ones tunes no other.
        """
        parts = self.ensemble.parts
        by_fold = {
            fold: apply_chain(part, limited(self.without[fold], steps))
            for fold, part in parts.items()
        }
        answer = apply_chain(self.test, limited(self.tuned, steps))
        return in_row_order(by_fold, self.ensemble.fold), answer


def balance_note(combined: Combination, steps: Sequence[str]) -> str | None:
    """What balance assumes of the test, beside what was predicted before it; None if it is off.

    It makes each class's share that of the training rows: folds have these shares, a test may not.
    """
    if "balance" not in steps or not len(combined.test.neighbours):
        return None
    known, answer = combined.predicted(steps[: steps.index("balance")])
    fold, shares = combined.ensemble.fold, np.asarray(combined.tuned.shares)
    off = [_most_off(known[fold == number], shares) for number in np.unique(fold)]
    of_test = _most_off(answer, shares)
    text = (
        "balance takes the test to have the classes' shares of the training rows; predicted "
        f"shares were off by at most {percent(of_test)}, by {percent(min(off))} to "
        f"{percent(max(off))} in the folds"
    )
    if of_test <= max(off):
        return text
    return f"warning: {text}; if the test's shares may differ, set chain.balance: false"


def _most_off(predicted: Values, shares: Values) -> float:
    return float(np.abs(predicted.mean(axis=0) - shares).max())


def combine(ensemble: Ensemble, tests: Sequence[ClassPredictions], choices: Choices) -> Combination:
    """Tune the chain; `tests` are the members' predictions of the test pictures."""
    tuned = tune(list(ensemble.parts.values()), list(ensemble.labels.values()), choices)
    without = tuned_without_each(ensemble.parts, ensemble.labels, choices)
    return Combination(ensemble, whole_part(tests, ensemble.test_neighbours), without, tuned)
