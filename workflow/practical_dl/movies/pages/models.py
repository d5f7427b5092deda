"""The page and pictures of the question: which model predicts ratings best?"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from practical_dl.movies.models.rating_models import (
    PEERS,
    RATING_MODELS,
    TITLES,
    of_sampled,
)
from practical_dl.movies.pages.model_figures import rmse_figure
from practical_dl.movies.pages.shared import ends, told_against
from practical_dl.report.page import code_of, fine_print, heading, page, paragraph, picture, table
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import score_difference

TITLE = "Which model predicts ratings best?"
SAME_RATINGS = (
    "{count:,} ratings that no model was trained on, the same for all. Intervals and differences "
    "come from 2,000 draws of whole users, the same draws for both sides of a difference."
)
NOTEBOOK = {"dot product": 1.4457, "dot product with biases": 0.7979, "neural net": 0.7943}
UNITS = (
    "RMSE is in stars, MSE in stars squared. The lesson's notebook printed MSE ({printed}) and "
    "compared it with published figures 'a bit over 0.9', which are RMSE: in the same unit it had "
    "{rooted}. So it was about one per cent better, not twelve. It was another release and "
    "another draw, so the figures above are not to be compared with it."
)
TIME = (
    "Models with time of rating also know the day on which the rating was given. That is not "
    "known when something is to be recommended, so they are shown for comparison only."
)
Row = Mapping[Hashable, Any]


def models_page(
    dataset: str, models: pd.DataFrame, absent: Sequence[str] = (), notes: Sequence[str] = ()
) -> str:
    """The page of `table_of_models` against bias, the sampled model and that with time.

    `absent` names the peers that were asked for and are not installed; `notes` tell how the
    ratings were read.
    """
    by_name: dict[str, Row] = {row["model"]: row for row in models.to_dict("records")}
    blocks = [
        picture(rmse_figure(models), "RMSE of every model with its interval, the best on top"),
        table(_shown(models.sort_values("rmse"), by_name)),
        *_best_peers(by_name),
        *_missing(absent),
        *_units(notes),
        *_time(by_name),
        *_reading(notes),
        fine_print(SAME_RATINGS.format(count=int(models["n"].iloc[0]))),
        code_of(score_difference),
    ]
    return page(f"{TITLE} ({dataset})", models_finding(by_name), blocks)


def _units(notes: Sequence[str]) -> list[str]:
    """The lesson's own figures, beside a release of the ratings that it used."""
    if notes:
        return []
    printed = ", ".join(f"{name} {value:.3f}" for name, value in NOTEBOOK.items())
    rooted = ", ".join(f"{name} {value**0.5:.3f}" for name, value in NOTEBOOK.items())
    told = UNITS.format(printed=printed, rooted=rooted)
    return [heading("Mean squared error is not RMSE"), paragraph(told)]


def _time(by_name: Mapping[str, Row]) -> list[str]:
    timed = any(RATING_MODELS[name].knows_the_time for name in by_name)
    return [heading("Time of rating"), paragraph(TIME)] if timed else []


def _reading(notes: Sequence[str]) -> list[str]:
    if not notes:
        return []
    return [heading("How the ratings were read"), *(paragraph(f"{note}.") for note in notes)]


def models_finding(by_name: Mapping[str, Row]) -> str:
    best = by_name[of_sampled(by_name, "bayes")]
    told = (
        f"Without the time of rating, {TITLES[best['model']]} is off by an RMSE of "
        f"{best['rmse']:.4f} stars: {told_against(best, 'bias')} than shrunk biases alone."
    )
    if "bayes_shuffled" not in by_name:
        return told
    control = by_name["bayes_shuffled"]
    return f"{told} With the genres of other movies it is {told_against(control, 'bayes')}."


def _shown(models: pd.DataFrame, by_name: Mapping[str, Row]) -> pd.DataFrame:
    sampled, rows = of_sampled(by_name, "bayes"), list(by_name.values())
    return pd.DataFrame(
        {
            "Model": models["model"].map(lambda name: TITLES.get(name, name)),
            "RMSE (stars)": models["rmse"].map("{:.4f}".format),
            "95 % interval": [ends(Interval.of(row, "rmse")) for row in rows],
            "MAE (stars)": models["mae"].map("{:.4f}".format),
            "MSE (stars²)": models["mse"].map("{:.4f}".format),
            "RMSE against shrunk biases": [told_against(row, "bias") for row in rows],
            "RMSE against the Bayesian model": [told_against(row, sampled) for row in rows],
        }
    )


def _best_peers(by_name: Mapping[str, Row]) -> list[str]:
    """The best of the other libraries, without and with time of rating, against ours."""
    said = []
    for words, title in (("without", "bayes"), ("with", "bayes_time")):
        ours = of_sampled(by_name, title)
        rivals = [row for name, row in by_name.items() if name in PEERS and _know_alike(name, ours)]
        if rivals:
            best = min(rivals, key=lambda row: row["rmse"])
            said.append(
                f"Of the other libraries' models {words} time of rating {TITLES[best['model']]} "
                f"is best: {best['rmse']:.4f}, against ours {told_against(best, ours)}."
            )
    return [paragraph(" ".join(said))] if said else []


def _know_alike(one: str, other: str) -> bool:
    return RATING_MODELS[one].knows_the_time == RATING_MODELS[other].knows_the_time


def _missing(absent: Sequence[str]) -> list[str]:
    if not absent:
        return []
    names = "; ".join(TITLES[peer] for peer in absent)
    return [paragraph(f"Not installed, so not in the table: {names}. `make peers` installs them.")]
