"""What an ONNX file says of itself: what made it, and which other files hold weights of it.

ONNX is a message of Protocol Buffers: numbered fields, whose values may be messages again. The few
that are asked for are read where they lie; weights are passed over, and nothing is run.
"""

import hashlib
import mmap
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practical_dl.files.artefacts import require_file, sha256_of_file
from practical_dl.job.errors import UserError

VARINT, SIZED = 0, 2
FIXED = {1: 8, 5: 4}
"""Kinds of fields: a number of as many bytes as it takes, so many bytes as are told before them,
and those of always the same number of bytes."""
PRODUCER, PRODUCER_VERSION, GRAPH, OPSETS, FUNCTIONS = 2, 3, 7, 8, 25
OPSET_DOMAIN, OPSET_VERSION = 1, 2
GRAPH_NODES, FUNCTION_NODES, INITIALIZERS = 1, 7, 5
ATTRIBUTES, TENSORS_OF_ATTRIBUTE, GRAPHS_OF_ATTRIBUTE = 5, (5, 10), (6, 11)
EXTERNAL, KEY, VALUE = 13, 1, 2
DEEPEST = 16
"""Graphs inside graphs."""

Message = dict[int, list[Any]]


@dataclass(frozen=True)
class OnnxFile:
    """`external`: the names of files beside it that hold weights of it."""

    path: Path
    made_by: str
    opset: int
    external: tuple[str, ...]

    def sha256(self) -> str:
        """Of the file; where weights lie in others too, of the sums of all of them."""
        files = [self.path, *(self.path.parent / name for name in self.external)]
        sums = [sha256_of_file(file) for file in files]
        return sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()


def read_onnx_file(path: Path) -> OnnxFile:
    """Read what the file at `path` says of itself.

    Raises:
        UserError: it is absent, cut off, damaged or no ONNX, or its weights lie in a file that is
            absent or outside its folder.
    """
    require_file(path)
    try:
        with path.open("rb") as file:
            model = _parse(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
        if GRAPH not in model:
            raise ValueError("it has no graph")
        opsets = [_parse(opset) for opset in model[OPSETS]]
        versions = [one[OPSET_VERSION][0] for one in opsets if not any(one[OPSET_DOMAIN])]
        made_by = " ".join(_text(part) for part in model[PRODUCER] + model[PRODUCER_VERSION])
        external = sorted(set(_locations(model)))
        for name in external:
            _require_beside(path, name)
        return OnnxFile(path, made_by or "unknown", max(versions, default=0), tuple(external))
    except (ValueError, IndexError, TypeError) as error:
        raise UserError(f"{path}: cut off, damaged, or no ONNX network ({error})") from None


def _require_beside(path: Path, name: str) -> None:
    folder = path.parent.resolve()
    if not (folder / name).resolve().is_relative_to(folder):
        raise UserError(f"{path}: wants weights of {name}, which lies outside its folder; refused")
    if not (folder / name).is_file():
        raise UserError(f"{path}: its weights lie in {name}, which is not beside it; copy it there")


def _locations(model: Message) -> Iterator[str]:
    for graph in model[GRAPH]:
        yield from _locations_in_graph(_parse(graph), GRAPH_NODES, DEEPEST)
    for function in model[FUNCTIONS]:
        yield from _locations_in_graph(_parse(function), FUNCTION_NODES, DEEPEST)


def _locations_in_graph(graph: Message, nodes: int, deepest: int) -> Iterator[str]:
    if not deepest:
        raise ValueError(f"more than {DEEPEST} graphs inside each other")
    attributes = [_parse(one) for node in graph[nodes] for one in _parse(node)[ATTRIBUTES]]
    tensors = list(graph[INITIALIZERS]) if nodes == GRAPH_NODES else []
    for attribute in attributes:
        tensors += [tensor for field in TENSORS_OF_ATTRIBUTE for tensor in attribute[field]]
        for inner in (inner for field in GRAPHS_OF_ATTRIBUTE for inner in attribute[field]):
            yield from _locations_in_graph(_parse(inner), GRAPH_NODES, deepest - 1)
    for entry in (_parse(entry) for tensor in tensors for entry in _parse(tensor)[EXTERNAL]):
        if _text(entry[KEY][0]) == "location":
            yield _text(entry[VALUE][0])


def _parse(data: memoryview) -> Message:
    """The fields of a message: numbers, or bytes that have not been looked at.

    Raises:
        ValueError: it is not such a message, or was cut off.
    """
    if not isinstance(data, memoryview):
        raise ValueError("a number where a message belongs")
    fields: Message = defaultdict(list)
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        kind = key & 7
        size = FIXED.get(kind, 0)
        if kind in (VARINT, SIZED):
            size, position = _varint(data, position)
        elif not size:
            raise ValueError(f"a field of the unknown kind {kind}")
        if kind == VARINT:
            fields[key >> 3].append(size)
            continue
        if position + size > len(data):
            raise ValueError("a field goes on behind the end")
        fields[key >> 3].append(data[position : position + size])
        position += size
    return fields


def _varint(data: memoryview, position: int) -> tuple[int, int]:
    """A number, seven bits a byte, the least first; and the place behind it."""
    value = 0
    for shift in range(0, 70, 7):
        if position == len(data):
            raise ValueError("a number goes on behind the end")
        byte = data[position]
        position += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, position
    raise ValueError("a number of more than ten bytes")


def _text(value: memoryview) -> str:
    return str(value, "utf-8")
