"""Page of the five ways to choose the steps, over the three pipelines, and its table."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.job.errors import UserError
from practical_dl.report import page as pages
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import BETTER, NOISE, WORSE, gain_in_nats
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference, score
from practical_dl.training.trials import CONSTANT, CONTROL

TITLE = "Which way to choose the steps? Three pipelines, five ways, equal budgets"
METHOD_TITLES = {
    "adam": "Adam, fixed rate",
    "hand": "Adam, rate / 10 by hand",
    "plateau": "Adam, rate / 10 on a plateau",
    "eve": "Eve, fixed rate",
    "annealing": "Adam, the lecturer's annealing",
}
UNITS = {
    "images": "log loss (nats)",
    "movies": "squared error (stars²)",
    "reviews": "log loss (nats)",
}
OUTSIDE = (BETTER, WORSE)
DISAGREE = "seeds disagree"
IDENTICAL = "identical: no rate fell before the epoch kept"
COLUMNS = [
    "pipeline", "dataset", "method", "rate", "epoch", "last_rate", "value", "ci_low", "ci_high",
    "difference", "difference_low", "difference_high", "least_seed", "most_seed", "seeds", "n",
    "verdict", "constant", "over_constant", "over_constant_low", "over_constant_high",
]  # fmt: skip


def joined_table(
    sets: Sequence[tuple[str, str]],
    fits: Iterable[pd.DataFrame],
    rows: Iterable[pd.DataFrame],
    seed: int,
) -> pd.DataFrame:
    """The tables of all `sets` (pipeline, data set), one after the other.

    Raises:
        UserError: there are none.
    """
    if not sets:
        raise UserError(
            "config: run: no data set to compare optimizers on; name one in images, movies or "
            "reviews"
        )
    tables = [
        trial_table(*names, of_fits, of_rows, seed)
        for names, of_fits, of_rows in zip(sets, fits, rows, strict=True)
    ]
    return pd.concat(tables, ignore_index=True)


def trial_table(
    pipeline: str, dataset: str, fits: pd.DataFrame, rows: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """One row per way: its loss, and its loss minus the control's on the same rows (COLUMNS).

    `constant` is the loss of a prediction that is the same for all rows; `over_constant` is the
    loss of the way minus that.

    A row's loss is its mean over the seeds; intervals resample groups. `least_seed` and
    `most_seed` are the least and largest difference of one seed. A difference counts only where
    its interval excludes zero and every seed agrees on its sign.
    """
    wide = rows.pivot_table(index=["group", "id"], columns=["method", "seed"], values="loss")
    groups = wide.index.get_level_values("group").to_numpy()
    control = wide[CONTROL].to_numpy()
    constant = wide[CONSTANT].to_numpy()[:, 0]
    table = []
    for method in METHOD_TITLES:
        chosen = fits[fits["chosen"] & (fits["method"] == method)]
        losses = wide[method].to_numpy()
        by_seed = (losses - control).mean(axis=0)
        difference = paired_difference(losses.mean(axis=1), control.mean(axis=1), groups, seed)
        learned = paired_difference(losses.mean(axis=1), constant, groups, seed)
        table.append(
            {
                "pipeline": pipeline,
                "dataset": dataset,
                "method": method,
                "rate": chosen["rate"].iloc[0],
                "epoch": chosen["epoch"].mean(),
                "last_rate": chosen["last_rate"].mean(),
                **score(losses.mean(axis=1), groups, seed).columns(),
                **difference.columns("difference"),
                "least_seed": by_seed.min(),
                "most_seed": by_seed.max(),
                "seeds": len(by_seed),
                "n": len(wide),
                "verdict": "" if method == CONTROL else verdict(difference, by_seed),
                "constant": constant.mean(),
                **learned.columns("over_constant"),
            }
        )
    return pd.DataFrame(table, columns=COLUMNS)


def verdict(difference: Interval, by_seed: np.ndarray[Any, Any]) -> str:
    """One of OUTSIDE, NOISE, DISAGREE or, where no seed differs at all, IDENTICAL.

    DISAGREE: the interval excludes zero, but not all seeds have its sign. Less loss is better.
    """
    signs = set(np.sign(by_seed))
    if signs == {0.0}:
        return IDENTICAL
    if difference.is_noise:
        return NOISE
    if len(signs) > 1:
        return DISAGREE
    return OUTSIDE[0] if signs == {-1.0} else OUTSIDE[1]


def trial_page(table: pd.DataFrame) -> str:
    """The whole page as HTML."""
    return pages.page(
        TITLE,
        finding(table),
        [
            pages.picture(
                _differences_figure(table),
                "How much lower the loss is than that of Adam at a fixed learning rate, on the "
                "same held-out rows: right of the line is better. Lines are 95 % intervals over "
                "drivers, users or films; small dots are single seeds. Filled: the interval "
                "excludes zero, and all seeds agree.",
            ),
            *_tables(table),
            pages.fine_print(
                "Every way had the same epochs, the same learning rates to choose among and the "
                "same seeds. Learning rate and epoch were chosen on inner rows; the scored rows "
                "are others. The constant prediction is the share of each class in training, or "
                "the mean rating. A difference counts if its interval excludes zero and all seeds "
                f"agree on its sign. Of {int((table['method'] != CONTROL).sum())} intervals, one "
                "in twenty or so would exclude zero by chance.",
                *_untaught(table),
            ),
            pages.code_of(verdict),
        ],
    )


def finding(table: pd.DataFrame) -> str:
    """The differences outside the noise, and on how many data sets nothing was learned."""
    untaught = len(_untaught(table))
    doubt = (
        f" On {untaught} of {table['dataset'].groupby(table['pipeline']).nunique().sum()} data "
        "sets no way beats a constant prediction, so differences there say nothing."
    )
    return _outside(table) + (doubt if untaught else "")


def _untaught(table: pd.DataFrame) -> list[str]:
    """The data sets on which no way beats a constant prediction outside the noise."""
    said = []
    for (pipeline, dataset), part in table.groupby(["pipeline", "dataset"], sort=False):
        if (part["over_constant_high"] < 0).any():
            continue
        best = part.iloc[int(part["value"].to_numpy().argmin())]
        said.append(
            f"On {dataset} ({pipeline}) no way beats a constant prediction outside the noise: the "
            f"best loss is {best['value']:.3f}, the constant's {best['constant']:.3f}. So "
            "differences there say nothing about optimizers."
        )
    return said


def _outside(table: pd.DataFrame) -> str:
    compared = table[table["method"] != CONTROL]
    outside = compared[compared["verdict"].isin(OUTSIDE)]
    sentence = (
        f"{len(outside)} of {len(compared)} differences from Adam at a fixed learning rate "
        f"{'is' if len(outside) == 1 else 'are'} outside the noise"
    )
    if outside.empty:
        return f"{sentence}."
    named = [
        f"{METHOD_TITLES[row['method']]} on {row['dataset']} "
        f"({row['pipeline']}): {gain_in_nats(-Interval.of(row, 'difference'))}"
        for _, row in outside.iterrows()
    ]
    return f"{sentence}: {'; '.join(named)}."


def _differences_figure(table: pd.DataFrame) -> Figure:
    """One panel per data set, one line per way."""
    parts = [part for _, part in table.groupby(["pipeline", "dataset"], sort=False)]
    figure = Figure(figsize=(5.0 * len(parts) + 1.5, 3.8), layout="constrained")
    panels = figure.subplots(1, len(parts), squeeze=False, sharey=True)[0]
    for axes, part in zip(panels, parts, strict=True):
        compared = part[part["method"] != CONTROL]
        pipeline, dataset = compared[["pipeline", "dataset"]].iloc[0]
        for place, (_, row) in enumerate(compared.iterrows()):
            noise = row["verdict"] not in OUTSIDE
            colour = GREY if noise else COLOURS[OUTSIDE.index(row["verdict"])]
            axes.plot(
                [-row["difference_high"], -row["difference_low"]], [place] * 2,
                color=colour, linewidth=2.5,
            )  # fmt: skip
            axes.plot(
                -row["difference"], place, "o", color=colour, markersize=10,
                markerfacecolor="white" if noise else colour,
            )  # fmt: skip
            axes.plot(
                [-row["least_seed"], -row["most_seed"]], [place + 0.22] * 2, ".", color=colour,
                markersize=6,
            )  # fmt: skip
        axes.axvline(0, color="black", linewidth=1)
        axes.set_title(f"{pipeline}: {dataset}", loc="left", fontsize=13)
        axes.set_xlabel(f"lower {UNITS[pipeline]}, right is better", fontsize=11)
        axes.set_yticks(range(len(compared)), [METHOD_TITLES[name] for name in compared["method"]])
        axes.tick_params(labelsize=11)
        axes.locator_params(axis="x", nbins=5)
        axes.spines[["top", "right"]].set_visible(False)
    panels[0].invert_yaxis()
    return figure


def _tables(table: pd.DataFrame) -> list[str]:
    """One section per data set."""
    blocks: list[str] = []
    for (pipeline, dataset), part in table.groupby(["pipeline", "dataset"], sort=False):
        title = f"{pipeline}: {dataset}, {UNITS[str(pipeline)]}"
        blocks += [pages.heading(title), pages.table(_shown(part))]
    return blocks


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    rows = [row for _, row in table.iterrows()]
    compared = [row["method"] != CONTROL for row in rows]
    return pd.DataFrame(
        {
            "Way": table["method"].map(METHOD_TITLES),
            "Learning rate chosen": table["rate"].map("{:g}".format),
            "Last learning rate (mean)": table["last_rate"].map("{:.3g}".format),
            "Epoch kept (mean)": table["epoch"].map("{:g}".format),
            "Loss": [_interval_text(Interval.of(row), ".4f") for row in rows],
            "Against a constant": [
                gain_in_nats(-Interval.of(row, "over_constant")) for row in rows
            ],
            "Against Adam at a fixed rate": [
                gain_in_nats(-Interval.of(row, "difference")) if shown else ""
                for row, shown in zip(rows, compared, strict=True)
            ],
            "By seed": [
                f"{-row['most_seed']:+.4f} to {-row['least_seed']:+.4f}" if shown else ""
                for row, shown in zip(rows, compared, strict=True)
            ],
            "Verdict": table["verdict"],
        }
    )


def _interval_text(number: Interval, form: str) -> str:
    return f"{number.value:{form}} ({number.low:{form}} to {number.high:{form}})"
