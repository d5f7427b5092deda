"""Backbone and head as one model, written and opened again: Keras' format, or OpenVINO's.

Either takes RGB pictures (n, height, width, 3) of 0..255 and gives probabilities (n, classes); the
backbone's preprocessing is inside, and nothing but resizing is left to the caller.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_bytes
from practical_dl.files.model_files import load_model, save_model
from practical_dl.images.features.inference import freeze, open_network, read_graph, serialised
from practical_dl.job.console import quiet_errors

if TYPE_CHECKING:
    import keras

Classifier = Callable[[NDArray[np.uint8]], NDArray[np.float32]]


def write_classifier(paths: Sequence[Path], backbone: Path, head: "keras.Model") -> None:
    """Write a classifier to `paths`: a .keras file, or an .xml and its .bin.

    backbone: its network, a .keras file for the former, an .xml for the latter.
    """
    if backbone.suffix == ".keras":
        save_model(paths[0], joined_classifier(load_model(backbone), head))
        return
    write_graph(paths, joined_graph(read_graph(backbone), head))


def write_graph(paths: Sequence[Path], network: Any) -> None:
    """Write a network of OpenVINO to `paths`: an .xml and its .bin."""
    graph, weights = serialised(network)
    write_bytes(paths[1], weights)
    write_bytes(paths[0], graph)


def open_classifier(path: Path) -> Classifier:
    """The classifier at `path`, as a function of pictures.

    Raises:
        UserError: a file is absent or damaged, or OpenVINO needed and not installed.
    """
    if path.suffix == ".keras":
        with quiet_errors():
            import keras  # noqa: F401
        return load_model(path).predict_on_batch
    network = open_network(path, "float32", 1, 1)
    return lambda pictures: network.forward(pictures.astype(np.float32))


def joined_classifier(backbone: "keras.Model", head: "keras.Model") -> "keras.Model":
    """One model of Keras from both."""
    import keras

    pictures = keras.Input(backbone.input_shape[1:], name="pictures")
    return keras.Model(pictures, head(backbone(pictures)), name="classifier")


def joined_graph(backbone: Any, head: "keras.Model") -> Any:
    """One network of OpenVINO from both; the input is called pictures, the output probabilities."""
    import openvino

    with tempfile.TemporaryDirectory() as folder:
        top = _frozen_graph(freeze(head), folder)
        top.get_parameters()[0].output(0).replace(backbone.output(0).get_node().input_value(0))
        return _named(openvino.Model(top.get_results(), backbone.get_parameters(), "classifier"))


def named_graph(frozen: bytes) -> Any:
    """The same of a frozen graph of backbone and head."""
    import openvino

    with tempfile.TemporaryDirectory() as folder:
        graph = _frozen_graph(frozen, folder)
        return _named(openvino.Model(graph.get_results(), graph.get_parameters(), "classifier"))


def _frozen_graph(frozen: bytes, folder: str) -> Any:
    path = Path(folder) / "graph.pb"
    path.write_bytes(frozen)
    return read_graph(path)


def _named(network: Any) -> Any:
    network.input(0).get_tensor().set_names({"pictures"})
    network.output(0).get_tensor().set_names({"probabilities"})
    return network
