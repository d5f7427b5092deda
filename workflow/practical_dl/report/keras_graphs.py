"""The structure of a Keras model: its tensors, and the layers that lead from one to another."""

from typing import TYPE_CHECKING, Any

from practical_dl.report.model_graphs import Graph

if TYPE_CHECKING:
    import keras


def graph_of(model: "keras.Model") -> Graph:
    """Nodes (id, role, shape, depth) and arrows (source, target, layer, kind, parameters, loop).

    A node is a tensor; its depth is the longest way from an input. Parameters are counted on the
    first arrow of a layer; `loop` tells a recurrent layer.
    """
    import keras

    inputs = {id(tensor) for tensor in model.inputs}
    outputs = {id(tensor) for tensor in model.outputs}
    depths = dict.fromkeys(inputs, 0)
    nodes = [
        _node(tensor, "input", 0, tensor._keras_history.operation.name) for tensor in model.inputs
    ]
    arrows: list[dict[str, Any]] = []
    counted: set[str] = set()
    for operation_node in (
        node for group in _by_depth(model) for node in group if not node.is_input
    ):
        layer = operation_node.operation
        [result] = operation_node.output_tensors
        depths[id(result)] = 1 + max(depths[id(source)] for source in operation_node.input_tensors)
        role = "output" if id(result) in outputs else "hidden"
        nodes.append(_node(result, role, depths[id(result)], ""))
        for source in operation_node.input_tensors:
            arrows.append(
                {
                    "source": str(id(source)),
                    "target": str(id(result)),
                    "layer": layer.name,
                    "kind": type(layer).__name__,
                    "parameters": 0 if layer.name in counted else layer.count_params(),
                    "loop": isinstance(layer, keras.layers.RNN),
                }
            )
            counted.add(layer.name)
    return _with_short_ids({"nodes": nodes, "arrows": arrows})


def _by_depth(model: "keras.Model") -> list[list[Any]]:
    groups = model._nodes_by_depth
    return [groups[depth] for depth in sorted(groups, reverse=True)]


def _node(tensor: Any, role: str, depth: int, name: str) -> dict[str, Any]:
    shape = " x ".join("any" if size is None else str(size) for size in tensor.shape[1:])
    return {
        "id": str(id(tensor)),
        "role": role,
        "shape": shape or "1",
        "depth": depth,
        "name": name,
    }


def _with_short_ids(graph: Graph) -> Graph:
    """Ids that count from zero, in place of addresses that differ from run to run."""
    short = {node["id"]: str(index) for index, node in enumerate(graph["nodes"])}
    return {
        "nodes": [{**node, "id": short[node["id"]]} for node in graph["nodes"]],
        "arrows": [
            {**arrow, "source": short[arrow["source"]], "target": short[arrow["target"]]}
            for arrow in graph["arrows"]
        ],
    }
