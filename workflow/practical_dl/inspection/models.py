"""Networks in words, read without TensorFlow and without running anything in them."""

import io
import json
import tempfile
import zipfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import h5py

from practical_dl.files.artefacts import require_file
from practical_dl.images.features import confined
from practical_dl.images.features.inference import read_graph
from practical_dl.images.features.onnx_files import read_onnx_file
from practical_dl.inspection.description import Description, named
from practical_dl.inspection.stores import describe_weights
from practical_dl.job.console import quiet_errors
from practical_dl.job.errors import UserError

MEMBERS = ("metadata.json", "config.json", "model.weights.h5")


def describe_keras(path: Path) -> Description:
    """A `.keras` file.

    Raises:
        UserError: it is absent, cut off, damaged, or lacks a part.
    """
    require_file(path)
    described = Description("model: network and weights in one Keras file")
    try:
        with zipfile.ZipFile(path) as archive:
            metadata, config, weights = (archive.read(name) for name in MEMBERS)
        content = json.loads(config)
        described.facts["Keras"] = str(json.loads(metadata).get("keras_version", "unknown"))
        with h5py.File(io.BytesIO(weights), "r") as file:
            describe_weights(file, described)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise UserError(f"{path}: a damaged model ({error}); delete it and run again") from error
    settings = content.get("config", {})
    layers = settings.get("layers", [])
    described.facts = {
        "name": str(settings.get("name", "unknown")),
        "input": _shape(layers),
        "layers": _layers(layers),
        **described.facts,
    }
    return described


def _shape(layers: list[dict[str, Any]]) -> str:
    shapes = [
        layer["config"].get("batch_shape")
        for layer in layers
        if layer.get("class_name") == "InputLayer"
    ]
    return ", ".join(
        " x ".join("any" if n is None else str(n) for n in one or ()) for one in shapes
    )


def _layers(layers: list[dict[str, Any]]) -> str:
    kinds = Counter(str(layer.get("class_name")) for layer in layers)
    del kinds["InputLayer"]
    return f"{kinds.total()}: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}"


def describe_graph(path: Path) -> Description:
    """A `.pb` file, or an `.xml` with its `.bin`.

    Raises:
        UserError: one is absent, cut off or damaged.
    """
    described = Description(f"network: a {_graph_words(path)}, for OpenVINO")
    if find_spec("openvino") is None:
        described.notes.append("not inspected: OpenVINO is not installed")
        return described
    with quiet_errors():
        network = read_graph(path)
    described.facts = {
        "input": str(network.input(0).partial_shape),
        "output": str(network.output(0).partial_shape),
        "operations": f"{len(network.get_ops()):,}",
    }
    return described


def describe_graph_weights(path: Path) -> Description:
    """The `.bin` that belongs to an `.xml`.

    Raises:
        UserError: one of them is absent, cut off or damaged.
    """
    described = describe_graph(path.with_suffix(".xml"))
    what = f"weights of a {_graph_words(path)}, for OpenVINO"
    return Description(what, described.facts, notes=described.notes)


def _graph_words(path: Path) -> str:
    if path.suffix == ".pb":
        return "frozen graph"
    return "graph in eight bits" if path.stem.endswith("_int8") else "graph"


def describe_onnx(path: Path) -> Description:
    """An `.onnx` file; OpenVINO reads it in a process of its own.

    Raises:
        UserError: it is absent, cut off or damaged, or OpenVINO cannot use it.
    """
    file = read_onnx_file(path)
    described = Description("network: ONNX, which can be a backbone")
    described.facts = {"made by": file.made_by, "operations of": f"opset {file.opset}"}
    if file.external:
        described.facts["weights in"] = named(file.external)
    if find_spec("openvino") is None:
        described.notes.append("not inspected further: OpenVINO is not installed")
        return described
    with tempfile.TemporaryDirectory() as folder:
        found = confined.describe(path, Path(folder))
    described.facts |= {
        "inputs": named(found["inputs"]),
        "outputs": named(found["outputs"]),
        "parameters": f"{found['parameters']:,}",
        "candidates for output": named(found["candidates"]),
    }
    return described
