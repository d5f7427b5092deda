"""Backbones in the configuration: a network of Keras, or one in an ONNX file."""

from collections.abc import Iterator, Mapping
from typing import Any

from practical_dl.job.errors import UserError

OF_KERAS = {"layer": None, "weights": "imagenet", "alpha": 1}
OF_ONNX = {"output": None, "tokens": None, "channels": None}
"""Keys of one kind of backbone alone, with what stands there where nobody has set them."""


def check_backbones(key: str, image_set: Mapping[str, Any]) -> None:
    """Refuse backbones that are of both kinds or of none, and ONNX where Keras' layers are needed.

    Raises:
        UserError: names the key, and what is missing or too many.
    """
    for name, backbone in image_set["backbones"].items():
        for mistake in _mistakes(backbone):
            raise UserError(f"config: {key}.backbones.{name}.{mistake}")
    tuned = image_set["fine_tuning"]["backbone"]
    if tuned is not None and image_set["backbones"].get(tuned, {}).get("onnx") is not None:
        raise UserError(
            f"config: {key}.fine_tuning.backbone: {tuned} is an ONNX network, whose layers are not "
            "trained; name one with an application"
        )


def _mistakes(backbone: Mapping[str, Any]) -> Iterator[str]:
    application, onnx = backbone["application"], backbone["onnx"]
    if application is None and onnx is None:
        yield "application: missing; give a network of keras.applications, or onnx and a file"
    elif onnx is None:
        yield from _mistakes_with_application(backbone)
    elif application is not None:
        yield f"onnx: {onnx}, but there is an application, {application}; set one of them to null"
    else:
        yield from _mistakes_with_onnx(backbone)


def _mistakes_with_application(backbone: Mapping[str, Any]) -> Iterator[str]:
    if backbone["layer"] is None:
        yield "layer: missing; name the layer of the application whose output is stored"
    for key, unset in OF_ONNX.items():
        if backbone[key] != unset:
            yield f"{key}: {backbone[key]}, which is for onnx alone; leave it out"
    if backbone["pixels"]["scale"] is not None:
        yield "pixels: for onnx alone, an application knows its own; leave it out"


def _mistakes_with_onnx(backbone: Mapping[str, Any]) -> Iterator[str]:
    for key, unset in OF_KERAS.items():
        if backbone[key] != unset:
            yield f"{key}: {backbone[key]}, which is for an application alone; leave it out"
    if backbone["engine"] == "keras":
        yield "engine: keras, which reads no ONNX; leave it out"
    if backbone["pixels"]["scale"] is None:
        yield (
            "pixels.scale: missing; an ONNX file does not say how its pixels are prepared, its "
            "authors do: 255 for pixels from 0 to 1, 127.5 (with mean 127.5) for -1 to 1"
        )
        return
    for key in ("scale", "mean"):
        value = backbone["pixels"][key]
        numbers = value if isinstance(value, list) else [value]
        if any(0 < number < 1 for number in numbers):
            scaled = ", ".join(f"{255 * number:g}" for number in numbers)
            yield (
                f"pixels.{key}: {value} is for pixels from 0 to 1, but pixels are 0 to 255 here; "
                f"times 255 it is {scaled}"
            )
