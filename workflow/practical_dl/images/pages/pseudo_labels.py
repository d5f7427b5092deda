"""The page on pseudo-labels: whether they help beyond the same epochs without them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from practical_dl.images.pages.sample_plots import panels
from practical_dl.images.plan.pseudo_labels import SHUFFLED, describe
from practical_dl.images.pseudo_labels.material import HELD_OUT
from practical_dl.images.pseudo_labels.scores import CALIBRATED
from practical_dl.images.pseudo_labels.setting import CONTROL, Setting
from practical_dl.images.pseudo_labels.two_moons import Points, Step
from practical_dl.images.titles import PARTS
from practical_dl.report.page import code_of, fine_print, heading, page, picture, table
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import (
    BETTER,
    NOISE,
    WORSE,
    gain_in_nats,
    gain_in_points,
    nats,
    percent,
    share,
    verdict,
)
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference

TITLE = "Do pseudo-labels help, beyond the same training without them?"
EXPLANATION = (
    "Every setting goes on from the same start for the same epochs, on the same true rows in the "
    "same batches; only what stands beside them differs. Of every fold that is held out, one "
    "half of the drivers may be the pool: predicted and trained on, its labels out of the job's "
    "reach. The other half was in no pool. Gains are paired on the same pictures, means over the "
    "seeds, with 95 % intervals over drivers; the table says how many of the seeds agree on the "
    "gain in calibrated log loss and on that in accuracy. Shuffled "
    "labels show what soft labels do to the confidence alone, whatever they say; calibration "
    "takes that away: every setting at the temperature that is best on the other folds. A "
    "setting is named by its pool, the share of every batch that pseudo-labels fill, and their "
    "kind: soft (probabilities) or hard (classes). The first sentence speaks of each pool's own "
    "setting, which the configuration gives beforehand, and counts a difference only where all "
    "seeds agree; the variants beside it are in the table. The "
    "heads are small and shortly trained, so that many settings can be compared. In the ladder "
    "and the table of scores a setting's seeds predict together, by the mean of their "
    "probabilities: better scores, and other gains, than here."
)
SHOWN = ("log_loss", CALIBRATED, "accuracy")
MARKERS = {"pool": "o", "untouched": "s", HELD_OUT: "D"}
PART_NAMES = {
    "pool": "drivers in the pool",
    "untouched": "drivers outside the pool",
    HELD_OUT: "held-out drivers, none in the pool",
}
CONTROL_LINES = {"untouched": "x-", HELD_OUT: "x--"}
LINES = ("o-", "s--", "D-.", "^:", "v-", "P--")


def pseudo_labels_page(
    scores: pd.DataFrame, progress: pd.DataFrame, settings: Sequence[Setting]
) -> str:
    """The page as HTML, of the two tables of `pseudo_labels.scores`."""
    last = last_round(scores)
    names = {setting.name: describe(setting) for setting in settings}
    compared = {name: text for name, text in names.items() if name != CONTROL}
    plain = {
        setting.name: names[setting.name]
        for setting in settings
        if setting.name == setting.pool or setting.name.endswith(SHUFFLED)
    }
    blocks = [
        picture(gains_by_setting(last, compared), "What each setting gives over the control"),
        table(setting_table(last, settings)),
        heading("Round by round"),
        picture(progress_figure(scores, progress, plain), "Scores and labels by round"),
        table(_progress_shown(progress, compared)),
        fine_print(EXPLANATION, *checks(last, settings)),
        code_of(paired_difference),
    ]
    return page(TITLE, pseudo_answer(last, settings), blocks)


def pseudo_answer(table: pd.DataFrame, settings: Sequence[Setting]) -> str:
    """Of how many pools the own setting is proven to help, and the clearest of them."""
    pools = _pools(table, settings)
    gains = {
        (setting.name, part): _gain(_row(table, setting.name, part, CALIBRATED))
        for setting, part in pools
    }
    found = Counter(_proven(table, setting, part) for setting, part in pools)
    setting, part = max(pools, key=lambda pool: abs(gains[pool[0].name, pool[1]].value))
    return (
        f"Beyond the same training without pseudo-labels, {found[BETTER]} of {len(pools)} "
        f"comparisons show a better calibrated log loss, {found[WORSE]} a worse one, and "
        f"{found[NOISE]} prove nothing; the largest difference: {describe(setting)}, "
        f"{_drivers(part)}, {gain_in_nats(gains[setting.name, part])}."
    )


def _proven(table: pd.DataFrame, setting: Setting, part: str) -> str:
    """The verdict on the calibrated log loss, which counts only where all seeds agree."""
    fair = _row(table, setting.name, part, CALIBRATED)
    word = verdict(_gain(fair))
    return word if word in (BETTER, WORSE) and fair["seeds_better"] == fair["seeds"] else NOISE


def checks(table: pd.DataFrame, settings: Sequence[Setting]) -> list[str]:
    """For each of these answers what it rests on: its own log loss, and the shuffled control."""
    return [_check_sentence(table, setting, part) for setting, part in _pools(table, settings)]


def _pools(table: pd.DataFrame, settings: Sequence[Setting]) -> list[tuple[Setting, str]]:
    """Pools' own settings, each with every part of the held-out pictures that it is scored on."""
    return [
        (setting, str(part))
        for setting in settings
        if setting.name == setting.pool != "none"
        for part in table["part"][table["setting"] == setting.name].unique()
    ]


