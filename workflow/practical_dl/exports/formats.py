"""The classifier in the formats of other runtimes, written and read back by each one's own.

Every file takes `pictures` (n, height, width, 3), RGB of 0..255 as float32, and gives
`probabilities` (n, classes): the preprocessing is inside. All are read back on one thread, so that
their speeds compare.
"""

import contextlib
import io
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.model_files import load_model
from practical_dl.images.features.inference import freeze, open_network
from practical_dl.images.submission.classifier_model import Classifier, named_graph, write_graph
from practical_dl.job.errors import UserError

OPSET = 18
"""Of ONNX; what runtimes of the last years read."""


@dataclass(frozen=True)
class Format:
    """A format: its files, what writes and reads them, and the packages that both need.

    `write` takes the path of classifier.keras (or .xml) and that of the first of the files.
    """

    files: tuple[str, ...]
    runtime: str
    packages: tuple[str, ...]
    write: Callable[[Path, Path], None]
    open: Callable[[Path], Classifier]


def require_packages(name: str) -> None:
    """Refuse a format whose packages are not installed.

    Raises:
        UserError: says how to install them.
    """
    missing = [package for package in FORMATS[name].packages if find_spec(package) is None]
    if missing:
        raise UserError(
            f"--to {name}: needs {' and '.join(missing)}, not installed here; "
            "pip install 'practical-dl-workflow[export]', or use make export"
        )


def require_source(name: str, model: Path) -> None:
    """Refuse a format that there is no way to from this kind of classifier.

    Raises:
        UserError: the classifier stands on an ONNX backbone, whose graph OpenVINO alone holds.
    """
    if model.suffix == ".xml" and name != "openvino":
        raise UserError(
            f"--to {name}: {model} stands on an ONNX backbone, and is a network of OpenVINO, which "
            "nothing turns into another format; use --to openvino"
        )


def _copy_keras(model: Path, path: Path) -> None:
    shutil.copyfile(model, path)


def _open_keras(path: Path) -> Classifier:
    import tensorflow as tf

    model = load_model(path)
    compute = tf.function(
        lambda pictures: model(pictures, training=False),
        [tf.TensorSpec(model.input_shape, tf.float32)],
    )
    return lambda pictures: compute(tf.constant(pictures, tf.float32)).numpy()


def _write_openvino(model: Path, path: Path) -> None:
    if model.suffix == ".xml":
        for suffix in (".xml", ".bin"):
            shutil.copyfile(model.with_suffix(suffix), path.with_suffix(suffix))
        return
    write_graph([path, path.with_suffix(".bin")], named_graph(freeze(load_model(model))))


def _open_openvino(path: Path) -> Classifier:
    network = open_network(path, "float32", 1, 1)
    return lambda pictures: network.forward(pictures.astype(np.float32))


def _write_onnx(model: Path, path: Path) -> None:
    import tensorflow as tf

    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    from tf2onnx.convert import from_graph_def

    graph = tf.compat.v1.GraphDef()
    graph.ParseFromString(freeze(load_model(model)))
    answer = f"{graph.node[-1].name}:0"
    converted, _ = from_graph_def(
        graph,
        input_names=["pictures:0"],
        output_names=[answer],
        opset=OPSET,
        tensors_to_rename={"pictures:0": "pictures", answer: "probabilities"},
    )
    path.write_bytes(converted.SerializeToString(deterministic=True))


def _open_onnx(path: Path) -> Classifier:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda pictures: session.run(
        ["probabilities"], {"pictures": pictures.astype(np.float32)}
    )[0]


def _write_litert(model: Path, path: Path) -> None:
    import tensorflow as tf

    loaded = load_model(model)
    with contextlib.redirect_stdout(io.StringIO()):
        path.write_bytes(tf.lite.TFLiteConverter.from_keras_model(loaded).convert())


def _open_litert(path: Path) -> Classifier:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(path), num_threads=1)
    [given], [answer] = interpreter.get_input_details(), interpreter.get_output_details()

    def classify(pictures: NDArray[Any]) -> NDArray[np.float32]:
        if tuple(interpreter.get_input_details()[0]["shape"]) != pictures.shape:
            interpreter.resize_tensor_input(given["index"], pictures.shape)
            interpreter.allocate_tensors()
        interpreter.set_tensor(given["index"], pictures.astype(np.float32))
        interpreter.invoke()
        return interpreter.get_tensor(answer["index"])

    return classify


FORMATS = {
    "keras": Format(("classifier.keras",), "Keras", ("keras",), _copy_keras, _open_keras),
    "openvino": Format(
        ("classifier.xml", "classifier.bin"),
        "OpenVINO",
        ("openvino",),
        _write_openvino,
        _open_openvino,
    ),
    "onnx": Format(
        ("classifier.onnx",),
        "ONNX Runtime",
        ("tf2onnx", "onnxruntime"),
        _write_onnx,
        _open_onnx,
    ),
    "litert": Format(
        ("classifier.tflite",),
        "LiteRT",
        ("ai_edge_litert",),
        _write_litert,
        _open_litert,
    ),
}
