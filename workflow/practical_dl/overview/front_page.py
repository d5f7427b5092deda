"""The report's front page: the pipelines that ran, and the best score of each data set."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.movies.models.rating_models import TITLES as MOVIES
from practical_dl.overview.comparison import HIGHER_IS_BETTER
from practical_dl.overview.start_here import counted, first_looks, technique_blocks
from practical_dl.overview.techniques import Technique
from practical_dl.report import page as pages
from practical_dl.report.lettering import in_lines
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import is_control, nats
from practical_dl.reviews.titles import TITLES as REVIEWS
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import NOT_GROUPED
from practical_dl.small.characters.titles import TITLES as CHARACTERS

LESSON_ORDER = ("images", "movies", "reviews", "characters")
PARTS = {
    "images": (
        "out of fold",
        f"out of fold, {NOT_GROUPED}",
        "valid (grouped split)",
        f"valid, {NOT_GROUPED}",
    ),
    "movies": ("valid",),
    "reviews": ("test",),
    "characters": ("held-out characters",),
}
METRICS = {
    "images": "log_loss",
    "movies": "rmse",
    "reviews": "accuracy",
    "characters": "nats_per_character",
}
UNITS = {
    "log_loss": "log loss",
    "rmse": "RMSE in stars",
    "accuracy": "accuracy",
    "nats_per_character": "nats per character",
}
TITLES = {"movies": MOVIES, "reviews": REVIEWS, "characters": CHARACTERS}
MEASURED = (
    "Each best model was chosen by the score shown here, among all models but controls on the same "
    "rows, so that score is slightly optimistic. Intervals are 95 %, over drivers, users, "
    "films or blocks of text. The figures of others are on the data that they name: a guide, not a "
    "contest."
)
BARS = (
    "A bar shows a gain and its interval: right of the line the technique is better than its "
    "control, left worse; long ones are cut off. Proven means that the interval excludes zero."
)
MOST_MODELS = 8
NAME_WIDTH = 42


@dataclass(frozen=True)
class Best:
    """The best model of a data set on one set of rows, among `models` scored there."""

    pipeline: str
    dataset: str
    model: str
    part: str
    metric: str
    score: Interval
    n: int
    models: int
    original: str
    peer: str


def front_page(
    table: pd.DataFrame,
    references: pd.DataFrame,
    ran: Mapping[str, Sequence[str]],
    demos: Collection[tuple[str, str]],
    dropped: Mapping[str, int],
    gained: Mapping[str, Sequence[Technique]],
    looks: Sequence[tuple[str, str]],
) -> str:
    """The page.

    Args:
        table: all scores, see `comparison.COLUMNS`, numbers as such.
        references: the scores of others, see `references`.
        ran: the configuration's `run` lists.
        demos: pairs of pipeline and data set that are generated.
        dropped: of image sets, how many unusable pictures they do without.
        gained: the techniques of each data set. looks: what to look at first, path and words.
    """
    ladders = [(name, ladder(table, *name)) for name in _data_sets(table)]
    found = [best(rows, references) for _, rows in ladders if len(rows)]
    drawn = (
        [pages.picture(ladder_figure(ladders), "The models of each data set, the best on top.")]
        if found
        else []
    )
    blocks = [
        *first_looks(looks),
        pages.heading("The best of each data set"),
        _table(found),
        *technique_blocks(gained),
        pages.heading("All models"),
        *drawn,
        *_without(dropped),
        pages.fine_print(_ran(ran), MEASURED, BARS),
    ]
    return pages.page("Start here", finding(found, demos, counted(gained)), blocks)


def _data_sets(table: pd.DataFrame) -> list[tuple[str, str]]:
    pairs = table[["pipeline", "dataset"]].drop_duplicates().itertuples(index=False)
    names = [(str(pair.pipeline), str(pair.dataset)) for pair in pairs]
    return sorted(names, key=lambda name: (LESSON_ORDER.index(name[0]), name[1]))


def ladder(table: pd.DataFrame, pipeline: str, dataset: str) -> pd.DataFrame:
    """The models of a data set by its pipeline's metric, the best first.

    They are those of the first of the pipeline's PARTS on which any was scored.
    """
    metric = METRICS[pipeline]
    chosen = (table["pipeline"] == pipeline) & (table["dataset"] == dataset)
    rows = table[chosen & (table["metric"] == metric)]
    for part in PARTS[pipeline]:
        scored = rows[rows["part"] == part]
        if len(scored):
            titles = TITLES.get(pipeline, {})
            named = scored.assign(model=[titles.get(name, name) for name in scored["model"]])
            return named.sort_values("value", ascending=metric not in HIGHER_IS_BETTER)
    return rows.iloc[:0]


def best(rows: pd.DataFrame, references: pd.DataFrame) -> Best:
    """The best model of a ladder that is no control, with the best figures of others."""
    contenders = rows[~rows["model"].map(is_control)]
    first = contenders.iloc[0]
    of_others = references[
        (references["dataset"] == first["dataset"]) & (references["metric"] == first["metric"])
    ]
    higher = first["metric"] in HIGHER_IS_BETTER
    return Best(
        pipeline=first["pipeline"],
        dataset=first["dataset"],
        model=first["model"],
        part=first["part"],
        metric=first["metric"],
        score=Interval.of(first),
        n=int(first["n"]),
        models=len(contenders),
        original=best_figure(of_others["original"], higher),
        peer=best_figure(of_others["peer"], higher),
    )


def best_figure(texts: "pd.Series[str]", higher: bool) -> str:
    """The best of texts such as `0.893 (release of 2016)`; empty where there is none."""
    given = [text for text in texts if text]
    if not given:
        return ""
    return (max if higher else min)(given, key=lambda text: float(text.split()[0]))


def finding(found: Sequence[Best], demos: Collection[tuple[str, str]], helped: str) -> str:
    """How many techniques helped, and whether the data are made up."""
    if not found:
        return "No model was scored in this run."
    generated = [one for one in found if (one.pipeline, one.dataset) in demos]
    which = "All data" if len(generated) == len(found) else "The data sets named demo"
    made_up = (
        f"{which} here are made up: they show that the workflow works, not how good it is."
        if generated
        else ""
    )
    best_of = f"The best model of each of {len(found)} data sets stands below."
    return " ".join(filter(None, (helped or best_of, made_up)))


def _ran(ran: Mapping[str, Sequence[str]]) -> str:
    order = [*LESSON_ORDER, "small"]
    listed = "; ".join(f"{name}: {', '.join(ran[name])}" for name in order if ran.get(name))
    return f"The recipe of fast.ai's Practical Deep Learning, lessons 4 and 5. It ran {listed}."


def _without(dropped: Mapping[str, int]) -> list[str]:
    listed = "; ".join(f"{name}: {count:,}" for name, count in dropped.items() if count)
    text = f"Pictures that were unusable and dropped (dropped_pictures.csv names them): {listed}."
    return [pages.paragraph(text)] if listed else []


def _table(found: Sequence[Best]) -> str:
    """The best of each data set; columns of others' figures only where there are any."""
    frame = pd.DataFrame(
        [
            [
                f"{one.pipeline}: {one.dataset}",
                f"{UNITS[one.metric]} {nats(one.score)}",
                f"{one.model} (best of {one.models})",
                f"{one.part}, {one.n:,} rows",
                one.original,
                one.peer,
            ]
            for one in found
        ],
        columns=["Data", "Score (95 %)", "Best model", "Scored on", "Original", "Best other"],
    )
    empty = [name for name in ("Original", "Best other") if not frame[name].any()]
    return pages.table(frame.drop(columns=empty))


