"""What the lesson teaches, as effects that are planted in the demo's data and must show in it.

`python -m practical_dl.overview.planted RESULTS` writes the table of docs/demo.md from the files of
a run of the demo.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.images.augmentation.sweep import read_evidence
from practical_dl.images.sample.trainings import paired_rows, read_runs, row_scores, with_intervals
from practical_dl.images.sample.validation_size import spread_table
from practical_dl.images.scores.ladder import scored_rows
from practical_dl.overview.comparison import read_comparisons
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference

SEED = 42
ABOVE, BELOW, NOISE = "above", "below", "noise"
GUESSING = float(np.log(10))
"""Log loss of equal probabilities for the ten classes."""

HEADER = """# What the demo shows

Made by `python -m practical_dl.overview.planted results > docs/demo.md` after `snakemake`. Every
effect is planted in the generated data or follows from the settings of `config/config.yaml`;
`tests/workflow/test_planted_effects.py` asserts them. Intervals are 95 %, resampled over drivers,
users or films. `above` and `below` mean that the whole interval lies on that side of zero, `noise`
that it does not.

| technique | what is compared | difference | 95 % interval | expected | shown |
| --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Effect:
    """A difference with its interval, and where it is expected: above zero, below, or neither."""

    technique: str
    comparison: str
    found: Interval
    expected: str

    @property
    def shown(self) -> bool:
        """Whether the interval lies where it is expected."""
        above, below = self.found.low > 0, self.found.high < 0
        return {ABOVE: above, BELOW: below, NOISE: not above and not below}[self.expected]


def planted_effects(results: Path) -> list[Effect]:
    """The effects of a run of the demo, in the order of the lessons."""
    parts: tuple[Callable[[Path], Iterator[Effect]], ...] = (
        _splits,
        _first_steps,
        _augmentation,
        _features,
        _folds,
        _unlabelled,
        _ratings,
        _reviews,
        _optimizers,
    )
    return [effect for part in parts for effect in part(results)]


def effects_table(effects: list[Effect]) -> str:
    """The effects as the rows of a table in Markdown."""
    rows = [
        f"| {effect.technique} | {effect.comparison} | {effect.found.value:+.3f} | "
        f"{effect.found.low:+.3f} to {effect.found.high:+.3f} | {effect.expected} | "
        f"{'yes' if effect.shown else '**no**'} |"
        for effect in effects
    ]
    return "\n".join(rows) + "\n"


def _splits(results: Path) -> Iterator[Effect]:
    table = read_comparisons([results / "images/demo/comparison.csv"])
    for model in ("linear", "hidden", "conv1", "conv3"):
        part = "sample, random minus grouped split"
        found = _score(table, f"{model} on the sample", part, "accuracy")
        yield Effect("grouped split", f"accuracy, random minus grouped: {model}", found, ABOVE)
    found = _score(table, "head on vgg_demo", "random minus grouped split", "accuracy")
    yield Effect("grouped split", "accuracy, random minus grouped: head on features", found, ABOVE)
    control = row_scores(read_runs(_sweep(results, "none")), "none")
    spread = spread_table(control, _gain_rows(results, control), [60], 2000, SEED)
    by_way = spread[spread["metric"] == "accuracy"].set_index("way")["spread"]
    ratio = by_way["driver"] / by_way["picture"] - 1
    once = Interval(ratio, ratio, ratio)
    yield Effect("validation size", "spread by driver over that by picture, less 1", once, ABOVE)


def _gain_rows(results: Path, control: pd.DataFrame) -> pd.DataFrame:
    return paired_rows(row_scores(read_runs(_sweep(results, "width_shift")), "0.1"), control)


def _sweep(results: Path, augmentation: str) -> Path:
    return results / f"images/demo/augmentation/sweep/{augmentation}.csv"


def _first_steps(results: Path) -> Iterator[Effect]:
    sample = results / "images/demo/sample"
    table = read_comparisons([results / "images/demo/comparison.csv"])
    found = _score(table, "linear on the sample", "sample valid (grouped split)", "accuracy")
    yield Effect(
        "linear floor", "accuracy of the linear model less a tenth", _less(found, 0.1), ABOVE
    )
    lesson = read_runs(sample / "rate_lesson/runs.csv")
    at_once, low_first = (row_scores(lesson, name) for name in ("at_once", "low_first"))
    found = _less(with_intervals(at_once, SEED)["log_loss"], GUESSING)
    yield Effect(
        "learning rate", "log loss at a high rate at once less that of guessing", found, ABOVE
    )
    found = with_intervals(paired_rows(low_first, at_once), SEED)["log_loss"]
    yield Effect(
        "learning rate", "log loss, a low rate first minus a high one at once", found, BELOW
    )
    history = read_csv(sample / "baselines/conv1/history.csv", ["setting"], others_allowed=True)
    trained = float(history.loc[history["setting"] == "grouped", "accuracy"].astype(float).max())
    unseen = _score(table, "conv1 on the sample", "sample valid (grouped split)", "accuracy")
    found = Interval(trained - unseen.value, trained - unseen.high, trained - unseen.low)
    yield Effect(
        "memorisation", "accuracy of conv1 on what it trained on minus unseen", found, ABOVE
    )


