"""The model card of an exported classifier: Markdown, as GitHub and Hugging Face show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import yaml

from practical_dl.exports.licences import licence_of
from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.pictures.manifest import is_grouped, labelled_rows
from practical_dl.job.errors import counted
from practical_dl.scoring.by_class import class_table
from practical_dl.scoring.interval import Interval

WORST = 5
"""Groups that are named."""
UNITS = {"accuracy": "accuracy", "log_loss": "log loss"}
FENCE = "---\n"


@dataclass(frozen=True)
class Evidence:
    """What is known of a classifier.

    Attributes:
        dataset: its name. manifest: of all pictures. split: image_id, role, the grouped one.
        predicted: of the held-out pictures. metrics, leak, backbone, classifier: the content of
            these JSON files; of the leak None where it was not measured.
    """

    dataset: str
    manifest: pd.DataFrame
    split: pd.DataFrame
    predicted: ClassPredictions
    metrics: Mapping[str, Any]
    leak: Mapping[str, Any] | None
    backbone: Mapping[str, Any]
    classifier: Mapping[str, Any]


def model_card(known: Evidence, parity: pd.DataFrame, hashes: Mapping[str, str]) -> str:
    """The card as Markdown.

    Args:
        parity: of `parity_table`. hashes: SHA-256 by the name of an exported file.
    """
    parts = [
        _front_matter(known),
        f"# Classifier of {known.dataset}",
        _what_it_is(known),
        _section("Files", _files(parity, hashes)),
        _section("Data", _data(known)),
        _section("Scores", _scores(known)),
        _section("By class", _by_class(known.predicted)),
        *([_section("Worst groups", text)] if (text := _worst_groups(known)) else []),
        _section("What it must not be used for", _not_for(known)),
        _section("Licence", _licence(known)),
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}"


def _front_matter(known: Evidence) -> str:
    """The YAML that the hub reads; it names a model's scores in `model-index`."""
    metrics = [
        {"type": name, "name": UNITS[name], "value": round(score["value"], 4)}
        for name, score in known.metrics["scores"].items()
    ]
    result = {
        "task": {"type": "image-classification"},
        "dataset": {"name": known.dataset, "type": known.dataset, "split": "held-out groups"},
        "metrics": metrics,
    }
    content = {
        "license": licence_of(known.backbone).identifier,
        "pipeline_tag": "image-classification",
        "tags": ["image-classification", "practical-dl-workflow"],
        "model-index": [{"name": f"classifier of {known.dataset}", "results": [result]}],
    }
    return FENCE + yaml.safe_dump(content, sort_keys=False, allow_unicode=True) + "---"


def _what_it_is(known: Evidence) -> str:
    height, width = known.classifier["input_size"]
    backbone = known.backbone["backbone"].removesuffix("_cut")
    return (
        f"A head on `{backbone}` up to `{known.backbone['layer']}`. "
        f"It takes RGB pictures of {height} x {width} (height x width), values 0 to 255 as "
        "float32, resized whatever their shape (bilinear, antialiased), and gives the "
        "probabilities of "
        f"{counted(len(known.predicted.classes), 'class', 'classes')}, in the order of the table "
        "below. The preprocessing is inside."
    )


def _files(parity: pd.DataFrame, hashes: Mapping[str, str]) -> str:
    told = (
        "Each format was read back by its own runtime and compared with the workflow's own "
        "classifier on all held-out pictures (float32, one thread):"
    )
    sums = "\n".join(f"- `{name}`: sha256 `{digest}`" for name, digest in hashes.items())
    return f"{told}\n\n{_table(parity)}\n\n{sums}"


def _data(known: Evidence) -> str:
    rows = labelled_rows(known.manifest)
    roles = known.split["role"].to_numpy()
    lines = []
    for role, word in (("train", "training"), ("valid", "held out")):
        part = rows[roles == role]
        groups = f" of {counted(part['group'].nunique(), 'group')}" if is_grouped(rows) else ""
        lines.append(f"- {word}: {counted(len(part), 'picture')}{groups}")
    how = "No group stands on both sides." if is_grouped(rows) else NOT_GROUPED
    return "\n".join(lines) + f"\n\n{how} Of the training side some groups chose the epoch."


NOT_GROUPED = (
    "The pictures have no groups, so near copies may stand on both sides, and the scores may be "
    "too good."
)


def _scores(known: Evidence) -> str:
    table = _scores_table(known.metrics)
    text = f"On the held-out pictures ({known.metrics['interval']}):\n\n{_table(table)}"
    if known.leak is None:
        return text
    leak = _scores_table(known.leak)
    return (
        f"{text}\n\n**The leak.** A split at random, which puts pictures of one group on both "
        f"sides, would have promised other scores; random minus grouped:\n\n{_table(leak)}"
    )


def _scores_table(report: Mapping[str, Any]) -> pd.DataFrame:
    found = {name: Interval.of(score) for name, score in report["scores"].items()}
    return pd.DataFrame(
        [
            {
                "score": UNITS.get(name, name),
                "value": f"{one.value:.3f}",
                "95 % interval": _ends(one),
            }
            for name, one in found.items()
        ]
    )


def _ends(one: Interval) -> str:
    return f"{one.low:.3f} to {one.high:.3f}"


def _by_class(predicted: ClassPredictions) -> str:
    table = class_table(predicted.labels(), [predicted.probabilities], predicted.classes)
    return _table(table.round(3))


def _worst_groups(known: Evidence) -> str:
    if not is_grouped(labelled_rows(known.manifest)):
        return ""
    predicted = known.predicted
    right = predicted.probabilities.argmax(axis=1) == predicted.labels()
    table = pd.DataFrame({"group": predicted.groups, "right": right})
    scores = table.groupby("group")["right"].agg(["size", "mean"]).reset_index()
    scores.columns = ["group", "pictures", "accuracy"]
    order = np.argsort(scores["accuracy"], kind="stable")[:WORST]
    least = _table(scores.iloc[order].round(3))
    return f"A mean hides that groups differ; of {len(scores)} held out, the worst:\n\n{least}"


def _not_for(known: Evidence) -> str:
    names = ", ".join(known.predicted.classes[:10])
    more = " ..." if len(known.predicted.classes) > 10 else ""
    return "\n".join(
        [
            f"- Pictures that show none of its classes ({names}{more}): it names one of them all "
            "the same, often with high confidence.",
            "- Pictures of another camera, place or time than those of its data: no score here "
            "speaks of them.",
            "- Decisions about people (fines, insurance, work) without a person who looks: about "
            f"{1 - known.metrics['scores']['accuracy']['value']:.0%} of its answers on unseen "
            "groups are wrong.",
            "- Its probabilities as they are, where they must be right: they are not calibrated.",
        ]
    )


def _licence(known: Evidence) -> str:
    return (
        f"The backbone's weights: {licence_of(known.backbone).told} "
        f"(sha256 of the weights `{known.backbone['weights_sha256']}`). The head is yours, as far "
        "as the terms of your pictures allow."
    )


def _table(frame: pd.DataFrame) -> str:
    rows = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy().tolist()]
    return "\n".join(_row(row) for row in rows)


def _row(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
