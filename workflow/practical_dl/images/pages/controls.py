"""The pages on two controls: one model per group, and the size of a picture as an input."""

from collections.abc import Mapping

import pandas as pd

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.page import code_of, page, table
from practical_dl.report.wording import gain_in_nats, gain_in_points, nats, share
from practical_dl.scoring.gain import gain_scores
from practical_dl.scoring.metrics import classification_scores

EACH, TOGETHER = "one model per group, averaged", "one model of all groups"
OF_GROUPS = "Is one model per driver, averaged, as good as one model of all?"
OF_SIZES = "Does the size of a picture, as a second input, tell its class?"


def group_models_page(each: ClassPredictions, together: ClassPredictions, seed: int) -> str:
    """The page on one model per group as HTML."""
    models = {EACH: each, TOGETHER: together}
    shown = [table(_against_control(models, TOGETHER, seed)), code_of(gain_scores)]
    return page(OF_GROUPS, group_models_answer(each, together, seed), shown)


def meta_data_page(
    models: Mapping[str, ClassPredictions], labelled: pd.DataFrame, seed: int
) -> str:
    """The page on sizes as HTML; `labelled` are the manifest's rows."""
    varies = len(labelled[["width", "height"]].drop_duplicates()) > 1
    shown = [table(_against_control(models, "without", seed)), code_of(gain_scores)]
    return page(OF_SIZES, meta_data_answer(models, varies, seed), shown)


def _against_control(
    models: Mapping[str, ClassPredictions], control: str, seed: int
) -> pd.DataFrame:
    """One row per model: its scores, and what it gains over the `control` on the same pictures."""
    rows = []
    for name, model in models.items():
        scores = classification_scores(model.labels(), model.probabilities, model.groups, seed)
        row = {"model": name, "accuracy": share(scores["accuracy"])}
        row |= {"log loss": nats(scores["log_loss"]), "accuracy against the control": ""}
        row |= {"log loss against the control": ""}
        if name != control:
            gain = gain_scores(model, models[control], seed)
            row["accuracy against the control"] = gain_in_points(gain["accuracy"])
            row["log loss against the control"] = gain_in_nats(-gain["log_loss"])
        rows.append(row)
    return pd.DataFrame(rows)


def group_models_answer(each: ClassPredictions, together: ClassPredictions, seed: int) -> str:
    """Whether models of single groups, averaged, are as good as one of all of them."""
    gain = -gain_scores(each, together, seed)["log_loss"]
    return (
        "The log loss of one model per group, averaged, beside that of one model of all groups: "
        f"{gain_in_nats(gain)}."
    )


def meta_data_answer(models: Mapping[str, ClassPredictions], varies: bool, seed: int) -> str:
    """Whether the size of a picture tells its class, and whether that is more than chance."""
    if not varies:
        return (
            "All pictures have one size, so it can tell nothing, and it does not: the same net "
            "with and without it gives the same answers."
        )
    true, shuffled = (
        gain_in_nats(-gain_scores(models[name], models["without"], seed)["log_loss"])
        for name in ("with", "shuffled")
    )
    return (
        f"The log loss with the size of a picture as a second input, beside that without: {true}; "
        f"with sizes of other pictures: {shuffled}."
    )
