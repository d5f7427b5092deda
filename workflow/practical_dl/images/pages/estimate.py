"""The pages on the estimate: is it true, and does validation look like the test?"""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.images.hidden_groups.likeness import TEST
from practical_dl.images.titles import title
from practical_dl.report.page import code_of, fine_print, heading, page, picture, table
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import percent
from practical_dl.scoring.metrics import score

TITLE = "Is the estimate true?"
EXPLANATION = (
    "Labelled groups are drawn and hidden like a test part: their classes are read by nothing but "
    "this comparison. Everything is fitted and tuned on the other groups, which give the estimate "
    "with its interval; the truth is the score on the hidden ones. A ratio above one means that "
    "the estimate promised too much. Inside: the share of the draws whose truth lies in the 95 % "
    "interval. Draws share groups, so they agree more than independent ones would. What was chosen "
    "by hand on these very groups cannot be seen here: no draw hides it."
)


LIKENESS_TITLE = "Does validation look like the test?"
LIKENESS_EXPLANATION = (
    "Each fold against the other folds, as it was scored; the test part against all labelled "
    "pictures. No label of the test is known or used. Clusters: pictures joined by links to their "
    "five nearest, so about one per person and pose of the camera; typical is the size of that "
    "which the median picture is in. Distance: to the nearest training picture in feature space, "
    "in the median and at the 95 % point. Told apart: how surely a model that has seen half of the "
    "pictures tells those of the part from training pictures (0.5 not at all, 1 always). Parts "
    "with persons of their own are near 1; only what differs from the folds says something. "
    "Share off: the most by which a class's predicted share differs from its share of the training "
    "rows; the step balance takes all of that for an error."
)
LIKENESS = {
    "typical_cluster": "its typical cluster",
    "distance": "its distance to training pictures",
    "far_distance": "the distance of its farthest pictures",
    "told_apart": "how surely it is told from training pictures",
    "share_off": "its predicted class shares",
}


def hidden_groups_page(compared: pd.DataFrame, summary: pd.DataFrame) -> str:
    """The page as HTML, from the tables of `hidden_groups.comparison`."""
    blocks = [
        picture(_figure(compared), "Estimate with its interval, and truth, of the whole chain"),
        table(_shown(summary)),
        heading("Whole chain, draw by draw"),
        table(_draws(compared)),
        fine_print(EXPLANATION),
        code_of(score),
    ]
    return page(TITLE, _answer(summary), blocks)


def _answer(summary: pd.DataFrame) -> str:
    last = summary[summary["kind"] == "step"].iloc[-1]
    return (
        f"Over {last['draws']} draws the truth of the whole chain is {last['ratio']:.2f} times its "
        f"estimate in the median ({last['ratio_low']:.2f} to {last['ratio_high']:.2f}); it lies in "
        f"the interval in {percent(last['inside'], 0)} of the draws."
    )


def _shown(summary: pd.DataFrame) -> pd.DataFrame:
    words = {"member": "{}", "step": "chain after {}"}
    names = [
        words[kind].format(title(step))
        for kind, step in summary[["kind", "step"]].itertuples(index=False)
    ]
    return pd.DataFrame(
        {
            "model": names,
            "estimate": summary["estimate"].map("{:.3f}".format),
            "truth": summary["truth"].map("{:.3f}".format),
            "truth / estimate": summary["ratio"].map("{:.2f}".format),
            "least": summary["ratio_low"].map("{:.2f}".format),
            "greatest": summary["ratio_high"].map("{:.2f}".format),
            "inside": summary["inside"].map(lambda value: percent(value, 0)),
            "width of the interval / estimate": summary["width"].map("{:.2f}".format),
        }
    )


def _whole(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of the whole chain: those after the last step."""
    steps = compared[compared["kind"] == "step"]
    return steps[steps["step"] == steps["step"].iloc[-1]]


def _draws(compared: pd.DataFrame) -> pd.DataFrame:
    whole = _whole(compared)
    return pd.DataFrame(
        {
            "draw": whole["draw"],
            "estimate": [
                f"{row.estimate:.3f} ({row.ci_low:.3f} to {row.ci_high:.3f})"
                for row in whole.itertuples()
            ],
            "truth": whole["truth"].map("{:.3f}".format),
            "accuracy, estimate": whole["accuracy_estimate"].map(percent),
            "accuracy, truth": whole["accuracy_truth"].map(percent),
        }
    )


def _figure(compared: pd.DataFrame) -> Figure:
    whole = _whole(compared)
    figure = Figure(figsize=(8, 1.4 + 0.3 * len(whole)), layout="constrained")
    axis = figure.subplots()
    places = np.arange(len(whole))[::-1]
    value = whole["estimate"].to_numpy()
    errors = [value - whole["ci_low"].to_numpy(), whole["ci_high"].to_numpy() - value]
    axis.errorbar(value, places, xerr=errors, fmt="o", color=GREY, capsize=3, label="estimate")
    axis.plot(whole["truth"], places, "D", color=COLOURS[0], label="truth")
    axis.set_yticks(places, [f"draw {draw}" for draw in whole["draw"]])
    axis.set_xlabel("log loss (nats, 95 % for as many new groups)")
    axis.set_xlim(left=0)
    axis.legend()
    return figure


def likeness_page(measured: pd.DataFrame) -> str:
    """The page as HTML, from the table of `likeness`."""
    return page(
        LIKENESS_TITLE,
        likeness_answer(measured),
        [table(_shown_likeness(measured)), fine_print(LIKENESS_EXPLANATION)],
    )


def likeness_answer(measured: pd.DataFrame) -> str:
    """Which measures of the test lie outside those of all folds, and what follows."""
    of_test = measured["part"] == TEST
    folds, test = measured[~of_test], measured[of_test].iloc[0]
    outside = [
        f"{words} ({test[name]:.2f}; folds {folds[name].min():.2f} to {folds[name].max():.2f})"
        for name, words in LIKENESS.items()
        if not folds[name].min() <= test[name] <= folds[name].max()
    ]
    if not outside:
        return "In all that can be seen without labels, the test part lies among the folds."
    return (
        f"The test part lies outside the folds in {'; '.join(outside)}. The estimate is of parts "
        "like the folds: trust it as far as this difference does not matter."
    )


def _shown_likeness(measured: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "part": measured["part"],
            "pictures": measured["pictures"],
            "clusters": measured["clusters"],
            "typical cluster": measured["typical_cluster"].map("{:.0f}".format),
            "distance": measured["distance"].map("{:.2f}".format),
            "far distance": measured["far_distance"].map("{:.2f}".format),
            "told apart": measured["told_apart"].map("{:.2f}".format),
            "share off": measured["share_off"].map(percent),
        }
    )
