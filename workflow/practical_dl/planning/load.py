"""The work of a job by its settings: what a training repeats, and how large its network is."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

AMOUNTS = {
    "chains": 1.0,
    "hidden": 1.5,
    "kinds": 1.0,
    "layers": 1.0,
    "length": 1.0,
    "levels": 1.0,
    "passes": 1.0,
    "points": 1.0,
    "rank": 1.0,
    "rates": 1.0,
    "repeats": 1.0,
    "samples": 1.0,
    "seeds": 1.0,
    "strengths": 1.0,
    "units": 1.4,
    "windows": 1.0,
    "shards": -1.0,
}
"""Settings that multiply a job's work, each with the power with which it does."""

GFLOPS = {
    "VGG16": 15.5,
    "VGG19": 19.6,
    "ResNet50": 3.9,
    "InceptionV3": 2.9,
    "Xception": 4.6,
    "DenseNet121": 2.9,
    "MobileNet": 0.6,
    "MobileNetV2": 0.3,
    "EfficientNetB0": 0.4,
    "VGGDemo": 1.0,
    "Pixels": 0.01,
}
"""Billions of multiplications of a network for one picture of 224 by 224."""
OTHER_GFLOPS = 1.0
EXTRACTION = re.compile(r"extract_features_(.+)_(labelled|test)(_pass\d+)?_\d+\.log")


def backbone_of(log: str) -> str | None:
    """The backbone whose features a job with this log computes; None for other jobs."""
    found = EXTRACTION.search(log)
    return found[1] if found else None


def network_work(network: Mapping[str, Any]) -> float:
    """What a picture costs a backbone of these settings."""
    height, width = network["input_size"] or (224, 224)
    billions = GFLOPS.get(str(network.get("application")), OTHER_GFLOPS)
    return billions * height * width / 224**2 * float(network.get("alpha") or 1) ** 2


def work(settings: Mapping[str, Any]) -> float:
    """How much there is to do for each row of the data, to compare two jobs of one rule.

    Epochs of all schedules are added, each times the amounts beside it (the units of that
    network), and multiplied by the amounts that stand beside no schedule (seeds, samples).
    """
    shared, trained = 1.0, 0.0
    for part in _parts(settings):
        amount = _amount(part)
        epochs = sum(map(_epochs, part.values())) + _count(part.get("epochs"))
        trained += epochs * amount
        shared *= 1.0 if epochs else amount
    return shared * (trained or 1.0)


def _amount(part: Mapping[str, Any]) -> float:
    """The product of the amounts that stand directly in a mapping."""
    counts = {key: _count(part[key]) for key in AMOUNTS if key in part and not _epochs(part[key])}
    if "samples" in counts:  # those of a chain come after its first steps
        counts["samples"] += _count(part.get("burn_in"))
    if "units" in counts:  # a recurrent net reads a text in pieces, of any length at one cost
        counts.pop("length", None)
    return math.prod(max(count, 1.0) ** AMOUNTS[key] for key, count in counts.items())


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """All mappings within a value."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _parts(inner)


def _epochs(value: Any) -> float:
    """The epochs of a schedule, a list of pairs of epochs and rate; of anything else none."""
    if not isinstance(value, (list, tuple)) or not value:
        return 0.0
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value):
        return 0.0
    known = all(isinstance(part, (int, float)) for pair in value for part in pair)
    return float(sum(epochs for epochs, _ in value)) if known else 0.0


def _count(value: Any) -> float:
    """A number as it is, a list by its length."""
    if isinstance(value, (list, tuple)):
        return float(len(value))
    return float(value) if isinstance(value, (int, float)) else 0.0
