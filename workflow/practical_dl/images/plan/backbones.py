"""The kinds of backbones, and the files that each is prepared as and carried away as."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Config = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """The files of a prepared network, and of a classifier made with it."""

    network: tuple[str, ...]
    classifier: tuple[str, ...]


KERAS = Kind(("backbone.keras", "backbone.pb"), ("classifier.keras",))
ONNX = Kind(("backbone.xml", "backbone.bin"), ("classifier.xml", "classifier.bin"))
EIGHT_BITS = ("backbone_int8.xml", "backbone_int8.bin")


def kind_of(backbone: Mapping[str, Any]) -> Kind:
    """The kind of a backbone, from its settings."""
    return KERAS if backbone["onnx"] is None else ONNX


def float_files(backbone: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of a backbone's network in floating point."""
    return kind_of(backbone).network


def network_files(backbone: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of the network that computes a backbone's features."""
    return EIGHT_BITS if backbone["precision"] == "int8" else float_files(backbone)


def classifier_files(config: Config, dataset: str) -> list[str]:
    """The files of the classifier of an image set."""
    settings = config["images"][dataset]
    return list(kind_of(settings["backbones"][settings["head"]["backbone"]]).classifier)


def constraint(config: Config, kind: Kind) -> str:
    """A regular expression that a backbone of this kind alone fulfils, behind its data set.

    A name can be that of backbones of both kinds, in two data sets.
    """
    names = [
        rf"(?<=images/{re.escape(dataset)}/features/){re.escape(name)}"
        for dataset, settings in config["images"].items()
        for name, backbone in settings["backbones"].items()
        if kind_of(backbone) == kind
    ]
    return "|".join(names) or "(?!)"
