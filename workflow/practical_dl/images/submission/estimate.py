"""The expected score of a submission, from its model's predictions of groups it never saw."""

from typing import Any

import numpy as np
import pandas as pd

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.wording import nats, share
from practical_dl.scoring.expected import expected_score, expected_share
from practical_dl.scoring.metrics import (
    clip_from_below,
    hits,
    is_grouped,
    log_losses,
    report,
)


def estimate(
    title: str,
    part: str,
    predicted: ClassPredictions,
    floor: float,
    test_groups: int | None,
    seed: int,
) -> dict[str, Any]:
    """The content of an estimate.json: as a metrics.json, with intervals for the test's groups.

    `predicted` are bounded by `floor` as the submission is. Without `test_groups` as many groups
    are taken to be in the test as here.
    """
    groups, labels = predicted.groups, predicted.labels()
    count = test_groups or len(pd.unique(groups))
    values = clip_from_below(predicted.probabilities, floor).astype(np.float64)
    scores = {
        "log_loss": expected_score(log_losses(labels, values), groups, count, seed),
        "accuracy": expected_share(hits(labels, values), groups, count, seed),
    }
    content = report(title, part, predicted.ids, groups, scores, seed)
    kind = "groups" if is_grouped(groups) else "pictures"
    return {**content, "interval": f"95 %, for a test of {count} new {kind}", "test_groups": count}


def estimate_sentence(content: dict[str, Any]) -> str:
    """The same for a person."""
    scores = content["scores"]
    return (
        f"{content['model']}; expected log loss {nats(scores['log_loss'])}, accuracy "
        f"{share(scores['accuracy'])}, from {content['part']} ({content['interval']})"
    )
