"""The page and pictures of the question: which model predicts ratings best?"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from numpy.typing import NDArray

from practical_dl.movies.models.rating_models import (
    PEERS,
    PICTURED,
    RATING_MODELS,
    TITLES,
    of_sampled,
)
from practical_dl.movies.pages.errors_by import covered_share, error_by_spread, rmse_by_popularity
from practical_dl.movies.pages.shared import MARKERS, ends, verdict
from practical_dl.report.page import heading, page, paragraph, table
from practical_dl.report.plotting import COLOURS, GREY, new_axes
from practical_dl.report.wording import percent
from practical_dl.scoring.interval import Interval
from practical_dl.training.fit import best_epoch

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
BOX_WIDTH = 0.32
TICKS = (1, 1.2, 1.5, 2, 3, 4, 5, 6, 7, 8, 9)
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
        paragraph(SAME_RATINGS.format(count=int(models["n"].iloc[0]))),
        table(_shown(models, by_name)),
        *_best_peers(by_name),
        *_missing(absent),
        *_units(notes),
        *_time(by_name),
        *_reading(notes),
    ]
    return page(f"{TITLE} ({dataset})", _finding(by_name), blocks)


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


def _finding(by_name: Mapping[str, Row]) -> str:
    best = by_name[of_sampled(by_name, "bayes")]
    if "bayes_shuffled" not in by_name:
        return (
            f"The sampled model is off by an RMSE of {best['rmse']:.4f} stars "
            f"({ends(Interval.of(best, 'rmse'))}), {_against(best, 'bias')} than shrunk biases."
        )
    control = by_name["bayes_shuffled"]
    return (
        f"Without the time of rating the sampled model with content is off by an RMSE of "
        f"{best['rmse']:.4f} stars ({ends(Interval.of(best, 'rmse'))}), {_against(best, 'bias')} "
        f"than shrunk biases; with content shuffled among movies it has {control['rmse']:.4f}, "
        f"{_against(control, 'bayes')} than with their own."
    )


def _shown(models: pd.DataFrame, by_name: Mapping[str, Row]) -> pd.DataFrame:
    sampled = of_sampled(by_name, "bayes")
    return pd.DataFrame(
        {
            "Model": models["model"].map(lambda name: TITLES.get(name, name)),
            "RMSE (stars)": models["rmse"].map("{:.4f}".format),
            "95 % interval": [ends(Interval.of(row, "rmse")) for row in by_name.values()],
            "MAE (stars)": models["mae"].map("{:.4f}".format),
            "MSE (stars²)": models["mse"].map("{:.4f}".format),
            "RMSE minus shrunk biases'": [_difference(row, "bias") for row in by_name.values()],
            "RMSE minus the sampled model's": [
                _difference(row, sampled) for row in by_name.values()
            ],
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
                f"is best: {best['rmse']:.4f}, against ours {_difference(best, ours)}."
            )
    return [paragraph(" ".join(said))] if said else []


def _know_alike(one: str, other: str) -> bool:
    return RATING_MODELS[one].knows_the_time == RATING_MODELS[other].knows_the_time


def _missing(absent: Sequence[str]) -> list[str]:
    if not absent:
        return []
    names = "; ".join(TITLES[peer] for peer in absent)
    return [paragraph(f"Not installed, so not in the table: {names}. `make peers` installs them.")]


def _against(row: Row, reference: str) -> str:
    difference = Interval.of(row, f"minus_{reference}")
    word = {"better": "less", "worse": "more"}.get(verdict(difference), "(within the noise)")
    return f"{abs(difference.value):.4f} {word}"


def _difference(row: Row, reference: str) -> str:
    if row["model"] == reference:
        return ""
    found = Interval.of(row, f"minus_{reference}")
    return f"{found.value:+.4f} ({found.low:+.4f} to {found.high:+.4f}): {verdict(found)}"


def model_figures(
    predictions: Mapping[str, pd.DataFrame],
    histories: Mapping[str, pd.DataFrame],
    spread: NDArray[np.float64],
    train: pd.DataFrame,
    seed: int,
) -> dict[str, Figure]:
    """The pictures by name.

    Args:
        predictions, histories: by model. spread: of the sampled model's predictions (n,).
    """
    own = of_sampled(predictions, "bayes")
    shown = [own if model == "bayes" else model for model in PICTURED]
    pictured = {model: predictions[model] for model in shown}
    by_popularity = {
        model: rmse_by_popularity(found, train, seed) for model, found in pictured.items()
    }
    sampled = predictions[own]
    by_spread = error_by_spread(sampled, spread, seed)
    return {
        "lesson_models": lesson_figure(histories),
        "predicted_stars": stars_figure(pictured),
        "error_by_popularity": popularity_figure(by_popularity),
        "uncertainty": _uncertainty_figure(by_spread, covered_share(sampled, spread)),
    }


def lesson_figure(histories: Mapping[str, pd.DataFrame]) -> Figure:
    """RMSE on inner rows by epoch of the lesson's models; a ring marks the epoch that is kept."""
    figure, axes = new_axes("epoch", "RMSE on inner rows (stars)", size=(8.0, 4.5))
    for place, (model, history) in enumerate(histories.items()):
        rmse = np.sqrt(history["inner_plain_loss"])
        colour, kept = COLOURS[place], best_epoch(history)
        axes.plot(
            history["epoch"], rmse, marker=MARKERS[place], color=colour, label=TITLES.get(model)
        )
        axes.plot(kept, rmse.iloc[kept - 1], "o", ms=13, mfc="none", mec=colour, mew=1.8)
    axes.plot([], [], "o", ms=13, mfc="none", mec=GREY, mew=1.8, label="the epoch kept")
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(subs=TICKS))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:.2f}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(fontsize=11, frameon=False)
    return figure


