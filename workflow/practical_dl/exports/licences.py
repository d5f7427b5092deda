"""The licence of a backbone's weights, which a classifier that stands on it inherits."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Licence(NamedTuple):
    """A licence's identifier at the Hugging Face hub, and what a reader is told."""

    identifier: str
    told: str


OF_IMAGENET = {
    "vgg": Licence("cc-by-4.0", "the Visual Geometry Group at Oxford, CC BY"),
    "resnet": Licence("mit", "Kaiming He, MIT"),
    "mobilenet": Licence("apache-2.0", "Google, Apache 2.0"),
    "inception": Licence("apache-2.0", "Google, Apache 2.0"),
    "efficientnet": Licence("apache-2.0", "Google, Apache 2.0"),
    "nasnet": Licence("apache-2.0", "Google, Apache 2.0"),
    "densenet": Licence("bsd-3-clause", "Liu and others, BSD 3-Clause"),
    "xception": Licence("mit", "François Chollet, MIT"),
}
"""By the beginning of the network's name; the publishers of the weights that Keras gives out."""

OF_OTHERS = ("resnet50v2", "resnet101v2", "resnet152v2")
"""Networks whose names begin alike and whose weights somebody else has published."""

OWN = Licence("mit", "trained or drawn by this workflow itself, MIT")
OTHER = "not known here; ask whoever gave you the weights before you pass the model on"


def licence_of(described: Mapping[str, Any]) -> Licence:
    """The licence of the weights of a backbone, from its backbone.json."""
    weights = str(described.get("weights", ""))
    if weights in ("demo", "random"):
        return OWN
    if weights == "imagenet":
        network = str(described["backbone"]).lower().removesuffix("_cut")
        for name, licence in OF_IMAGENET.items():
            if network.startswith(name) and network not in OF_OTHERS:
                return Licence(
                    licence.identifier,
                    f"{licence.told}; learned from ImageNet, whose pictures are for research",
                )
    return Licence("other", OTHER)
