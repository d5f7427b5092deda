"""What the page of explanations says."""

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.wording import percent


def explain_title(predicted: ClassPredictions, row: int) -> str:
    """Predicted class with its probability, and the true one where it is another."""
    chosen = int(predicted.probabilities[row].argmax())
    sure = f"{predicted.classes[chosen]} {percent(predicted.probabilities[row, chosen])}"
    true = predicted.true[row]
    return sure if true == predicted.classes[chosen] else f"{sure}, truly {true}"


def explain_answer(predicted: ClassPredictions, labels: NDArray[np.int64], layer: str) -> str:
    """How many are right, and which classes are confused most often with confidence."""
    chosen = predicted.probabilities.argmax(axis=1)
    right = chosen == labels
    said = (
        f"Of {len(labels):,} held-out pictures {percent(right.mean())} are right; bright is what "
        f"spoke for the predicted class in the features of {layer}; where nothing is, no place did."
    )
    if right.all():
        return said
    sure = predicted.probabilities.max(axis=1)
    wrong = np.flatnonzero(~right)
    pairs, counts = np.unique(
        np.column_stack([labels[wrong], chosen[wrong]]), axis=0, return_counts=True
    )
    true, taken = (predicted.classes[code] for code in pairs[counts.argmax()])
    return (
        f"{said} The most frequent mistake takes {true} for {taken} ({counts.max()} pictures); "
        f"a wrong answer is given with {percent(sure[wrong].mean())} on average, a right one with "
        f"{percent(sure[right].mean())}."
    )
