"""The chain as it is handed in, and its predictions of folds that it was not tuned on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.ensemble.chain import Part, Tuned, apply_chain, limited
from practical_dl.images.ensemble.members import Ensemble, in_row_order, whole_part
from practical_dl.images.ensemble.tuning import Choices, tune, tuned_without_each
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


def combine(ensemble: Ensemble, tests: Sequence[ClassPredictions], choices: Choices) -> Combination:
    """Tune the chain; `tests` are the members' predictions of the test pictures."""
    tuned = tune(list(ensemble.parts.values()), list(ensemble.labels.values()), choices)
    without = tuned_without_each(ensemble.parts, ensemble.labels, choices)
    return Combination(ensemble, whole_part(tests, ensemble.test_neighbours), without, tuned)