def stars_figure(predictions: Mapping[str, pd.DataFrame]) -> Figure:
    """A panel per model with a box of its predictions per true rating, and the line of equality.

    Boxes span the middle half of the predictions, whiskers 5 to 95 %, the line is the median.
    The frames have columns true and prediction, in stars.
    """
    figure = Figure(figsize=(4.2 * len(predictions), 4.5), layout="constrained")
    panels = figure.subplots(1, len(predictions), sharey=True, squeeze=False)[0]
    for axes, (model, found) in zip(panels, predictions.items(), strict=True):
        by_star = found.groupby("true")["prediction"]
        stars = np.array(list(by_star.groups), dtype=np.float64)
        axes.plot(stars, stars, color=COLOURS[1], linestyle="--", label="predicted = true")
        axes.boxplot(
            [values.to_numpy() for _, values in by_star],
            positions=stars,
            widths=BOX_WIDTH,
            whis=(5, 95),
            showfliers=False,
            patch_artist=True,
            boxprops={"facecolor": COLOURS[5], "edgecolor": COLOURS[0]},
            medianprops={"color": COLOURS[6], "linewidth": 1.5},
            whiskerprops={"color": COLOURS[0]},
            capprops={"color": COLOURS[0]},
        )
        axes.set_title(TITLES.get(model, model), loc="left", fontsize=12)
        axes.set_xticks(stars, [f"{star:g}" for star in stars], fontsize=11)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    panels[0].legend(fontsize=11, frameon=False, loc="upper left")
    panels[0].set_ylabel("predicted rating (stars)", fontsize=12)
    figure.supxlabel("true rating (stars)", fontsize=12)
    return figure


def popularity_figure(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """RMSE by the number of training ratings of the movie: tables of `rmse_by_popularity`."""
    figure, axes = new_axes(
        "training ratings of the movie, and number of predictions",
        "RMSE (stars), 95 % interval over users",
        size=(9.0, 4.8),
    )
    shift = 0.6 / len(tables)
    for place, (model, found) in enumerate(tables.items()):
        rmse = found["value"]
        axes.errorbar(
            np.arange(len(found)) + (place - (len(tables) - 1) / 2) * shift,
            rmse,
            [rmse - found["ci_low"], found["ci_high"] - rmse],
            fmt=MARKERS[place],
            color=COLOURS[place],
            capsize=3,
            label=TITLES.get(model, model),
        )
    first = next(iter(tables.values()))
    ranges = [
        f"{least:,}" if least == most else f"{least:,}\u2013{most:,}"
        for least, most in zip(first["least"], first["most"], strict=True)
    ]
    axes.set_xticks(
        range(len(first)), [f"{text}\n{n:,}" for text, n in zip(ranges, first["n"], strict=True)]
    )
    axes.legend(fontsize=11, frameon=False)
    return figure


def _uncertainty_figure(tenths: pd.DataFrame, covered: float) -> Figure:
    """Error that is found against the error that is stated: a table of `error_by_spread`."""
    figure, axes = new_axes(
        "stated spread of a rating (stars), tenths of the predictions",
        "RMSE found (stars), 95 % interval over users",
        f"{percent(covered)} of ratings lie within 1.96 stated spreads (95 % if right)",
        size=(7.0, 4.8),
    )
    ends = [tenths["spread"].min() * 0.95, tenths["spread"].max() * 1.05]
    axes.plot(ends, ends, color=COLOURS[1], linestyle="--", label="found = stated")
    rmse = tenths["value"]
    axes.errorbar(
        tenths["spread"],
        rmse,
        [rmse - tenths["ci_low"], tenths["ci_high"] - rmse],
        fmt="o",
        color=COLOURS[0],
        capsize=4,
        label="found, a tenth of the predictions each",
    )
    axes.legend(fontsize=11, frameon=False)
    return figure