def _augmentation(results: Path) -> Iterator[Effect]:
    evidence = read_evidence(results / "images/demo/augmentation/evidence.csv")
    for name, level, expected in (
        ("width_shift", "0.1", ABOVE),
        ("rotation", "90", BELOW),
        ("rotation", "1", NOISE),
    ):
        chosen = (evidence["type"] == name) & (evidence["level"] == level)
        row = evidence[chosen].iloc[0]
        found = Interval(row["gain"], row["ci_low"], row["ci_high"])
        yield Effect("augmentation", f"accuracy, {name} of {level} minus none", found, expected)
    gain = read_json(results / "images/demo/augmentation/gain.json")["scores"]["accuracy"]
    yield Effect("augmentation", "accuracy, the chosen one minus none", Interval.of(gain), ABOVE)


def _features(results: Path) -> Iterator[Effect]:
    images = results / "images/demo"
    head = images / "heads/vgg_demo/grouped/predictions.csv"
    found = _paired(head, images / "scratch/conv1/predictions.csv")
    yield Effect("cached features", "log loss, head minus network from scratch", found, BELOW)
    passes = images / "heads/vgg_demo/passes"
    found = _paired(passes / "augmented.csv", passes / "clean.csv")
    yield Effect("augmented features", "log loss, augmented passes minus clean ones", found, BELOW)
    tuning = images / "fine_tuning/vgg_block4"
    for name, technique in (("tuned", "fine-tuning"), ("batch_norm", "batch norm inserted")):
        found = _paired(tuning / f"{name}.csv", tuning / "frozen.csv")
        yield Effect(technique, "log loss, minus the frozen network", found, BELOW)


def _folds(results: Path) -> Iterator[Effect]:
    models = results / "images/demo/models"
    whole, share = _head(models, 0.3, 1), _head(models, 0.3, 0.2)
    yield Effect("more rows", "log loss, all rows minus a fifth", _paired(whole, share), BELOW)
    found = _paired(_head(models, 0.6, 0.2), share)
    yield Effect("dropout", "log loss on a fifth of the rows, 0.6 minus 0.3", found, BELOW)
    found = _paired(_head(models, 0.6, 1), whole)
    yield Effect("dropout", "log loss on all rows, 0.6 minus 0.3", found, ABOVE)
    found = _paired(_head(models, 0.3, 1, "centred"), whole)
    yield Effect("look-alikes", "log loss, without look-alikes minus plain", found, BELOW)
    steps = read_csv(models.parent / "chain/ablation.csv", ["step"], others_allowed=True)
    steps = steps.set_index("step")
    for step, expected in (("neighbours", ABOVE), ("clip", ABOVE)):
        row = steps.loc[step]
        yield Effect("chain", f"fall of the log loss by {step}", Interval.of(row, "gain"), expected)
    found = _paired(models / "chain/out_of_fold.csv", models / "selected/out_of_fold.csv")
    yield Effect("ensemble", "log loss, chain minus the best head", found, BELOW)
    control = models / "linear_vgg_demo/out_of_fold.csv"
    found = _paired(models.parent / "controls/group_models.csv", control)
    yield Effect("one model per driver", "log loss, minus one model of all", found, ABOVE)


def _head(models: Path, dropout: float, share: float, features: str = "plain") -> Path:
    name = (
        f"backbone-vgg_demo_head-dense_pool-max_depth-2_width-64_dropout-{dropout:g}_"
        f"features-{features}_halves-0_share-{share:g}"
    )
    return models / name / "out_of_fold.csv"


