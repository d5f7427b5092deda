"""A graph of ONNX as OpenVINO reads it: its tensors, and the part of it that leads to one of them.

Nothing here keeps a damaged or hostile file from taking all memory and time: see `confined.py`.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from practical_dl.job.errors import SettingError, UserError

MOST_NAMED = 8
RANKS = (2, 3, 4)
"""Of tensors that can be features: vectors, tokens and maps, pictures first."""
LAYOUTS = {"NCHW": (1, 2, 3), "NHWC": (3, 1, 2)}
"""Where channels, height and width stand in the input, channels first or last."""
WORDS = {"NCHW": "channels first", "NHWC": "channels last"}
Shape = Sequence[int | None]
"""Sizes of a tensor; None where one is free."""


def read_network(path: Path) -> Any:
    """The network as OpenVINO's model.

    Raises:
        UserError: it is damaged, or has operations or weights that OpenVINO refuses.
    """
    try:
        import openvino
    except ImportError as error:
        raise UserError("ONNX needs openvino; pip install openvino") from error
    try:
        return openvino.Core().read_model(path)
    except RuntimeError as error:
        raise UserError(reason(error)) from error


def reason(error: Exception) -> str:
    """What is wrong, from OpenVINO's report, which also says where in its own code."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line and not line.startswith(("Exception from", "Check '"))]
    missing = next((line for line in told if "No conversion rule found" in line), None)
    if missing is not None:
        names = missing.split(":", 1)[1].strip()
        return f"has operations that OpenVINO does not know ({names}); export it without them"
    last = told[-1] if told else lines[0]
    if "bad_alloc" in last or "Failed to allocate" in last:
        return f"it asks for more memory than there is ({last})"
    return f"OpenVINO cannot use it ({last})"


def cut_at(network: Any, output: str | None) -> Any:
    """The part of `network` that computes the tensor `output`, from its one input.

    Raises:
        SettingError: there is no such tensor, or none was named: the message names candidates.
        UserError: it is computed from another number of inputs than one.
    """
    import openvino

    tensors = dict(named_tensors(network))
    if output not in tensors:
        asked = "which tensor's values are to be stored"
        if output is not None:
            close = get_close_matches(output, tensors, 1)
            guess = f", did you mean {close[0]}" if close else ""
            asked = f"the network has no tensor {output!r}{guess}"
        raise SettingError(f"output: {asked}? Candidates: {', '.join(candidates(network))}")
    read = _inputs_of(tensors[output])
    if len(read) != 1:
        names = ", ".join(node.get_friendly_name() for node in read) or "none"
        raise SettingError(
            f"output: {output} is computed from {len(read)} inputs ({names}); a backbone has one, "
            "the pictures"
        )
    return openvino.Model([tensors[output]], read)


def named_tensors(network: Any) -> Iterator[tuple[str, Any]]:
    """Every name of a tensor that is computed, with the output of the operation that gives it."""
    for node in network.get_ordered_ops():
        if node.get_type_name() not in ("Constant", "Parameter", "Result"):
            for output in node.outputs():
                yield from ((name, output) for name in sorted(output.get_names()))


def candidates(network: Any) -> list[str]:
    """Tensors that can be features, with their shapes: outputs, then the last of each shape."""
    fixed = {shape_of(one)[0] for one in network.inputs if one.partial_shape.rank.is_static}
    outputs = {name for output in network.outputs for name in output.get_names()}
    last: dict[tuple[int | None, ...], str] = {}
    found: dict[str, tuple[int | None, ...]] = {}
    for name, tensor in reversed(list(named_tensors(network))):
        if not tensor.partial_shape.rank.is_static:
            continue
        shape = tuple(shape_of(tensor))
        if len(shape) in RANKS and shape[0] in {None, *fixed}:
            if name in outputs or shape not in last:
                found[name] = shape
            last.setdefault(shape, name)
    named = sorted(found, key=lambda name: name not in outputs)
    return [f"{name} {shape_words(found[name])}" for name in named[:MOST_NAMED]]


def shape_of(tensor: Any) -> list[int | None]:
    """Sizes of a tensor of known rank; None where one is free."""
    return [size.get_length() if size.is_static else None for size in tensor.partial_shape]


def shape_words(shape: Shape) -> str:
    """A shape as people write it, a free batch as n and other free sizes as ?."""
    words = ["?" if size is None else str(size) for size in shape]
    return f"[{', '.join(['n' if shape[0] is None else words[0], *words[1:]])}]"


def with_input_size(network: Any, size: Sequence[int]) -> tuple[Any, str]:
    """`network` for pictures of `size` (height, width), and the layout of its input.

    The first size, of the batch, stays free or one.

    Raises:
        SettingError: the input takes no RGB pictures of this size.
        UserError: its batch is fixed to more than one picture.
    """
    given = network.input(0)
    takes = f"{given.get_any_name()} {given.partial_shape}"
    shape = shape_of(given) if given.partial_shape.rank.is_static else []
    wanted = (3, *size)
    fitting = [name for name, axes in LAYOUTS.items() if _fits(shape, axes, wanted)]
    if not fitting:
        raise SettingError(
            f"input_size: {list(size)}, but the network takes {takes}, no RGB pictures of this size"
        )
    if shape[0] not in (None, 1):
        raise UserError(
            f"it takes {shape[0]} pictures at once; export it with a free batch, or one of 1"
        )
    able = [name for name in fitting if _reshaped(network, name, shape[0], wanted)]
    if not able:
        raise SettingError(f"input_size: {list(size)} is not a size that the network can compute")
    if len(able) > 1:
        raise UserError(
            f"the network takes {takes}: whether channels come first or last cannot be told; "
            "export it with a fixed number of channels"
        )
    _reshaped(network, able[0], shape[0], wanted)
    return network, able[0]


def _fits(shape: Shape, axes: Sequence[int], wanted: Sequence[int]) -> bool:
    return len(shape) == 4 and all(
        shape[axis] in (None, value) for axis, value in zip(axes, wanted, strict=True)
    )


def _reshaped(network: Any, layout: str, batch: int | None, wanted: Sequence[int]) -> bool:
    """Whether the network can be given pictures of this layout; it is then set up for them."""
    sizes = [-1 if batch is None else batch, 0, 0, 0]
    for axis, value in zip(LAYOUTS[layout], wanted, strict=True):
        sizes[axis] = value
    try:
        network.reshape(sizes)
    except RuntimeError:
        return False
    return True


def _inputs_of(tensor: Any) -> list[Any]:
    """The inputs of a network that a tensor is computed from."""
    seen, waiting = {}, [tensor.get_node()]
    while waiting:
        node = waiting.pop()
        if node.get_name() not in seen:
            seen[node.get_name()] = node
            waiting += [source.get_node() for source in node.input_values()]
    return [node for node in seen.values() if node.get_type_name() == "Parameter"]