def _drivers(part: str) -> str:
    return PARTS[part].replace("groups", "drivers")


def _check_sentence(table: pd.DataFrame, setting: Setting, part: str) -> str:
    fair = _row(table, setting.name, part, CALIBRATED)
    plain_control, fair_control = (
        _row(table, f"{setting.pool}_{SHUFFLED}", part, metric)
        for metric in ("log_loss", CALIBRATED)
    )
    return (
        f"{describe(setting)}, {_drivers(part)}: calibrated log loss "
        f"{nats(Interval.of(fair))}; {fair['seeds_better']} of {fair['seeds']} seeds "
        f"agree on its gain. The same labels shuffled among the pictures: calibrated, "
        f"{gain_in_nats(_gain(fair_control))}; uncalibrated, {gain_in_nats(_gain(plain_control))}."
    )


def setting_table(table: pd.DataFrame, settings: Sequence[Setting]) -> pd.DataFrame:
    """One row per setting and part: scores, and gains over the control on the same pictures."""
    rows = []
    for setting in settings:
        for part in table["part"][table["setting"] == setting.name].unique():
            loss, fair, right = (_row(table, setting.name, str(part), name) for name in SHOWN)
            control = setting.pool == "none"
            rows.append(
                {
                    "setting": describe(setting),
                    "scored on": PARTS[str(part)],
                    "log loss": nats(Interval.of(loss)),
                    "calibrated": nats(Interval.of(fair)),
                    "accuracy": share(Interval.of(right)),
                    "calibrated, against none": "" if control else gain_in_nats(_gain(fair)),
                    "log loss against none": "" if control else gain_in_nats(_gain(loss)),
                    "accuracy against none": "" if control else gain_in_points(_gain(right)),
                    "seeds agreeing": ""
                    if control
                    else f"{fair['seeds_better']} and {right['seeds_better']} of {fair['seeds']}",
                    "pictures (groups)": f"{loss['n']:,} ({loss['groups']})",
                }
            )
    return pd.DataFrame(rows)


