"""Running a prepared network: the engine and the precision that it computes in.

OpenVINO computes the frozen graph, Keras the model. Which of the two, and in which precision, is
chosen once, when the network is prepared, and stands in backbone.json and in every shard, so that
no store mixes what two of them give.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import require_file
from practical_dl.files.model_files import load_model
from practical_dl.job.errors import UserError

if TYPE_CHECKING:
    import keras

Pictures = NDArray[np.float32]

EIGHT_BITS = "int8"
PRECISIONS = {"float32": "f32", "bfloat16": "bf16", EIGHT_BITS: "f32"}
"""Our names and OpenVINO's; a graph in eight bits says itself where it computes in them."""

READS = {"keras": (".keras",), "openvino": (".pb", ".xml")}


@dataclass(frozen=True)
class Network:
    """`forward` maps pictures (n, height, width, 3), 0..255, to features; n may vary.

    So many `workers` may call it at once; what a picture gives does not depend on the others.
    """

    forward: Callable[[Pictures], Pictures]
    workers: int


def choose_engine(engine: str, has_gpu: bool) -> str:
    """`engine`, or for auto Keras on a GPU, else OpenVINO where it is installed, else Keras.

    Raises:
        UserError: OpenVINO is asked for and not installed.
    """
    installed = find_spec("openvino") is not None
    if engine == "auto":
        return "openvino" if installed and not has_gpu else "keras"
    if engine == "openvino" and not installed:
        raise UserError(
            "config: engine: openvino is not installed here; "
            "pip install openvino, or set engine: keras"
        )
    return engine


def choose_precision(precision: str, engine: str, has_gpu: bool) -> str:
    """`precision`, or for auto bfloat16 where the hardware multiplies in it, else float32.

    Raises:
        UserError: eight bits are asked for, and the engine is not OpenVINO or NNCF not installed.
    """
    if precision == EIGHT_BITS and (engine != "openvino" or find_spec("nncf") is None):
        raise UserError(
            "config: precision: int8 needs engine: openvino and the package nncf; "
            "pip install nncf, or set precision: auto"
        )
    if precision != "auto":
        return precision
    if engine == "openvino":
        import openvino

        capabilities = openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        return "bfloat16" if "BF16" in capabilities else "float32"
    return "bfloat16" if has_gpu else "float32"


def file_for(engine: str, files: Sequence[str]) -> Path:
    """Of the `files` of a network, the one that the engine reads."""
    return next(path for path in map(Path, files) if path.suffix in READS[engine])


def open_network(path: Path, precision: str, batch: int, threads: int) -> Network:
    """The network at `path`: a .keras file in Keras, a graph (.pb or .xml) in OpenVINO.

    Raises:
        UserError: a file is absent or damaged, or this machine lacks the engine or the precision.
    """
    if path.suffix in READS["keras"]:
        return _keras_network(load_model(path), precision)
    return _openvino_network(path, precision, batch, threads)


def freeze(model: "keras.Model") -> bytes:
    """The forward pass of `model` as a TensorFlow graph with its weights, serialised."""
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    pictures = tf.TensorSpec(model.input_shape, tf.float32, name="pictures")
    forward = tf.function(lambda pictures: model(pictures, training=False), [pictures])
    frozen = convert_variables_to_constants_v2(forward.get_concrete_function())
    return frozen.graph.as_graph_def().SerializeToString(deterministic=True)


def read_graph(graph: Path) -> Any:
    """The network in a frozen graph (.pb) or in an .xml with its .bin, as OpenVINO reads it.

    Raises:
        UserError: a file is absent or damaged, or OpenVINO is not installed.
    """
    require_file(graph)
    try:
        import openvino
    except ImportError as error:
        raise UserError(f"{graph.parent}: made for openvino, not installed here") from error
    try:
        return openvino.Core().read_model(graph)
    except RuntimeError as error:
        raise UserError(f"{graph}: a damaged network; delete it and run again") from error


def serialised(network: Any) -> tuple[bytes, bytes]:
    """A network of OpenVINO in its own format: its .xml and its .bin."""
    import openvino

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.xml"
        openvino.save_model(network, path, compress_to_fp16=False)
        return path.read_bytes(), path.with_suffix(".bin").read_bytes()


def _openvino_network(graph: Path, precision: str, batch: int, threads: int) -> Network:
    """One stream a thread, so that no picture's features depend on the number of threads.

    Batches are padded to one size for the same reason, and because the engine then keeps one
    plan of its memory. A graph that takes so many pictures and no others gets as many at a time.
    """
    network = read_graph(graph)
    import openvino

    own, *sizes = network.input(0).partial_shape
    size = batch if own.is_dynamic else own.get_length()
    network.reshape([size, *[one.get_length() for one in sizes]])
    settings = {
        "INFERENCE_PRECISION_HINT": PRECISIONS[precision],
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": threads,
    }
    compiled = openvino.Core().compile_model(network, "CPU", settings)
    given = compiled.get_property("INFERENCE_PRECISION_HINT").to_string()
    if given != PRECISIONS[precision]:
        raise UserError(
            f"{graph.parent}: made for {precision}, which this processor lacks; "
            "set precision: float32"
        )
    # The first array that OpenVINO is given sets up a static of its binding, which several threads
    # at once can wait for forever, one of them holding Python's lock: so one thread goes first.
    openvino.Tensor(np.zeros(1, np.float32))
    requests: SimpleQueue[Any] = SimpleQueue()
    for _ in range(threads):
        requests.put(compiled.create_infer_request())

    def compute(request: Any, pictures: Pictures) -> Pictures:
        padding = [(0, size - len(pictures)), (0, 0), (0, 0), (0, 0)]
        request.infer([np.pad(pictures, padding)], share_inputs=True)
        return request.get_output_tensor(0).data[: len(pictures)].copy()

    def forward(pictures: Pictures) -> Pictures:
        request = requests.get()
        try:
            starts = range(0, len(pictures), size)
            given = [compute(request, pictures[start : start + size]) for start in starts]
            return np.concatenate(given) if len(given) > 1 else given[0]
        finally:
            requests.put(request)

    return Network(forward, threads)


def _keras_network(model: "keras.Model", precision: str) -> Network:
    import tensorflow as tf

    if precision == "bfloat16":
        model = _in_bfloat16(model)
    signature = tf.TensorSpec(model.input_shape, tf.float32)
    compute = tf.function(
        lambda pictures: tf.cast(model(pictures, training=False), tf.float32), [signature]
    )
    return Network(lambda pictures: compute(tf.convert_to_tensor(pictures)).numpy(), 1)


def _in_bfloat16(model: "keras.Model") -> "keras.Model":
    """A copy of `model` that computes in bfloat16 and keeps its weights in float32."""
    import keras

    def convert(layer: "keras.Layer") -> "keras.Layer":
        if isinstance(layer, keras.layers.InputLayer):
            return layer
        settings = layer.get_config() | {"dtype": "mixed_bfloat16"}
        return type(layer).from_config(settings)

    copy = keras.models.clone_model(model, clone_function=convert, recursive=True)
    copy.set_weights(model.get_weights())
    return copy
