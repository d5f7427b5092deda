"""The network that a config of pictures names: MobileNet, with weights that lie below data_root."""

import re
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

NAME = "mobilenet"
INPUT_SIZE = [224, 224]
_LAST = 13
_FILTERS = 32
"""Filters of the first convolution at alpha 1."""

_PARTS = ("gamma", "beta", "moving_mean", "moving_variance")


class Weights(NamedTuple):
    """A file of MobileNet's weights: how wide the network is, and its last layer that is there."""

    path: Path
    alpha: float
    last: int


def backbone(data_root: Path) -> tuple[dict[str, Any], str]:
    """The settings of the backbone, and where its weights come from, in words."""
    found = list(filter(None, map(read_weights, sorted((data_root / "weights").glob("*.npz")))))
    if not found:
        settings: dict[str, Any] = {"application": "MobileNet", "layer": f"conv_pw_{_LAST}_relu"}
        words = "backbone: MobileNet, whose ImageNet weights Keras downloads at the first run"
        return settings | {"input_size": INPUT_SIZE}, words
    best = max(found, key=lambda one: (one.alpha, one.last))
    path = best.path.relative_to(data_root).as_posix()
    settings = {
        "application": "MobileNet",
        "layer": f"conv_pw_{best.last}_relu",
        "weights": path,
        **({} if best.alpha == 1 else {"alpha": best.alpha}),
        "input_size": INPUT_SIZE,
    }
    return settings, (
        f"backbone: MobileNet (alpha {best.alpha:g}) with the weights in {best.path}, up to "
        f"{settings['layer']}; no network is needed"
    )


def read_weights(path: Path) -> Weights | None:
    """What a file of weights (keys layer/variable) holds of MobileNet; None if nothing."""
    try:
        with zipfile.ZipFile(path) as file:
            names = {name.removesuffix(".npy") for name in file.namelist()}
            if "conv1/kernel" not in names or "conv_dw_1/depthwise_kernel" not in names:
                return None
            with file.open("conv1/kernel.npy") as array:
                version = np.lib.format.read_magic(array)
                read = getattr(np.lib.format, f"read_array_header_{version[0]}_{version[1]}")
                shape = read(array)[0]
    except (OSError, ValueError, AttributeError, zipfile.BadZipFile):
        return None
    last = _deepest(names)
    return Weights(path, shape[-1] / _FILTERS, last) if last and len(shape) == 4 else None


def _deepest(names: set[str]) -> int:
    """The number of the last block of which, and before which, all weights are there."""
    last = 0
    for number in range(1, _LAST + 1):
        wanted = {f"conv_pw_{number}/kernel"} | {
            f"{layer}/{part}"
            for layer in ("conv1_bn", f"conv_dw_{number}_bn", f"conv_pw_{number}_bn")
            for part in _PARTS
        }
        depthwise = any(
            re.fullmatch(rf"conv_dw_{number}/(depthwise_)?kernel", name) for name in names
        )
        if not depthwise or not wanted <= names:
            break
        last = number
    return last
