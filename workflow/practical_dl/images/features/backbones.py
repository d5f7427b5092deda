"""Pre-trained networks cut at a layer, with their preprocessing inside.

Every network here takes RGB pictures of 0..255 as float32 (n, height, width, 3) and returns the
output of one layer, channels last. The preprocessing of keras.applications is an affine map of
a pixel's three values, so it stands in the network as a 1x1 convolution.
"""

import hashlib
import math
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_json
from practical_dl.job.errors import SettingError, UserError

if TYPE_CHECKING:
    import keras

DEMO_APPLICATION = "VGGDemo"
PIXELS = "Pixels"
"""No network: the pictures themselves, for what is trained from scratch."""
PREPROCESSING_LAYER = "preprocessing"
POOLS = ("none", "max2", "max", "average")


def build(application: str, input_size: Sequence[int], alpha: float) -> "keras.Model":
    """An application of keras.applications without its top and without weights worth anything.

    Raises:
        SettingError: the application does not exist or has no width multiplier `alpha`.
    """
    import keras

    height, width = input_size
    shape = (height, width, 3)
    if application == DEMO_APPLICATION:
        from practical_dl.images.demo.network import build_demo_network

        return build_demo_network(shape)
    if application == PIXELS:
        pixels = keras.Input(shape)
        return keras.Model(pixels, keras.layers.Identity(name="pixels")(pixels))
    networks = {name: one for name, one in vars(keras.applications).items() if callable(one)}
    if application not in networks:
        close = get_close_matches(application, [*networks, DEMO_APPLICATION, PIXELS], 1)
        guess = f"; did you mean {close[0]}?" if close else ""
        raise SettingError(f"application: keras.applications has no network {application!r}{guess}")
    options = {} if alpha == 1 else {"alpha": alpha}
    try:
        return networks[application](include_top=False, weights=None, input_shape=shape, **options)
    except (TypeError, ValueError) as error:
        raise SettingError(f"application: {application}: {error}") from error


def cut(network: "keras.Model", application: str, layer: str, pool: str = "none") -> "keras.Model":
    """`network` up to and including `layer`, its preprocessing before it and `pool` after it.

    `pool`: none, max2 (2x2 max-pooling), max or average (over the whole picture, one number a
    channel).

    Raises:
        SettingError: the network has no such layer, or its output cannot be pooled.
    """
    import keras

    names = [candidate.name for candidate in network.layers]
    if layer not in names:
        raise SettingError(
            f"layer: {application} has no layer {layer!r}; "
            f"its last layers are {', '.join(names[-6:])}"
        )
    trunk = keras.Model(network.inputs, network.get_layer(layer).output, name=application.lower())
    matrix, offset = affine_map(_preprocess_input(application))
    pictures = keras.Input(network.input_shape[1:], name="pictures")
    preprocessing = keras.layers.Conv2D(3, 1, trainable=False, name=PREPROCESSING_LAYER)
    features = _pooled(trunk(preprocessing(pictures)), pool, layer)
    model = keras.Model(pictures, features, name=f"{application.lower()}_cut")
    preprocessing.set_weights([matrix[None, None], offset])
    return model


