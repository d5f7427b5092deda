"""Page of the optimizers: all paths, how methods fail, and the check against Keras."""

import numpy as np
import pandas as pd

from practical_dl.report import page as pages
from practical_dl.small.optimizers.descent import descend_line
from practical_dl.small.optimizers.failure_plots import failures_figure
from practical_dl.small.optimizers.line import (
    INTERCEPT,
    SLOPE,
    START,
    X,
    Y,
    finite_differences,
    gradient_of_point,
    loss_of_point,
)
from practical_dl.small.optimizers.plots import LEAST_SHOWN, loss_figure, surface_figure
from practical_dl.small.optimizers.runs import ARRIVED, FORM_TITLES, OUTCOMES, TITLES

TITLE = "Seven ways downhill: optimizers on the line y = 2x + 30"


def optimizers_page(
    paths: pd.DataFrame, summary: pd.DataFrame, failures: pd.DataFrame, check: pd.DataFrame
) -> str:
    """The whole page as HTML."""
    epochs = int(paths["epoch"].max())
    return pages.page(
        TITLE,
        finding(summary, epochs),
        [
            pages.picture(
                surface_figure(paths),
                f"The path of each method from slope 1 and intercept 1, {epochs} epochs of "
                f"{len(X)} single points. Dark is low error: a narrow valley, steep across and "
                "nearly flat along, because the points' x are far larger than 1. Methods with one "
                "learning rate for both numbers fall into the valley at once and then hardly move.",
            ),
            pages.heading("Error against epoch"),
            pages.picture(
                loss_figure(paths),
                f"Mean squared error over all {len(X)} points after each epoch; below the dotted "
                f"line ({ARRIVED:g}) a run counts as arrived. Errors below {LEAST_SHOWN:g} are "
                f"drawn at {LEAST_SHOWN:g}.",
            ),
            pages.table(_shown(summary)),
            pages.heading("How they fail"),
            pages.picture(failures_figure(failures, paths), _failures_caption(failures)),
            pages.heading("How it was checked"),
            pages.paragraph(_gradient_check()),
            pages.table(_shown_check(check)),
            pages.fine_print(
                _outcomes(summary),
                "optimizers.xlsx, in the same folder, has every method with live formulas: change "
                "a learning rate, a beta or a start value there and the descent follows.",
            ),
            pages.code_of(descend_line),
        ],
    )


def finding(summary: pd.DataFrame, epochs: int) -> str:
    """The closest run, plain SGD, and the outcomes, in sentences."""
    closest = summary.iloc[int(summary["last"].argmin())]
    plain = summary[(summary["method"] == "sgd") & (summary["form"] == "lecture")].iloc[0]
    return (
        f"After {epochs} epochs the closest is {TITLES[closest['method']]} "
        f"({_form(closest['form'])}): slope {closest['slope']:.4f}, intercept "
        f"{closest['intercept']:.4f}; plain SGD has found the slope to {plain['slope']:.2f} but "
        f"its intercept is {plain['intercept']:.1f} of {INTERCEPT:g}."
    )


def _outcomes(summary: pd.DataFrame) -> str:
    counts = [
        f"{(summary['outcome'] == outcome).sum()} {outcome}"
        for outcome in OUTCOMES
        if (summary["outcome"] == outcome).any()
    ]
    return (
        f"Of {len(summary)} runs, {', '.join(counts)} (arrived: mean squared error below "
        f"{ARRIVED:g}; stayed: all through the last quarter of the epochs)."
    )


def _failures_caption(failures: pd.DataFrame) -> str:
    """Each panel's numbers."""
    loss = {
        (str(picture), str(run)): path["loss"].to_numpy()
        for (picture, run), path in failures.groupby(["picture", "run"], sort=False)
    }
    diverging = [
        key[1] for key, run in loss.items() if key[0] == "diverging rate" and run[-1] > run[0]
    ]
    saddle = failures[failures["picture"] == "saddle"].groupby("run")["first"].last()
    circles = failures[failures["picture"] == "RMSProp"].groupby("run", sort=False)
    radii = [
        f"{np.abs(run['first'].tail(len(X)) - SLOPE).max():.2f} at {name}" for name, run in circles
    ]
    adagrad = [f"{run[-1]:.3g} ({key[1]})" for key, run in loss.items() if key[0] == "Adagrad"]
    [eve] = [run for key, run in loss.items() if key[0] == "Eve"]
    least = int(eve.argmin())
    return (
        f"Diverging: {' and '.join(diverging)} end worse than they began. "
        f"Saddle: SGD stops at u = {saddle['descent']:.3f}, momentum reaches "
        f"{saddle['momentum']:.3f} (the minimum is at -1). "
        f"Adagrad ends at {', '.join(adagrad)}. "
        f"RMSProp's steps never shrink: in the last epoch its slope is still off by up to "
        f"{', '.join(radii)}. "
        f"Eve's error is {eve[least]:.2g} at step {least} and as much as "
        f"{eve[least:].max():.3g} after it. Last panel: the lecture's Adam runs from the config."
    )


def _gradient_check() -> str:
    """Analytic derivatives beside finite differences at the lecture's first point."""
    x, y = X[0], Y[0]
    start = np.array(START)
    exact = gradient_of_point(start, x, y)
    measured = finite_differences(lambda parameters: loss_of_point(parameters, x, y), start)
    return (
        f"At the first point (x = {x}, y = {y:g}) the derivatives are {exact[0]:.2f} by the slope "
        f"and {exact[1]:.2f} by the intercept; measured by moving 0.01 they are "
        f"{measured[0]:.2f} and {measured[1]:.2f}. The papers' forms were compared with Keras' own "
        "optimizers on the same line, in double precision, after every step:"
    )


def _form(form: str) -> str:
    return FORM_TITLES[form][0].lower() + FORM_TITLES[form][1:]


def _shown(summary: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Method": summary["method"].map(TITLES),
            "Form": summary["form"],
            "Error after one epoch": summary["first_epoch"].map("{:.3g}".format),
            "Least error reached": summary["least"].map("{:.3g}".format),
            "Error at the end": summary["last"].map("{:.3g}".format),
            "Slope": summary["slope"].map("{:.5g}".format),
            "Intercept": summary["intercept"].map("{:.5g}".format),
            "Outcome": summary["outcome"],
        }
    )


def _shown_check(check: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Method": check["method"].map(TITLES),
            "Steps": check["steps"],
            "Largest relative difference": check["largest_relative_difference"].map(
                "{:.1g}".format
            ),
            "Allowed": check["tolerance"].map("{:g}".format),
        }
    )