def ladder_figure(ladders: Sequence[tuple[tuple[str, str], pd.DataFrame]]) -> Figure:
    """One panel per data set: the best models with their intervals."""
    panels = [(name, rows) for name, rows in ladders if len(rows)]
    heights = [min(len(rows), MOST_MODELS) + 1.8 for _, rows in panels]
    figure = Figure(figsize=(8, 0.36 * sum(heights)), layout="constrained")
    all_axes = figure.subplots(len(panels), 1, height_ratios=heights, squeeze=False)[:, 0]
    for axes, ((pipeline, dataset), every) in zip(all_axes, panels, strict=True):
        rows = every.head(MOST_MODELS)
        places = np.arange(len(rows))[::-1]
        values = rows["value"].to_numpy()
        errors = [values - rows["ci_low"], rows["ci_high"] - values]
        axes.errorbar(
            values, places, xerr=errors, fmt="o", color=COLOURS[0], ecolor=GREY, capsize=2
        )
        axes.set_yticks(places, [in_lines(name, NAME_WIDTH) for name in rows["model"]], fontsize=9)
        metric = METRICS[pipeline]
        if metric not in HIGHER_IS_BETTER:
            axes.invert_xaxis()
        which = (
            ""
            if len(rows) == len(every)
            else f", the {len(rows)} best of {len(every)}, controls too"
        )
        title = f"{pipeline}: {dataset}, {UNITS[metric]} (right is better){which}"
        axes.set_title(title, loc="right", fontsize=11)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.tick_params(labelsize=10)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
        axes.set_axisbelow(True)
    return figure