def _progress_shown(progress: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per setting and round."""
    kept = progress[progress["setting"].isin(list(names))]
    shown = pd.DataFrame({"setting": kept["setting"].map(names), "round": kept["round"]})
    columns = {
        "chosen": "of the pool trained on",
        "valid_right": "of these right, held-out drivers",
        "test_right": "of these right, test pictures",
        "changed": "likeliest class changed",
        "agreement": "agreement with the round before",
    }
    for column, title in columns.items():
        shown[title] = kept[column].map(lambda value: "" if pd.isna(value) else percent(value))
    return shown


def last_round(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last round."""
    return scores[scores["round"] == scores["round"].max()]


def _row(table: pd.DataFrame, setting: str, part: str, metric: str) -> dict[str, Any]:
    chosen = (table["setting"] == setting) & (table["part"] == part) & (table["metric"] == metric)
    return {str(key): value for key, value in table[chosen].iloc[0].items()}


def _gain(row: Mapping[str, Any]) -> Interval:
    return Interval.of(row, "gain")


def gains_by_setting(table: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Gains of each setting over the control, by part of the held-out pictures.

    Positive is better; intervals are over drivers.

    `table` are rows of `score_table` of one round, `names` what each setting is called, in order.
    """
    figure = Figure(figsize=(14, 1.8 + 0.5 * len(names)), layout="constrained")
    axes = figure.subplots(1, 3, sharey=True)
    places = {setting: len(names) - number for number, setting in enumerate(names)}
    units = {
        CALIBRATED: "lower calibrated log loss (nats)",
        "accuracy": "higher accuracy (points)",
        "log_loss": "lower uncalibrated log loss (nats)",
    }
    for axis, (metric, unit) in zip(axes, units.items(), strict=True):
        rows = table[(table["metric"] == metric) & table["setting"].isin(list(names))]
        for number, (part, marker) in enumerate(MARKERS.items()):
            of_part = rows[rows["part"] == part]
            gain = of_part["gain"].to_numpy()
            ends = [gain - of_part["gain_low"], of_part["gain_high"] - gain]
            centre = 0 if part == HELD_OUT else 0.14 - 0.28 * number
            axis.errorbar(
                gain,
                of_part["setting"].map(places).to_numpy(float) + centre,
                xerr=np.maximum(ends, 0),
                fmt=marker,
                color=COLOURS[number],
                capsize=3,
                label=PART_NAMES[part],
            )
        axis.axvline(0, color=GREY, linewidth=1)
        axis.set_xlabel(unit, fontsize=11)
        axis.locator_params(axis="x", nbins=5)
        axis.spines[["top", "right"]].set_visible(False)
        axis.grid(axis="x", color="#DDDDDD", linewidth=0.8)
        axis.set_axisbelow(True)
    axes[1].xaxis.set_major_formatter(PercentFormatter(1, symbol=""))
    axes[0].set_yticks(list(places.values()), list(names.values()), fontsize=11)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, fontsize=11, frameon=False)
    return figure


def progress_figure(
    scores: pd.DataFrame, progress: pd.DataFrame, names: Mapping[str, str]
) -> Figure:
    """Score by round, and of the predicted labels what changed, agreed and was right.

    A setting that is scored on two parts shows the drivers outside the pool. The control, `none`,
    has no labels to tell of; its scores stand there in black, for each of the parts.
    """
    shown = [setting for setting in names if setting != "none"]
    figure, axes = panels(4, "round", "")
    losses = scores[scores["metric"] == "log_loss"]
    start = losses[losses["round"] == 0]
    for number, setting in enumerate(shown):
        style: dict[str, Any] = {"color": COLOURS[number % len(COLOURS)], "label": names[setting]}
        line = LINES[number % len(LINES)]
        of_setting = losses[losses["setting"] == setting]
        part = "untouched" if "untouched" in set(of_setting["part"]) else HELD_OUT
        joined = pd.concat([start, of_setting])
        of_part = joined[joined["part"] == part]
        axes[0].plot(of_part["round"], of_part["value"], line, **style)
        rounds = progress[progress["setting"] == setting]
        axes[1].plot(rounds["round"], rounds["changed"], line, **style)
        axes[2].plot(rounds["round"], rounds["agreement"], line, **style)
        for column in ("valid_right", "test_right"):
            known = rounds.dropna(subset=[column])
            axes[3].plot(known["round"], known[column], line, **style)
    for part in ("untouched", HELD_OUT):
        control = losses[(losses["setting"] == "none") & (losses["part"] == part)]
        of_control = pd.concat([start[start["part"] == part], control])
        if len(of_control):
            line, name = CONTROL_LINES[part], f"without, on {PART_NAMES[part]}"
            axes[0].plot(of_control["round"], of_control["value"], line, color="black", label=name)
    titles = (
        "log loss, on drivers that are in no pool",
        "predicted labels that changed in the round",
        "agreement with the round before",
        "pseudo-labels trained on that are right",
    )
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, loc="left", fontsize=11)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    for axis in axes[1:]:
        axis.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=10, frameon=False)
    return figure


def two_moons_figure(
    points: Points, axes_values: tuple[Points, Points], steps: Sequence[Step]
) -> Figure:
    """The plane after every step: how sure the model is, its boundary, and what it labelled."""
    columns = 3
    rows = -(-len(steps) // columns)
    figure = Figure(figsize=(4 * columns, 2.9 * rows), layout="constrained")
    colours = LinearSegmentedColormap.from_list("moons", [COLOURS[0], "#FFFFFF", COLOURS[1]])
    first = np.flatnonzero(steps[0].labels >= 0)
    panels_of_steps = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True).flat
    for number, (axis, step) in enumerate(zip(panels_of_steps, steps, strict=False)):
        axis.contourf(*axes_values, step.surface, 20, cmap=colours, vmin=0, vmax=1, alpha=0.6)
        axis.contour(*axes_values, step.surface, [0.5], colors="black", linewidths=1.5)
        axis.scatter(*points[step.labels < 0].T, s=10, color=GREY)
        for label, marker in ((0, "o"), (1, "^")):
            chosen = step.labels == label
            axis.scatter(*points[chosen].T, s=14, color=COLOURS[label], marker=marker)
            true = first[steps[0].labels[first] == label]
            style: dict[str, Any] = {"color": COLOURS[label], "edgecolor": "black", "zorder": 3}
            axis.scatter(*points[true].T, s=130, marker=marker, **style)
        name = "two labels" if number == 0 else f"round {number}"
        axis.set_title(f"{name}: {percent(step.accuracy)} right", loc="left", fontsize=11)
        axis.set(xticks=[], yticks=[])
    for axis in figure.axes[len(steps) :]:
        axis.set_visible(False)
    return figure
