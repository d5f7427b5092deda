"""What classes are called for people: as the configuration says, or as State Farm called them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from practical_dl.files.predictions import ClassPredictions
from practical_dl.job.errors import UserError

MEANINGS = {
    "c0": "driving safely",
    "c1": "texting, right hand",
    "c2": "phoning, right hand",
    "c3": "texting, left hand",
    "c4": "phoning, left hand",
    "c5": "at the radio",
    "c6": "drinking",
    "c7": "reaching behind",
    "c8": "hair and makeup",
    "c9": "talking to a passenger",
}
"""Those of State Farm, and of the drivers that are drawn like them."""
OF_DRIVERS = {"statefarm", "demo"}
"""Kinds of sources whose classes these are."""

Names = Mapping[str, str]


def class_names(definition: Mapping[str, Any]) -> dict[str, str]:
    """What the classes of a data set are called, by class; empty where nothing is known."""
    if definition["class_names"]:
        return dict(definition["class_names"])
    return dict(MEANINGS) if OF_DRIVERS & set(definition["source"]) else {}


def named(classes: Sequence[str], names: Names) -> tuple[str, ...]:
    """Each class with what it is called behind it: `c5 at the radio`.

    Raises:
        UserError: a name is of a class that is not there.
    """
    if absent := sorted(set(names) - set(classes)):
        raise UserError(
            f"class_names: {', '.join(absent)}: no such class; there are {', '.join(classes)}"
        )
    return tuple(f"{one} {names[one]}" if one in names else one for one in classes)


def with_names(predicted: ClassPredictions, names: Names) -> ClassPredictions:
    """The same predictions with classes as people call them.

    Raises:
        UserError: as of `named`.
    """
    classes = named(predicted.classes, names)
    called = dict(zip(predicted.classes, classes, strict=True))
    true = np.array([called.get(name, name) for name in predicted.true], dtype=object)
    return replace(predicted, classes=classes, true=true)
