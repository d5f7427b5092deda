"""The gain of a technique over its control, on the same rows."""

from practical_dl.files.predictions import ClassPredictions
from practical_dl.job.errors import UserError
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import hits, log_losses, paired_difference


def gain_scores(
    technique: ClassPredictions, control: ClassPredictions, seed: int
) -> dict[str, Interval]:
    """Accuracy and log loss of `technique` minus those of `control`, row by row, with intervals.

    Raises:
        UserError: the two were not made on the same rows.
    """
    if list(technique.ids) != list(control.ids):
        raise UserError("a technique and its control must be scored on the same rows")
    labels, groups = control.labels(), control.groups
    return {
        name: paired_difference(
            row_scores(labels, technique.probabilities),
            row_scores(labels, control.probabilities),
            groups,
            seed,
        )
        for name, row_scores in (("accuracy", hits), ("log_loss", log_losses))
    }