def affine_map(
    preprocess: Callable[[Any], Any],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Matrix (3, 3) and offset (3,) with `preprocess(pixel) == pixel @ matrix + offset`."""

    def at(pixel: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(preprocess(pixel.reshape(1, 1, 1, 3).copy())).reshape(3)

    offset = at(np.zeros(3))
    matrix = np.stack([at(unit) - offset for unit in np.eye(3) * 255]) / 255
    return matrix.astype(np.float32), offset.astype(np.float32)


def load_weights(network: "keras.Model", path: Path, layer: str) -> None:
    """Load `.npz` (keys layer/variable, complete up to `layer`) or Keras weights into `network`.

    Raises:
        SettingError: the file is absent.
        UserError: it is damaged, incomplete, or of another network.
    """
    if not path.is_file():
        raise SettingError(
            f"weights: {path}: no such file; give imagenet, random, demo (with "
            f"{DEMO_APPLICATION}) or a file"
        )
    if path.suffix == ".npz":
        _load_npz(network, path, layer)
        return
    try:
        network.load_weights(path)
    except (ValueError, OSError, KeyError) as error:
        raise UserError(f"{path}: not weights of {network.name}: {error}") from error


def weights_identity(model: "keras.Model") -> str:
    """sha256 over the names, shapes and bytes of all variables of `model`."""
    digest = hashlib.sha256()
    for variable in model.variables:
        values = np.ascontiguousarray(variable.numpy())
        digest.update(f"{variable.path} {values.shape} {values.dtype}".encode())
        digest.update(values.tobytes())
    return digest.hexdigest()


def describe(
    model: "keras.Model",
    layer: str,
    pool: str,
    weights: str,
    input_size: Sequence[int],
    engine: str,
    precision: str,
) -> dict[str, Any]:
    """The content of backbone.json: what the features of a cut network are."""
    return {
        "backbone": model.name,
        "layer": layer,
        "pool": pool,
        "engine": engine,
        "precision": precision,
        "weights": weights,
        "weights_sha256": weights_identity(model),
        "input_size": list(input_size),
        "feature_shape": list(model.output_shape[1:]),
        "parameters": model.count_params(),
    }


def read_description(path: str | Path) -> dict[str, Any]:
    """Read a backbone.json.

    Raises:
        UserError: it is absent, damaged, or lacks a key.
    """
    keys = (
        "backbone",
        "layer",
        "pool",
        "engine",
        "precision",
        "weights_sha256",
        "input_size",
        "feature_shape",
    )
    return read_json(path, keys)


def pooled_shape(shape: Sequence[int], pool: str) -> tuple[int, ...]:
    """Shape of an image's features of `shape` after `pool` (see `cut`)."""
    if pool == "none" or len(shape) != 3:
        return tuple(shape)
    height, width, channels = shape
    return (height // 2, width // 2, channels) if pool == "max2" else (channels,)


def storage_cost(layer_shape: Sequence[int], pool: str, images: int, copies: int) -> list[str]:
    """Say what the features cost, with each way of pooling, before they are made.

    `copies` augmented features of labelled images come on top of those of `images`.
    """
    lines = []
    for choice in POOLS if len(layer_shape) == 3 else ("none",):
        shape = pooled_shape(layer_shape, choice)
        row = 2 * math.prod(shape)
        lines.append(
            f"pool {choice}: {images + copies:,} x {'x'.join(map(str, shape))} float16 = "
            f"{(images + copies) * row / 1e6:,.0f} MB ({row / 1e3:,.1f} kB an image)"
            + (" (chosen)" if choice == pool else "")
        )
    return lines


def _pooled(features: Any, pool: str, layer: str) -> Any:
    from keras import layers

    if pool == "none":
        return features
    if len(features.shape) != 4:
        raise SettingError(f"pool: {pool}, but layer {layer} gives no picture to pool")
    pools = {
        "max2": layers.MaxPooling2D,
        "max": layers.GlobalMaxPooling2D,
        "average": layers.GlobalAveragePooling2D,
    }
    return pools[pool](name="pool")(features)


def _preprocess_input(application: str) -> Callable[[Any], Any]:
    import keras

    if application == DEMO_APPLICATION:
        from practical_dl.images.demo.network import preprocess_input

        return preprocess_input
    if application == PIXELS:
        return lambda pixels: pixels
    for module in vars(keras.applications).values():
        if isinstance(module, ModuleType) and hasattr(module, application):
            return module.preprocess_input
    raise SettingError(f"application: no preprocessing is known for {application!r}")


def _load_npz(network: "keras.Model", path: Path, layer: str) -> None:
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
    except (ValueError, OSError, EOFError) as error:
        raise UserError(f"{path}: not a readable .npz file ({error})") from error
    import keras

    needed = keras.Model(network.inputs, network.get_layer(layer).output)
    for part in needed.layers:
        for variable in part.weights:
            names = (f"{part.name}/{variable.name}", f"{part.name}/depthwise_{variable.name}")
            key = next((name for name in names if name in arrays), None)
            if key is None:
                raise UserError(f"{path}: lacks {names[0]}, needed up to layer {layer}")
            if arrays[key].shape != tuple(variable.shape):
                raise UserError(
                    f"{path}: {key} has shape {arrays[key].shape}, "
                    f"the network needs {tuple(variable.shape)}"
                )
            variable.assign(arrays[key])