def _unlabelled(results: Path) -> Iterator[Effect]:
    images = results / "images/demo"
    models = images / "models"
    found = _paired(models / "pseudo_test/out_of_fold.csv", models / "pseudo_none/out_of_fold.csv")
    yield Effect("pseudo-labels", "log loss, minus the same epochs without", found, BELOW)
    pupils = [images / f"distillation/pupil_{name}.csv" for name in ("distilled", "true")]
    found = _paired(*pupils)
    yield Effect("distillation", "log loss, taught by the head minus by true labels", found, BELOW)
    for path, taught in zip(pupils, ("the head", "true labels"), strict=True):
        scores = with_intervals(scored_rows(str(path), None), SEED)["log_loss"]
        comparison = f"log loss, taught by {taught}, less that of guessing"
        yield Effect("distillation", comparison, _less(scores, GUESSING), BELOW)


def _ratings(results: Path) -> Iterator[Effect]:
    columns = ["model"]
    table = read_csv(results / "movies/demo/models.csv", columns, others_allowed=True)
    table = table.set_index("model").astype(float)
    mean = Interval.of(table.loc["mean"], "minus_bias")
    yield Effect("biases", "RMSE, mean minus biases", mean, ABOVE)
    for model in ("dot", "dot_bias", "net", "content"):
        found = Interval.of(table.loc[model], "minus_bias")
        yield Effect(model, f"RMSE, {model} minus biases", found, BELOW)
    found = Interval.of(table.loc["bayes_shuffled"], "minus_bayes")
    yield Effect(
        "genres and year", "RMSE, with those of other movies minus true ones", found, ABOVE
    )
    found = Interval.of(table.loc["bayes_time"], "minus_bayes")
    yield Effect("time of rating", "RMSE, with minus without", found, BELOW)


def _reviews(results: Path) -> Iterator[Effect]:
    reviews = results / "reviews/demo"
    for technique, one, other in (
        ("word order", "convolution", "bag_of_words"),
        ("hidden layer", "hidden", "bag_of_words"),
        ("LSTM", "lstm", "bag_of_words"),
        ("pre-trained LSTM", "lstm_pretrained", "lstm"),
        ("multi-size", "multi_size", "convolution"),
        ("vectors of the text", "text_frozen", "random_frozen"),
        ("given vectors", "glove_frozen", "random_frozen"),
        ("given vectors", "glove_tuned", "random_tuned"),
        ("ensemble of reviews", "ensemble", "convolution"),
    ):
        losses = [_review_losses(reviews / f"{name}/runs_test.csv") for name in (one, other)]
        joined = losses[0].merge(losses[1], on="id", suffixes=("", "_of_control"))
        found = paired_difference(
            joined["loss"].to_numpy(),
            joined["loss_of_control"].to_numpy(),
            joined["group"].to_numpy(),
            SEED,
        )
        yield Effect(technique, f"log loss, {one} minus {other}", found, BELOW)


def _review_losses(path: Path) -> pd.DataFrame:
    """id, group and log loss of each review."""
    table = read_csv(path, ["id", "group", "true"], others_allowed=True)
    positive = table.iloc[:, 3:].astype(float).mean(axis=1)
    chosen = np.where(table["true"] == "pos", positive, 1 - positive)
    return table[["id", "group"]].assign(loss=-np.log(np.clip(chosen, 1e-15, 1)))


def _optimizers(results: Path) -> Iterator[Effect]:
    path = results / "optimizers/comparison.csv"
    table = read_csv(path, ["pipeline", "method"], others_allowed=True)
    for _, row in table[table["method"] == "adam"].iterrows():
        found = Interval.of(row, "over_constant")
        comparison = f"{row['pipeline']}: loss minus that of a constant"
        yield Effect("optimizers", comparison, found, BELOW)


def _score(table: pd.DataFrame, model: str, part: str, metric: str) -> Interval:
    """A score of a comparison.csv."""
    keys = {"model": model, "part": part, "metric": metric}
    chosen = np.logical_and.reduce([table[name] == value for name, value in keys.items()])
    return Interval.of(table[chosen].iloc[0])


def _less(found: Interval, number: float) -> Interval:
    return Interval(found.value - number, found.low - number, found.high - number)


def _paired(one: Path, other: Path) -> Interval:
    """Log loss of one file of predictions minus another's, on the pictures that both have."""
    rows, control = scored_rows(str(one), None), scored_rows(str(other), None)
    joined = rows.merge(control, on="id", suffixes=("", "_of_control"))
    return paired_difference(
        joined["log_loss"].to_numpy(),
        joined["log_loss_of_control"].to_numpy(),
        joined["group"].to_numpy(),
        SEED,
    )


if __name__ == "__main__":
    print(HEADER + effects_table(planted_effects(Path(sys.argv[1]))), end="")
